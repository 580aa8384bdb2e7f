"""Options that several commands share."""

from pathlib import Path

import click

archive = click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("archive"),
    envvar="QARCHIVE_DIR",
    show_default=True,
    show_envvar=True,
    help="The archive's folder.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
