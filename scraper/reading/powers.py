"""Powers of ten whose exponents a page raises: `10<sup>9</sup>/L` reads as `10⁹/L`, not `109/L`."""

import re

from lxml import etree

from scraper.reading.css.elements import HEADINGS

_TEN = re.compile(r"(?<!\d)(?<!\d[.,])10\Z")
_EXPONENT = re.compile(r"[-+\u2212]?\d{1,3}", re.ASCII)
_RAISED = str.maketrans("0123456789+-\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raise_exponents(root: etree._Element) -> etree._Element:
    """Write exponents of ten in raised digits, but in titles: they stand elsewhere without."""
    for raised in root.iter("sup"):
        before, around = raised.getprevious(), raised.getparent()
        base = before.tail if before is not None else around.text if around is not None else None
        if (
            _EXPONENT.fullmatch(raised.text or "")
            and not len(raised)
            and _TEN.search((base or "")[-4:])
            and next(raised.iterancestors("a", *HEADINGS), None) is None
        ):
            raised.text = str(raised.text).translate(_RAISED)
    return root
