"""Text from pages on a terminal: nothing in it marks up or moves the cursor."""


def printable(line: str) -> str:
    """The line with a replacement sign for each sign that cannot be printed."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
