"""Names of classes that say how an element is shown."""

import pytest

from tests.reading.test_lines import texts

UNSEEN = """
    d-sr-only elementor-screen-only cdk-visually-hidden govuk-visually-hidden usa-sr-only
    slds-assistive-text screen-reader-only Nav__screenreader-text sr-only-focusable md:sr-only
    hidden-md-and-up hidden-lg-only hide-on-med-and-up tw-hidden tw:hidden !hidden
    swiper-slide-duplicate slick-cloned splide__slide--clone glide__slide--clone
    hide w3-hide ng-hide mfp-hide ion-hide layui-hide am-hide js-hidden u-hidden c-hidden
    a11y-hidden ui-helper-hidden ui-helper-hidden-accessible ui-hidden-accessible is_hidden
    modal--hidden uk-invisible offscreen off-screen display-none no-display hidden-screen
    visible-print visible-print-block visible-print-inline-block show-for-print print-only
    only-print modal w3-modal uk-modal w3-dropdown-content dropdown-content offcanvas w3-hide-large
"""
SEEN = """
    overflow-hidden overflow-x-hidden o-hidden of-hidden scrollbar-hide backface-hidden show-hide
    field--label-hidden sidebar-hidden u-overflow--hidden hideable hide-on-hover not-hidden no-hide
    hidden-xs sm-hidden xs-hide mobile--hidden hide-on-small-only w3-hide-small w3-hide-medium
    print-hidden hidden-print print:hidden hide-for-print d-print-none d-print-block print
    tablet:hidden desktop:hidden min-[900px]:hidden hover:hidden
    modal-body w3-modal-content reveal collapse tab-pane contents
"""
SHOWN_ON_SCREENS = """
    md:contents md:table-cell sm:flow-root lg:[display:block] md:inline-table
"""
SHOWN_ELSEWHERE = """
    group-hover:block dark:block print:block mobile:block max-md:block max-[900px]:block
    open:table lg:[display:none] tablet:block desktop:hidden laptop-below:flex min-[900px]:block
"""


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ("visually-hidden-focusable", ["b"]),
        ("element-invisible", ["b"]),
        ("show-for-sr", ["b"]),
        ("uk-hidden", ["b"]),
        ("VIpgJd-yAWNEb-L7lbkb skiptranslate", ["b"]),
        ("skiptranslate goog-te-gadget", ["b"]),
        ("skiptranslate name", ["a", "b"]),
        ("rs_skip rsbtn rs_preserve", ["b"]),
        ("kk-star-ratings kksr-auto", ["b"]),
        ("is-hidden", ["b"]),
        ("is-sr-only", ["b"]),
        ("dropdown-menu", ["b"]),
        ("dropdown-menu show", ["a", "b"]),
        ("modal fade", ["b"]),
        ("modal fade show", ["a", "b"]),
        ("modal is-active", ["a", "b"]),
        ("ui modal", ["b"]),
        ("ui modal visible active", ["a", "b"]),
        ("w3-dropdown-content w3-show", ["a", "b"]),
        ("mobile only row", ["b"]),
        ("computer mobile only row", ["a", "b"]),
        ("w3-hide-large w3-hide-medium", ["b"]),
        ("owl-item cloned active", ["b"]),
        ("collapse show", ["a", "b"]),
        ("tab-pane fade", ["a", "b"]),
        ("mobile-only", ["b"]),
        ("show-for-small-only", ["b"]),
        ("is-hidden-desktop", ["b"]),
        ("hidden-desktop", ["b"]),
        ("visible-xs-block", ["b"]),
        ("visible-sm visible-md", ["a", "b"]),
        ("uk-hidden@m", ["b"]),
        *((name, ["b"]) for name in (*UNSEEN.split(), "opacity-0 pointer-events-none")),
        *((name, ["a", "b"]) for name in SEEN.split()),
        ("not-sr-only", ["a", "b"]),
        *((f"hidden {name}", ["a", "b"]) for name in SHOWN_ON_SCREENS.split()),
        *((f"hidden {name}", ["b"]) for name in SHOWN_ELSEWHERE.split()),
        ("d-none d-md-table-cell", ["a", "b"]),
        ("tw-hidden md:tw-block", ["a", "b"]),
        ("opacity-0", ["a", "b"]),
        ("hidden-sm-and-down", ["a", "b"]),
    ],
)
def test_classes_that_hide_in_every_framework_that_has_them(
    classes: str, expected: list[str]
) -> None:
    assert texts(f"<div class='{classes}'>a</div>b") == expected


def test_a_box_called_contents_is_a_box() -> None:
    assert texts("<p class=contents>a</p><p class=contents>b</p>") == ["a", "b"]
    assert texts("a<span class=contents>b</span>") == ["ab"]
