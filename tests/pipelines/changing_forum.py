"""A forum that changes, of five questions at most, whose pages quote each other."""

from tests.faults.plays import reply
from tests.faults.server import FaultServer


class Site:
    """A forum whose pages name each other's titles; every text is another word."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}  # of the pages that are there
        self.design = 0
        self._written = 0

    def write(self, number: int) -> None:
        self._written += 1
        self.texts[number] = f"Wellensittich{self._written}x{number}"

    def page(self, number: int) -> str:
        """A page that quotes the one after it, as far as that is there."""
        text, other = self.texts[number], number % 5 + 1
        quoted = f'<a href="/q/{other}">{self.texts[other]}</a>' if other in self.texts else ""
        body = f"<h1>{text}</h1><p>I ask: {text}</p><li>Rest</li>{quoted}"
        return f"<html><body><!-- {self.design} -->{body}</body></html>"

    def play(self, server: FaultServer) -> None:
        """Let the server answer with the pages as they are."""
        links = "".join(f'<a href="/q/{number}">' for number in self.texts)
        server.play("/", [reply(200, body=f"<p>Home</p>{links}".encode())])
        for number in range(1, 6):
            known = number in self.texts
            body = self.page(number).encode() if known else b""
            server.play(f"/q/{number}", [reply(200, body=body) if known else reply(404)])
