"""`a87 people`, `assign`, `deadline`, `conflict`, `reopen`, `reviews`, `actions`: without screens.

Whoever runs these holds the register: they act as the secretariat, and the log names the account.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from a87lib import framework, register
from a87lib.cli.findings import check_country, check_on_file, where
from a87lib.cli.options import about_the_register
from a87lib.desk import administering
from a87lib.desk.acting import Acting
from a87lib.desk.people import Person
from a87lib.desk.reviewing import assigning, declaring, desks
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.log_words import in_words
from a87lib.desk.reviewing.reopening import reopen as reopened
from a87lib.desk.reviewing.review import ROUNDS, criteria
from a87lib.language import say, told

CONFLICTS = ("own_country", "own_organisation", "declared", "none")
_cycle = click.option("--cycle", type=click.IntRange(2000, 2100), required=True, help="Cycle.")
_day = click.DateTime(formats=["%Y-%m-%d"])


def _code(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    return None if given is None else check_country(given.upper())


_country = click.argument("country", callback=_code)


def _me() -> Acting:
    return Acting(getpass.getuser(), alone=True)


@click.command()
@click.argument("person", required=False)
@click.argument("roles", required=False)
@click.option("--name", help="What the person is called.")
@click.option("--organisation", help="The person's organisation.")
@about_the_register
def people(
    person: str | None, roles: str | None, name: str | None, organisation: str | None,
    address: str | None, language: str, as_json: bool,
) -> int:  # fmt: skip
    """Lists the persons, or gives PERSON exactly the ROLES ("reviewer country:QMA").

    Roles: secretariat, chair, reviewer, subgroup, member, observer, focal_point:ISO; country:ISO
    says where somebody comes from. An empty text takes all roles back.
    """
    with register.open(register.chosen(address)) as on:
        if person is not None and roles is not None:
            given = {"name": name, "organisation": organisation}
            found = [administering.give_roles(on, _me(), person, roles, **given)]
        else:
            everybody = administering.everybody(on, _me())
            found = [p for p in everybody if person in (None, p.id)]
    return _listed([_person(each) for each in found], language, as_json)


@click.command()
@_country
@click.argument("reviewer")
@_cycle
@click.option("--lead", is_flag=True, help="As the lead reviewer.")
@click.option("--withdraw", is_flag=True, help="Take the file away again (with --reason).")
@click.option("--reason", help="Why; overrides what may be overridden.")
@about_the_register
def assign(
    country: str, reviewer: str, cycle: int, lead: bool, withdraw: bool, reason: str | None,
    address: str | None, language: str, as_json: bool,
) -> int:  # fmt: skip
    """Assigns the file of COUNTRY in a cycle to REVIEWER; says what speaks against it."""
    with register.open(where(address, country)) as on:
        check_on_file(country, on)
        if withdraw:
            assigning.unassign(on, _me(), country, cycle, reviewer, reason=reason or "")
            warned = []
        else:
            wish = Wish(country, reviewer, "lead" if lead else "reviewer")
            warned = assigning.assign(on, _me(), cycle, [wish], override=reason)
    rows = [{"code": each.code, "text": told(each, language)} for each in warned]
    return _listed(rows, language, as_json, done="workflow.done")


@click.command()
@click.argument("round", type=click.Choice(ROUNDS))
@click.argument("due_on", type=_day)
@_cycle
@click.option("--grace", type=click.IntRange(0, 365), default=0, show_default=True)
@click.option("--country", callback=_code, help="For this country alone.")
@about_the_register
def deadline(
    round: Any, due_on: datetime, cycle: int, grace: int, country: str | None,
    address: str | None, language: str, as_json: bool,
) -> int:  # fmt: skip
    """Sets by when a ROUND of a cycle is to be done, and how many days of grace follow."""
    with register.open(where(address, country)) as on:
        check_on_file(country, on)
        assigning.set_deadline(
            on, _me(), cycle, round, due_on.date(), grace_days=grace, country=country
        )
    return _listed([], language, as_json, done="workflow.done")


@click.command()
@_country
@click.argument("person")
@click.argument("conflict", type=click.Choice(CONFLICTS))
@click.option("--reason", required=True, help="Why; kept in the log.")
@about_the_register
def conflict(
    country: str, person: str, conflict: str, reason: str,
    address: str | None, language: str, as_json: bool,
) -> int:  # fmt: skip
    """Pins a conflict of interest of PERSON about COUNTRY; `none` lifts it."""
    with register.open(where(address, country)) as on:
        check_on_file(country, on)
        if conflict == "none":
            declaring.lift(on, _me(), country, person, reason=reason)
        else:
            declaring.pin(on, _me(), country, person, conflict, reason=reason)
    return _listed([], language, as_json, done="workflow.done")


@click.command()
@_country
@click.argument("round", type=click.Choice(ROUNDS))
@_cycle
@click.option("--until", type=_day, required=True, help="Open until this day.")
@click.option("--reason", required=True, help="Why; kept in the log.")
@click.option("--person", help="For this person alone.")
@about_the_register
def reopen(
    country: str, round: Any, cycle: int, until: datetime, reason: str, person: str | None,
    address: str | None, language: str, as_json: bool,
) -> int:  # fmt: skip
    """Opens a ROUND of a country's review again, with a reason."""
    with register.open(where(address, country)) as on:
        check_on_file(country, on)
        reopened(on, _me(), country, cycle, round, until=until.date(), reason=reason, person=person)
    return _listed([], language, as_json, done="workflow.done")


@click.command()
@_cycle
@about_the_register
def reviews(cycle: int, address: str | None, language: str, as_json: bool) -> int:
    """Lists who reviews which file of a cycle, and how far they are."""
    with register.open(register.chosen(address)) as on:
        files = desks.files(on, _me(), cycle)
    rows = [_seat(file, seat, language, as_json) for file in files for seat in file.seats]
    return _listed(rows, language, as_json)


@click.command()
@click.option("--country", callback=_code, help="About this country alone.")
@click.option("--cycle", type=int, help="Of this cycle alone.")
@about_the_register
def actions(
    country: str | None, cycle: int | None, address: str | None, language: str, as_json: bool
) -> int:
    """Lists what was done in reviews: when, by whom, for whom, why."""
    with register.open(where(address, country)) as on:
        found = desks.log(on, _me(), country, cycle)
        names = {each.id: each.name for each in administering.everybody(on, _me())}
    rows = [_coded(each) if as_json else in_words(each, names, language) for each in found]
    return _listed(rows, language, as_json)


def _coded(step: desks.Action) -> dict[str, Any]:
    """A step of the log in codes, for programs."""
    given = asdict(step) | {"at": step.at.isoformat(timespec="seconds")}
    return {name: value or "" for name, value in given.items()}


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "organisation": person.organisation,
        "roles": person.words,
    }


def _seat(file: desks.File, seat: desks.Seat, language: str, as_json: bool) -> dict[str, Any]:
    """One reviewer of a file: codes and numbers as JSON, words for people."""
    row = {
        "country": file.country,
        "person": seat.person,
        "role": _label("review_role", seat.role, language, as_json),
        "state": _label("review_state", seat.state, language, as_json),
    }
    conflict = _label("conflict", seat.conflict, language, as_json) if seat.conflict else ""
    done = len(file.concluded)
    if as_json:
        return row | {"standing": seat.standing, "conflict": conflict, "concluded": done}
    undeclared = say("workflow.undeclared", language) if seat.standing == "undeclared" else ""
    concluded = say("workflow.concluded", language, count=done, of=len(criteria()))
    return row | {"standing": undeclared, "conflict": conflict, "concluded": concluded}


def _label(vocabulary: str, code: str, language: str, as_json: bool) -> str:
    return code if as_json else framework.load().label(vocabulary, code, language)


def _listed(rows: Iterable[dict[str, Any]], language: str, as_json: bool, *, done: str = "") -> int:
    """Rows as lines, without what is empty; or as a JSON list. Without a row it says so."""
    shown = list(rows)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return 0
    for row in shown:
        click.echo(" · ".join(str(value) for value in row.values() if value != ""))
    if done or not shown:
        click.echo(say(done or "workflow.none", language))
    return 0
