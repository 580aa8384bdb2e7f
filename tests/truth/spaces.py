"""White space as a perfect reader leaves it."""


def fold(text: str) -> str:
    """One line, with single spaces."""
    return " ".join(text.split())


def fold_lines(lines: tuple[str, ...]) -> str:
    """Lines of one text."""
    return "\n".join(fold(line) for line in lines)
