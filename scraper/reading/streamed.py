"""Moves the parts that React streams behind the page to where its scripts put them.

<!--$?--><template id="B:0"></template>Loading...<!--/$-->      shown until the part is there
<div hidden id="S:0"><h2>More Info</h2></div><script>$RC("B:0","S:0")</script>
"""

import re
from itertools import islice

from lxml import etree

_CALL = re.compile(r"""\$R[CRS]\(["']([BPS]:[\da-f]+)["'],["']([BPS]:[\da-f]+)["']""")
_STARTS, _END = ("$", "$?", "$!", "$~"), "/$"  # comments around a fallback
_MAX_PARTS = 200


def put_in_place(root: etree._Element, html: bytes) -> etree._Element:
    """`root`, parsed from `html`, with each streamed part moved to its place."""
    if b"$R" in html:
        named = {str(e.get("id")): e for e in root.iter(etree.Element) if e.get("id")}
        scripts = "\n".join(script.text or "" for script in root.iter("script"))
        for call in islice(_CALL.finditer(scripts), _MAX_PARTS):
            place, part = sorted(call.groups())  # B or P, then S
            if place < "S" <= part and place in named and part in named:
                _put(named.pop(part), named.pop(place), instead=place[0] == "B")
    return root


def _put(part: etree._Element, place: etree._Element, *, instead: bool) -> None:
    """Move the content of a part to a place; with `instead` the fallback there is removed."""
    if part in place.iterancestors() or place in part.iterancestors():
        return
    if place.getparent() is None:  # it went with what was shown until a part was there
        return
    if instead:
        _remove_fallback(place)
    _write_before(place, part.text)
    for child in list(part):
        place.addprevious(child)
    for emptied in (place, part):
        _write_before(emptied, emptied.tail)
        _remove(emptied)


def _remove_fallback(place: etree._Element) -> None:
    place.tail = None
    depth = 0
    while (sibling := place.getnext()) is not None:
        if not isinstance(sibling.tag, str):  # a comment
            if sibling.text == _END and not depth:
                return
            depth += (sibling.text in _STARTS) - (sibling.text == _END)
        _remove(sibling)


def _write_before(element: etree._Element, text: str | None) -> None:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''}{text or ''}"
    elif parent is not None:
        parent.text = f"{parent.text or ''}{text or ''}"


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
