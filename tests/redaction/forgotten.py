"""Forgotten pages that are told by functions, without an archive's tombstones."""

from collections.abc import Callable
from dataclasses import dataclass

from scraper.items import Kind, Question
from scraper.reading.page import Page


def _none(*_: object) -> None:
    return None


def _false(_: str) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class ToyPages:
    """Each function stands for the method of its name."""

    is_forgotten_url: Callable[[str], bool]
    classify: Callable[[str], tuple[str, Kind] | None]
    is_forgotten_text: Callable[[str], bool] = _false
    is_forgotten_id: Callable[[str], bool] = _false
    is_forgotten_slug: Callable[[str], bool] = _false
    question_of: Callable[[Page, Kind], Question | None] = _none
