"""What a person can do about each code of a fetch that failed or was denied.

Apart from `retry`, so that commands that fetch nothing need not import Scrapy.
"""

HINTS: dict[str, str] = {
    "scheme-not-http": "Nothing to do: only http and https links are followed.",
    "off-site": "Nothing to do: the link leads away from the site.",
    "private-address": "Check the site's DNS: its name or link leads into a private network.",
    "robots-disallow": "Ask the site: its robots.txt forbids where it starts or what is held.",
    "robots-delay": "Ask the site's owner: its robots.txt asks for over an hour between requests.",
    "forgotten": "Nothing to do: the page was taken down from this archive by `qarchive forget`.",
    "robots-unreachable": "Try later: while robots.txt cannot be read, nothing may be fetched.",
    "body-cut": "Nothing to do: it is fetched again later. If it stays, the server is at fault.",
    "body-too-big": "Look at the URL in a browser: above 8 MiB is hardly a question or list.",
    "headers-too-big": "Look at the URL with curl -v: its headers do not end.",
    "body-corrupt": "Look at the URL in a browser: the server's compression is broken.",
    "encoding-unknown": "Tell the site: it sends a Content-Encoding that was not asked for.",
    "tls-error": "Check the certificate in a browser, and this machine's clock and CA bundle.",
    "dns-failure": "Check the spelling of the host and this machine's name server.",
    "timeout": "Nothing to do: it is tried again later. If it stays, the site is overloaded.",
    "refused": "Check that the site is up and that this machine may reach it.",
    "reset": "Nothing to do: it is tried again later. If it stays, the site may be blocking us.",
    "bad-response": "Look at the URL with curl -v: the answer is not proper HTTP.",
    "out-of-memory": "Give the crawl more memory: this machine, not the site, is at fault.",
    "ignored": "Read the log: a component dropped the request.",
    "failed": "Read the log: an unexpected error while fetching.",
}
