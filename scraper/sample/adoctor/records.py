"""The truth about the sample adoctor."""

from dataclasses import dataclass

from scraper.items import Question
from scraper.sample.adoctor.content import content
from scraper.sample.adoctor.labels import LANGUAGES
from scraper.sample.adoctor.truth import record
from scraper.sample.catalogue import Catalogue


@dataclass(frozen=True)
class AdoctorTruth:
    """Records of living questions."""

    catalogue: Catalogue
    languages: tuple[str, ...] = LANGUAGES

    def record(self, index: int, language: str, home: str) -> Question:
        """What a perfect reader reads from the page."""
        site = self.catalogue
        lang = self.languages.index(language)
        return record(content(site, index, lang, site.state(index)), home)
