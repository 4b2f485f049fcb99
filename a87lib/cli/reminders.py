"""`a87 reminders`: letters to the countries whose report of a cycle is due."""

from __future__ import annotations

import json
from pathlib import Path

import click

from a87lib import register
from a87lib.cli.files import put
from a87lib.cli.findings import a_day, check_country, check_on_file, where
from a87lib.cli.options import about_the_register
from a87lib.countryfile import Archive
from a87lib.desk import reminders as desk
from a87lib.language import say


@click.command()
@click.argument("country", metavar="COUNTRY|all")
@click.option("--cycle", type=click.IntRange(2000, 2100), required=True, help="Of which cycle.")
@click.option("--asof", help="As of this day (default: today).")
@click.option("--cover", is_flag=True, help="The covering letter of the workbook instead.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for a text file per letter.")
@about_the_register
def reminders(
    country: str,
    cycle: int,
    asof: str | None,
    cover: bool,
    language: str,
    out: Path | None,
    address: str | None,
    as_json: bool,
) -> int:
    """Writes the reminder that applies on a day to each country that has not sent its report."""
    code = check_country(country if country == "all" else country.upper())
    with register.open(where(address, None if code == "all" else code)) as on:
        check_on_file(code, on)
        day = a_day("--asof", asof) if asof else on.today()
        archive = Archive(on.facts())
    countries = desk.by_name(archive.countries, language) if code == "all" else [code]
    if cover:
        letters = [desk.covering(each, cycle, language) for each in countries]
    else:
        letters = list(desk.reminders(archive, countries, cycle, day, language))
    if out is not None:
        for each in letters:
            content = f"{each.subject}\n\n{each.text}"
            put(out / f"{each.country}-{each.cycle}.{language}.txt", content.encode())
        click.echo(say("intake.letter.written", language, count=len(letters), folder=str(out)))
    elif as_json:
        rows = [
            {"country": each.country, "cycle": each.cycle, "days": each.days, "on": str(each.on),
             "subject": each.subject, "text": each.text}
            for each in letters
        ]  # fmt: skip
        click.echo(json.dumps({"asof": str(day), "letters": rows}, ensure_ascii=False, indent=2))
    else:
        told = [f"{each.subject}\n\n{each.text}" for each in letters]
        click.echo("\n".join(told) if told else say("intake.letter.none", language))
    return 0
