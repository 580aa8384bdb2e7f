"""The browser's own style sheet: how elements flow by their names, and which are landmarks."""

from scraper.reading.css.styles import Flow

_NAMES: dict[Flow, str] = {
    "unseen": "script style template dialog noscript title meta link base svg canvas iframe"
    " object embed audio video textarea select datalist progress meter noframes noembed rp param"
    " source track annotation annotation-xml",
    "inline": "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd"
    " label mark math nobr output q rb rt rtc ruby s samp small span strike strong sub sup"
    " time tt u var wbr blink map area",
    "spaced": "button input",
    "block": "html body br hr div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead"
    " tbody tfoot tr td th pre xmp listing plaintext blockquote figure figcaption section"
    " article aside header footer main nav address form fieldset legend details summary"
    " center dir menu hgroup search frameset marquee colgroup col",
}
TAGS = {how: frozenset(names.split()) for how, names in _NAMES.items()}
FLOWS = {tag: how for how, tags in TAGS.items() for tag in tags}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What no style sheet shows, or is no text where one does: `video,svg{display:block}`.
NEVER_SEEN = TAGS["unseen"] - {"dialog"}
LANDMARKS = {tag: tag for tag in ("nav", "header", "main", "aside", "footer")} | {"dialog": "nav"}
ROLES = {
    "navigation": "nav",
    "menu": "nav",
    "menubar": "nav",
    "dialog": "nav",
    "alertdialog": "nav",
    "banner": "header",
    "main": "main",
    "complementary": "aside",
    "contentinfo": "footer",
}
PREFORMATTED = frozenset(("pre", "xmp", "listing", "plaintext"))
FRAMES = frozenset(("html", "body"))  # hidden only until a script has run
# Elements that give all lines in them a property: a link, heading level, landmark or line breaks.
LENDING = frozenset(("a", *HEADINGS, *LANDMARKS, *PREFORMATTED))
# Flow of the elements that need no further look if they have no attributes.
PLAIN: dict[str, Flow] = {
    tag: how for tag, how in FLOWS.items() if how in ("inline", "block") and tag not in LENDING
}
