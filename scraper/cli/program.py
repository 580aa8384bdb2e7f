"""The program `qarchive`: finds the commands, runs one, and reports its errors."""

import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from scraper.cli import commands
from scraper.cli.errors import errors_in_one_line
from scraper.cli.options import TEXT
from scraper.cli.streams import discard, escape_unencodable, flush_streams, open_closed_streams
from scraper.clock import now
from scraper.wording import suggestion


class _Commands(click.Group):
    """Every file of scraper/cli/commands is a command of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(name.replace("_", "-") for _, name, _ in iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        for parameter in command.params:
            if parameter.type is click.STRING:
                parameter.type = TEXT
            elif isinstance(parameter.type, click.IntRange):
                parameter.type.name = "whole number"  # as errors call it
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            names = [*known, "--help", "--version"]
            ctx.fail(f"no command is named {args[0]}.{suggestion(args[0], names)}")
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and not ctx.resilient_parsing:  # as when a shell completes words
            _refuse_repeated(click.Context(command, parent=ctx, info_name=name), rest)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A closed pipe raises BrokenPipeError without errno.

        For EPIPE click itself would end the program, with status 1.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise BrokenPipeError from error


def _refuse_repeated(ctx: click.Context, args: list[str]) -> None:
    """Click itself would take an option's last value and drop the others without a word."""
    _, _, given = ctx.command.make_parser(ctx).parse_args(list(args))
    for option in given:
        if isinstance(option, click.Option) and not option.is_flag and given.count(option) > 1:
            ctx.fail(f"{option.opts[0]} is given more than once, and one value alone is taken.")


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qarchive")
def cli() -> None:
    """Archive medical question-and-answer sites: crawl, read, keep, search, publish.

    \b
    Try it without network:
        qarchive demo
    """
    try:
        now()
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def run() -> None:
    """Run the command line; an error of any kind is one line on standard error."""
    open_closed_streams()
    escape_unencodable()
    try:
        with errors_in_one_line():
            _run()
    finally:
        flush_streams()


def _run() -> None:
    try:
        status = cli(prog_name="qarchive", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has had enough
        discard(sys.stdout)
        status = 0
    sys.exit(status)
