"""The command `a87`.

Exit status: 0 done, 1 the input has problems (nothing written), 2 wrong usage.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

import click

from a87lib import __version__
from a87lib.language import LANGUAGES, all_told, preferred
from a87lib.problems import Problems

COMMANDS = {
    "init": "a87lib.cli.register",
    "load": "a87lib.cli.register",
    "record": "a87lib.cli.register",
    "correct": "a87lib.cli.register",
    "verify": "a87lib.cli.register",
    "erase": "a87lib.cli.register",
    "findings": "a87lib.cli.findings",
    "cases": "a87lib.cli.cases",
    "coverage": "a87lib.cli.coverage",
    "calendar": "a87lib.cli.calendar",
    "import": "a87lib.cli.imports",
    "template": "a87lib.cli.intake",
    "intake": "a87lib.cli.intake",
    "evidence": "a87lib.cli.evidence",
    "reminders": "a87lib.cli.reminders",
    "review": "a87lib.cli.review",
    "briefing": "a87lib.cli.briefing",
    "letters": "a87lib.cli.letters",
    "export": "a87lib.cli.export",
    "people": "a87lib.cli.workflow",
    "assign": "a87lib.cli.workflow",
    "deadline": "a87lib.cli.workflow",
    "conflict": "a87lib.cli.workflow",
    "reopen": "a87lib.cli.workflow",
    "reviews": "a87lib.cli.workflow",
    "actions": "a87lib.cli.workflow",
    "backup": "a87lib.cli.backup",
    "restore": "a87lib.cli.backup",
    "serve": "a87lib.cli.serve",
}
"""Each command and the module that holds it; a module is imported when its command is used."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its module now imported; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name])
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found: click.Command = getattr(module, name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="a87")
def group() -> None:
    """The Alliance 8.7 review workbench: register, findings, reviews and packs."""


def _spoken(arguments: Sequence[str] | None) -> str:
    """The language asked for with --lang, where it is one of ours; else that of the machine."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for place, word in enumerate(given):
        option, _, value = word.partition("=")
        if option == "--lang":
            value = value or "".join(given[place + 1 : place + 2])
            return value if value in LANGUAGES else preferred()
    return preferred()


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; problems are told on standard error in the user's language."""
    try:
        status = group.main(args=arguments, prog_name="a87", standalone_mode=False)
    except Problems as refused:
        click.echo(all_told(refused.problems, _spoken(arguments)), err=True)
        sys.exit(refused.exit_status)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)
