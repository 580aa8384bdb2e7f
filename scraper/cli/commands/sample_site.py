"""`qarchive sample-site`: the bundled sample site on loopback."""

import click

from scraper.cli.errors import RefusedError, reason


@click.command(
    "sample-site",
    short_help="Serve a made-up site, on which to try things.",
    epilog="Example: qarchive sample-site --site adoctor --questions 300 --port 8000",
)
@click.option(
    "--site",
    type=click.Choice(["adoctor", "taiwan-ehospital", "qapage"]),
    default="adoctor",
    show_default=True,
)
@click.option("--questions", type=click.IntRange(min=1), default=300, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option(
    "--revision",
    type=click.IntRange(min=1, max=500),
    default=1,
    show_default=True,
    help="The site as it is after so many weekly changes.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0: any free one."
)
def command(*, site: str, port: int, **options: int) -> None:
    """Serve a made-up site that behaves as the real one, on 127.0.0.1 only.

    Prints its URL when it is ready and runs until it is interrupted.
    """
    import signal

    from scraper.sample.server import serve
    from scraper.sample.sites import build

    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # in the server's threads too
    try:
        with serve(build(site, **options), port) as url:
            click.echo(url)
            signal.sigwait(ends)
    except OSError as error:
        raise RefusedError(
            f"port {port} cannot be used ({reason(error)}): take another, or 0 for any free one"
        ) from error
