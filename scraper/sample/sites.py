"""The sample sites by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scraper.sample.adoctor.site import Adoctor
from scraper.sample.catalogue import Catalogue
from scraper.sample.dealing import Numbers
from scraper.sample.ehospital.site import Ehospital
from scraper.sample.qapage.site import Forum
from scraper.sample.web import Finder, Responder, Response

_SITES: dict[str, tuple[Callable[[Catalogue], Finder], int]] = {  # and the first question's number
    "adoctor": (Adoctor, 177001),
    "taiwan-ehospital": (Ehospital, 1),
    "qapage": (Forum, 4101),
}
NAMES = tuple(_SITES)


@dataclass(frozen=True)
class SampleSite:
    """A sample site that answers requests."""

    name: str
    catalogue: Catalogue
    responder: Responder

    @property
    def start(self) -> str:
        """The path of the start page."""
        return "/doctor/" if self.name == "taiwan-ehospital" else "/"

    @property
    def home(self) -> str:
        """The URL of the start page while no server runs."""
        return f"http://127.0.0.1{self.start}"

    def respond(
        self, path_and_query: bytes | str, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Answer a GET without a socket; header names in any case."""
        target = path_and_query if isinstance(path_and_query, bytes) else path_and_query.encode()
        lowered = {name.lower(): value for name, value in (headers or {}).items()}
        return self.responder.respond(target, lowered)


def build(name: str, *, questions: int = 300, seed: int = 1, revision: int = 1) -> SampleSite:
    """Make a sample site. Raises ValueError if `questions` or `revision` is below 1."""
    if questions < 1 or revision < 1:
        raise ValueError("--questions and --revision start at 1")
    finder, first = _SITES[name]
    site = Catalogue(
        seed=seed, questions=questions, revision=revision, numbers=Numbers(seed, first)
    )
    return SampleSite(name, site, Responder(finder(site)))
