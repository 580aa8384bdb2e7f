"""Standard output: a console for people, JSON for programs."""

import json
from typing import Any

import click
from rich.console import Console

_PIPE_WIDTH = 160  # columns: a pipe has no edge, and a cut URL is of no use


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """The reader of a pipe has had enough: `main` ends the program, and that is no failure."""
        raise BrokenPipeError


def console() -> Console:
    """Standard output: as wide as the terminal is, and wide when it is none."""
    made = _Console(highlight=False)
    return made if made.is_terminal else _Console(highlight=False, width=_PIPE_WIDTH)


def has_colours(out: Console) -> bool:
    """Whether colours and styles are seen: not in a pipe, under NO_COLOR, or with TERM=dumb."""
    return out.color_system is not None and not out.no_color


def print_json(value: Any) -> None:
    """Print one value over several lines."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
