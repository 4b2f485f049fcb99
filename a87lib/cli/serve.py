"""`a87 serve`: the screens in a browser, for one person or for a team behind a proxy."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import webbrowser
from pathlib import Path

import click

from a87lib import register
from a87lib.cli.options import REGISTER
from a87lib.language import preferred, say

SCREENS = Path(__file__).resolve().parents[2] / "notebooks" / "dashboards"
LINE = "%(asctime)s %(levelname)s %(message)s"


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8866, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in a browser.")
@REGISTER
@click.option("--screens", type=click.Path(path_type=Path), help="Folder of the dashboards.")
@click.option("--behind-proxy", is_flag=True, help="For a team: a proxy says who each reader is.")
@click.option("--public-url", metavar="URL", help="Where readers find the proxy.")
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path),
    help="File with the secret that proxy and server share (else A87_PROXY_SECRET_FILE, "
    "A87_PROXY_SECRET).",
)
@click.option("--per-user", type=click.IntRange(1, 100), default=6, show_default=True)
@click.option("--total", type=click.IntRange(1, 1000), default=40, show_default=True)
@click.option("--idle", type=click.IntRange(1, 86400), default=3600, show_default=True)
@click.option("--ping", type=click.IntRange(1, 3600), default=30, show_default=True)
def serve(
    port: int,
    open_browser: bool,
    address: str | None,
    screens: Path | None,
    behind_proxy: bool,
    public_url: str | None,
    secret_file: Path | None,
    per_user: int,
    total: int,
    idle: int,
    ping: int,
) -> int:
    """Serves the screens on this machine; with --behind-proxy to a team.

    --per-user and --total: how many screens may be open at once. --idle: after how many seconds
    without use an open screen is closed. --ping: how many seconds a line to a page may be silent
    (less than what a proxy allows). Nothing listens but on 127.0.0.1.
    """
    from a87lib.serving.settings import Settings, check_versions, proxy_at, screens_in

    check_versions()
    proxy = proxy_at(public_url, secret_file) if behind_proxy else None
    found = screens_in(screens or SCREENS)
    settings = Settings(found, port, per_user, total, idle, proxy, ping)
    _choose_register(address)
    logging.basicConfig(level=logging.INFO, format=LINE, stream=sys.stderr)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)

    from a87lib.serving.server import serve as run

    def started(url: str) -> None:
        key = "serving.listening_team" if proxy else "serving.listening_alone"
        click.echo(say(key, preferred(), url=url))
        sys.stdout.flush()
        if open_browser:
            webbrowser.open(url)

    asyncio.run(run(settings, started))
    return 0


def _choose_register(address: str | None) -> None:
    """Names the register to the kernels, by a path that holds in any folder; it must be there."""
    named = address or os.environ.get(register.VARIABLE)
    if named:
        place = register.Address.of(named)
        os.environ[register.VARIABLE] = str(place.path.resolve()) if place.path else named
        with register.open(os.environ[register.VARIABLE]):
            pass
