"""Sites are found by their names."""

import subprocess
import sys

import pytest

from scraper import loading
from scraper.sites.adoctor import Adoctor
from tests.conventions import REPO


def test_a_site_is_loaded_without_the_others() -> None:
    script = (
        "import sys; from scraper.loading import site_named; print(site_named('taiwan-ehospital'));"
        "print({'scraper.sites.adoctor', 'scraper.sites.qapage'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPO, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "<class 'scraper.sites.taiwan_ehospital.TaiwanEhospitalSpider'>", "set()",
    ]  # fmt: skip


def test_a_site_whose_file_has_another_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "iter_modules", lambda _: ())
    assert loading.site_named("adoctor") is Adoctor
    assert loading.site_named("adoct") is None
