"""Names of classes that say how an element is shown."""

import pytest

from tests.reading.test_lines import texts

UNSEEN = """
    d-sr-only elementor-screen-only cdk-visually-hidden govuk-visually-hidden usa-sr-only
    slds-assistive-text screen-reader-only Nav__screenreader-text sr-only-focusable md:sr-only
    hidden-md-and-up hidden-lg-only hide-on-med-and-up tw-hidden tw:hidden !hidden
    swiper-slide-duplicate slick-cloned splide__slide--clone
"""


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ("visually-hidden-focusable", ["b"]),
        ("element-invisible", ["b"]),
        ("show-for-sr", ["b"]),
        ("uk-hidden", ["b"]),
        ("is-hidden", ["b"]),
        ("is-sr-only", ["b"]),
        ("dropdown-menu", ["b"]),
        ("dropdown-menu show", ["a", "b"]),
        ("modal fade", ["b"]),
        ("modal fade show", ["a", "b"]),
        ("modal", ["a", "b"]),
        ("collapse", ["a", "b"]),
        ("tab-pane fade", ["a", "b"]),
        ("mobile-only", ["b"]),
        ("show-for-small-only", ["b"]),
        ("is-hidden-desktop", ["b"]),
        ("hidden-desktop", ["b"]),
        ("visible-xs-block", ["b"]),
        ("visible-sm visible-md", ["a", "b"]),
        ("uk-hidden@m", ["b"]),
        *((name, ["b"]) for name in (*UNSEEN.split(), "opacity-0 pointer-events-none")),
        ("not-sr-only", ["a", "b"]),
        ("tw-hidden md:tw-block", ["a", "b"]),
        ("opacity-0", ["a", "b"]),
        ("hidden-sm-and-down", ["a", "b"]),
    ],
)
def test_classes_that_hide_in_every_framework_that_has_them(
    classes: str, expected: list[str]
) -> None:
    assert texts(f"<div class='{classes}'>a</div>b") == expected
