"""What many commands can be told: which register, in which language, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from a87lib.language import check_language, preferred

Command = TypeVar("Command", bound=Callable[..., Any])


def _language(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    """The language to tell things in; one that is not ours is refused before anything is done."""
    return check_language(given) if given else preferred()


REGISTER = click.option("--register", "address", help="Path or URL of the register.")
LANG = click.option(
    "--lang", "language", callback=_language, help="Language of what is told: en, fr or es."
)
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say whether it would be accepted.")


def about_the_register(command: Command) -> Command:
    """Gives a command all three: REGISTER, LANG and JSON."""
    for option in (JSON, LANG, REGISTER):
        command = option(command)
    return command
