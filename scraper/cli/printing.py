"""Text for people; nothing in what comes from pages marks up or moves the cursor."""

from rich.console import Console

_PIPE_WIDTH = 160  # columns: a pipe has no edge, and a cut URL is of no use


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """The reader of a pipe has had enough: `main` ends the program, and that is no failure."""
        raise BrokenPipeError


def counted(count: int, what: str) -> str:
    """`1 question`, `2 questions`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def printable(line: str) -> str:
    """The line with a replacement sign for each sign that cannot be printed."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def printable_lines(text: str) -> str:
    """The text so, its line ends kept."""
    return "\n".join(map(printable, text.split("\n")))


def console() -> Console:
    """Standard output: as wide as the terminal is, and wide when it is none."""
    made = _Console(highlight=False)
    return made if made.is_terminal else _Console(highlight=False, width=_PIPE_WIDTH)


def has_colours(out: Console) -> bool:
    """Whether colours and styles are seen: not in a pipe, under NO_COLOR, or with TERM=dumb."""
    return out.color_system is not None and not out.no_color
