"""The sample sites by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scraper.sample.adoctor.site import Adoctor
from scraper.sample.catalogue import Catalogue
from scraper.sample.dealing import Numbers
from scraper.sample.ehospital.site import Ehospital
from scraper.sample.qapage.site import Forum
from scraper.sample.web import Answering, Finder, Response

_FIRST = {"adoctor": 177001, "taiwan-ehospital": 1, "qapage": 4101}  # numbers
NAMES = tuple(_FIRST)
_FINDERS: dict[str, Callable[[Catalogue], Finder]] = {
    "adoctor": Adoctor,
    "taiwan-ehospital": Ehospital,
    "qapage": Forum,
}


@dataclass(frozen=True)
class SampleSite:
    """A site's pages."""

    name: str
    catalogue: Catalogue
    answering: Answering

    @property
    def start(self) -> str:
        """The path of the start page."""
        return "/doctor/" if self.name == "taiwan-ehospital" else "/"

    @property
    def home(self) -> str:
        """The URL of the start page where none is served."""
        return f"http://127.0.0.1{self.start}"

    def respond(
        self, path_and_query: bytes | str, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Answer a GET without a socket; header names in any case."""
        target = path_and_query if isinstance(path_and_query, bytes) else path_and_query.encode()
        lowered = {name.lower(): value for name, value in (headers or {}).items()}
        return self.answering.respond(target, lowered)


def build(name: str, *, questions: int = 300, seed: int = 1, revision: int = 1) -> SampleSite:
    """A sample site. Raises ValueError for a number below 1."""
    site = catalogue_of(name, questions=questions, seed=seed, revision=revision)
    return SampleSite(name, site, answering(_FINDERS[name](site)))


def catalogue_of(name: str, *, questions: int, seed: int, revision: int) -> Catalogue:
    """What a sample site knows of its questions. Raises as `build`."""
    if questions < 1 or revision < 1:
        raise ValueError("--questions and --revision start at 1")
    numbers = Numbers(seed, _FIRST[name])
    return Catalogue(seed=seed, questions=questions, revision=revision, numbers=numbers)


def answering(finder: Finder) -> Answering:
    """Answers for what the finder finds."""
    return Answering(finder, b"<h1>404 Not Found</h1>")
