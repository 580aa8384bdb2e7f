"""Standard output: a console for people, JSON for programs."""

import json
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from scraper.wording import printable

_PIPE_WIDTH = 160  # columns: a pipe has no edge, and a cut URL is of no use


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Raises BrokenPipeError when nobody reads the pipe any more, where rich would exit."""
        raise BrokenPipeError


def console() -> Console:
    """Standard output: as wide as the terminal is, and wide when it is none."""
    out = _Console(highlight=False)
    return out if out.is_terminal else _Console(highlight=False, width=_PIPE_WIDTH)


def print_line(out: Console, line: str | Text, style: str = "") -> None:
    """Print a line without rich's markup and line breaks; a str without control characters."""
    out.print(Text(printable(line), style) if isinstance(line, str) else line, soft_wrap=True)


def has_colours(out: Console) -> bool:
    """Whether colours and styles are seen: not in a pipe, under NO_COLOR, or with TERM=dumb."""
    return out.color_system is not None and not out.no_color


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
