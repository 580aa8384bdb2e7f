"""What a person can do about a problem, by its code."""

FETCHING = {
    "scheme-not-http": "Nothing to do: only http and https links are followed.",
    "off-site": "Nothing to do: the link leads away from the site.",
    "private-address": "Check the site's DNS: its name or link leads into a private network.",
    "robots-disallow": "Ask the site: its robots.txt forbids where it starts or what is held.",
    "robots-delay": "Ask the site's owner: its robots.txt asks for over an hour between requests.",
    "forgotten": "Nothing to do: the page was taken down from this archive by `qarchive forget`.",
    "robots-unreachable": "Nothing is fetched before it can be read: the next run tries again.",
    "body-cut": "Nothing to do: it is fetched again later. If it stays, the server is at fault.",
    "body-too-big": "Look at the URL in a browser: above 8 MiB is hardly a question or list.",
    "headers-too-big": "Look at the URL with curl -v: its headers are above 32 KiB, or never end.",
    "body-corrupt": "Look at the URL in a browser: the server's compression is broken.",
    "encoding-unknown": "Tell the site: it sends a Content-Encoding that was not asked for.",
    "tls-error": "Check the certificate in a browser, and this machine's clock and CA bundle.",
    "dns-failure": "Check the spelling of the host and this machine's name server.",
    "timeout": "Nothing to do: it is tried again later. If it stays, the site is overloaded.",
    "refused": "Check that the site is up and that this machine may reach it.",
    "reset": "Nothing to do: it is tried again later. If it stays, the site may be blocking us.",
    "bad-response": "Look at the URL with curl -v: the answer is not proper HTTP.",
    "out-of-memory": "Give the crawl more memory: this machine, not the site, is at fault.",
    "shortage": "Raise what it names (as by ulimit -n): this machine, not the site, is at fault.",
    "ignored": "Read the log: a component dropped the request.",
    "failed": "Read the log: an unexpected error while fetching.",
}
_READING = {
    "unreadable": "Look at the URL in a browser: it is no page that this site's reader knows.",
    "asker-line-ambiguous": "Look at the URL: it shows two askers, and nothing tells whose it is.",
    "page-changed": "The site's markup has changed: its reader needs mending; captures are kept.",
    "not-a-sitemap": "Look at the URL in a browser: another page came instead of a sitemap.",
    "sitemap-off-site": "If the address that it names is the site's, give it as --base-url.",
    "leads-nowhere": "Look at the URL in a browser: empty, a captcha, or links made by scripts?",
    "not-a-question": "Look at the URL in a browser: a login, captcha or notice came instead? Under"
    " qapage also a page whose source names no schema.org QAPage: no reader here knows it.",
    "another-question": "Look at the URL in a browser: the page calls itself another question.",
    "question-replaced": "Look at the URL in a browser: believed if it alone says so tomorrow too.",
    "trap": "Look at the URL: pages like it seem endless and are left alone, but by --revisit all.",
    "odd-url": "Nothing to do: a URL this long, or one that repeats itself, is not followed.",
    "redirect-loop": "If all do so, the site wants cookies or URLs that we do not keep: ask it.",
    "other-address": "Give the site's own address as --base-url: with https, or another www.",
    "too-many-redirects": "Nothing to do: the site sends these URLs on and on.",
    "redirect-off-site": "Look at the URL in a browser: has the site moved? Then crawl it there.",
    "redirect-without-target": "Nothing to do: the site redirects these URLs to nowhere.",
    "unasked-304": "Nothing to do: it is asked for again. If it stays, a cache there is at fault.",
    "capture-damaged": "Run `qarchive verify`: the page lies in a damaged part of a WARC.",
    "reader-failed": "Report it with the log: this site's reader has a bug; the capture is kept.",
    "taken-down": "It is a forgotten page at another URL: `qarchive forget` that URL too.",
    "field-too-long": "Look at the capture: a text this long is hardly a person's.",
    "step-refused": "A step of yours refuses it: if wrongly, mend it, then `crawl --revisit all`.",
    "step-failed": "Mend your step (report ours with the log), then `crawl --revisit all`.",
}
_MISSING = "Look at the URL: the page lacks this, or its reader needs mending; the capture is kept."
_GENERAL = "Look at the URL in a browser; the capture, if there is one, is kept."
_STATUS = {
    "http-401": "Look at the URL in a browser: the site wants a login, so it is not for everyone.",
    "http-403": "Look at the URL in a browser: if it opens there, ask the site to let you crawl.",
    "http-429": "Crawl more slowly: the site says that we ask too often.",
    "http-451": "Nothing to do: the page is withheld for legal reasons.",
}
_CLIENT_ERROR = "Look at the URL in a browser: the site refuses it."
_SERVER_ERROR = "Nothing to do: it is tried again later. If it stays, the site is at fault."


def hint(code: str) -> str:
    """What to do about a problem with this code, in one sentence."""
    if code.startswith("http-"):
        return _STATUS.get(code) or (_SERVER_ERROR if code.startswith("http-5") else _CLIENT_ERROR)
    if code.endswith(("-missing", "-unreadable")):
        return _MISSING
    return FETCHING.get(code) or _READING.get(code, _GENERAL)
