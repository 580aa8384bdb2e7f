"""What an element holds, put into the slots of its shadow root: there it is shown.

<qa-reply><template shadowrootmode="open"><slot></slot><p>Reply Date: 2020/10/27</p></template>
<p>Rest it.</p></qa-reply>
"""

from itertools import islice

from lxml import etree

_MOST = 1_000  # shadow roots


def put_in_slots(root: etree._Element) -> None:
    """Move the children of each host of a shadow root to where its slots stand."""
    for template in list(islice(root.iter("template"), _MOST)):
        host = template.getparent()
        if host is not None and template.get("shadowrootmode") is not None:
            _fill(host, template)


def _fill(host: etree._Element, template: etree._Element) -> None:
    slots: dict[str, etree._Element] = {}
    for slot in template.iter("slot"):
        if next(slot.iterancestors("template")) is template:
            slots.setdefault(slot.get("name", ""), slot)
    filled: set[etree._Element] = set()
    for child in list(host):
        words, child.tail = child.tail, None
        own = slots.get(child.get("slot", ""))
        if own is not None and child is not template:
            _empty_once(own, filled)
            own.append(child)
        if words and words.strip() and "" in slots:
            _empty_once(slots[""], filled)
            _write(slots[""], words)
        else:
            child.tail = words


def _empty_once(slot: etree._Element, filled: set[etree._Element]) -> None:
    """Take out what a slot shows as long as nothing is put into it."""
    if slot not in filled:
        filled.add(slot)
        slot.text = None
        slot[:] = []


def _write(slot: etree._Element, words: str) -> None:
    if len(slot):
        slot[-1].tail = f"{slot[-1].tail or ''}{words}"
    else:
        slot.text = f"{slot.text or ''}{words}"
