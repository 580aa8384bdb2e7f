"""Text for people: counted nouns, and text from pages that cannot move a terminal's cursor."""


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """`1 question`, `2,000 questions`; with an irregular plural `2 replies`."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def printable(line: str) -> str:
    """The line with U+FFFD in the place of each character that cannot be printed."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


def printable_lines(text: str) -> str:
    """The text with U+FFFD likewise, its line ends kept."""
    return "\n".join(map(printable, text.split("\n")))
