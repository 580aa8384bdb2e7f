"""White space as records have it."""


def fold(text: str) -> str:
    """Fold runs of white space to one space, without any at the edges."""
    return " ".join(text.split())


def fold_lines(lines: tuple[str, ...]) -> str:
    """Fold each line; lines are joined by one newline."""
    return "\n".join(fold(line) for line in lines)
