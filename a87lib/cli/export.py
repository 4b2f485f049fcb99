"""`a87 export`: the register as CSV tables with a data package."""

from __future__ import annotations

from pathlib import Path

import click

from a87lib import export as exporting
from a87lib import register
from a87lib.cli.findings import an_instant, check_country
from a87lib.cli.options import REGISTER
from a87lib.language import preferred, say
from a87lib.problems import problem, usage
from a87lib.register import ROLES


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--visible-to", "role", default="public", show_default=True,
              type=click.Choice(list(ROLES)), help="Whose export it is.")  # fmt: skip
@click.option("--country", help="Whose file it is (for a focal point).")
@click.option("--known-at", help="Only what had been recorded by then (day or instant).")
@REGISTER
def export(
    folder: Path, role: str, country: str | None, known_at: str | None, address: str | None
) -> int:
    """Writes the register as CSV tables with a Frictionless datapackage.json to DIR."""
    if (role == "focal_point") != (country is not None):
        raise usage("export_country", found=role)
    code = None if country is None else check_country(country)
    instant = an_instant("--known-at", known_at)
    with register.open(register.chosen(address)) as on:
        try:
            made = exporting.write(folder, on, role, code, instant)
        except OSError as error:
            raise problem("folder_not_writable", str(folder), error.strerror or "") from None
    rows = {table.name: len(table.rows) for table in made}
    closing = say("cli.export_closing", preferred(), count=rows["entries"],
                  figures=rows["observations"], where=str(folder))  # fmt: skip
    click.echo(closing)
    return 0
