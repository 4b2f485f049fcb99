"""Persons and roles, given and taken back; entries of the register put right or blanked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from a87lib import framework
from a87lib.desk import records
from a87lib.desk.acting import Acting
from a87lib.desk.people import ROLES, Person, people, person_of
from a87lib.desk.permissions import reader, require
from a87lib.desk.reviewing.invariants import BY_STEP
from a87lib.desk.stating import stated
from a87lib.facts import KINDS, Entry, Fact, PartialDate
from a87lib.problems import Problems, problem
from a87lib.register import Register
from a87lib.register.within import as_one, undisturbed

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}")
WITH_COUNTRY = ("focal_point", "country")


def give_roles(
    on: Register,
    acting: Acting,
    person: str,
    roles: str,
    *,
    name: str | None = None,
    organisation: str | None = None,
) -> Person:
    """Gives a person exactly these roles, as words (`reviewer country:QMA`), and keeps the name.

    name, organisation: None leaves what is kept. Raises Problems for words that are no roles, and
    where nobody of the secretariat would be left. An empty text takes all roles back.
    """
    if _ID.fullmatch(person) is None:
        raise problem("person_id", found=person)
    words = " ".join(dict.fromkeys(roles.split()))
    for word in words.split():
        _check(word)

    with undisturbed(on) as inside:
        require(inside, acting, "give_roles")
        before = person_of(inside, person)
        others = [p for p in people(inside) if p.has("secretariat") and p.id != person]
        if before.has("secretariat") and "secretariat" not in words.split() and not others:
            raise problem("roles_last_secretariat", paragraph="TR-SEC-4")
        kept = (before.name if name is None else name,
                before.organisation if organisation is None else organisation)  # fmt: skip
        inside.name_person(person, *kept, words)
        inside.append(stated(_facts(inside, acting, person, words), acting.person))
    return person_of(on, person)


def _facts(on: Register, acting: Acting, person: str, roles: str) -> list[Fact]:
    when = PartialDate.of(on.today())
    step = {"step": "roles_given", "person": acting.person, "about": person}
    if acting.for_other:
        step |= {"on_behalf_of": acting.principal, "reason": acting.reason or ""}
    said = {"roles_given": {"person": person, "roles": roles}, "review_step": step}
    return [
        Fact(kind=kind, when=when, body=KINDS[kind].model_validate(body), visibility="reviewers")
        for kind, body in said.items()
    ]


def everybody(on: Register, acting: Acting) -> list[Person]:
    """All persons that are kept; for the secretariat."""
    require(on, acting, "give_roles")
    return people(on)


def entry(on: Register, acting: Acting, verb: str, no: int) -> Entry:
    """An entry, for whoever may `correct` or `erase`; one that is closed to them is not there."""
    require(on, acting, verb)
    if 0 < no <= on.head().no:
        at, seen = on.entry(no), reader(on, acting)
        for each in on.facts(at.country, at.meeting, (at.kind,), visible_to=seen):
            if each.no == no:
                return each
    raise problem("administration_no_entry", found=str(no))


@as_one
def correct(on: Register, acting: Acting, no: int, text: str) -> int:
    """Records what was typed (as in a file of facts) as the correction of an entry: its number.

    What a review carried out here consists of is refused: only its own verbs change that.
    """
    earlier = entry(on, acting, "correct", no)
    steps = on.entries(earlier.country, kinds=("review_step",))
    if earlier.kind in BY_STEP and any(step.cycle == earlier.cycle for step in steps):
        raise problem("administration_by_review", found=str(no))
    fact = records.correction_from_text(on, no, text)
    return records.correct(on, no, fact, by=acting.person, visible_to=reader(on, acting))


@as_one
def erase(on: Register, acting: Acting, numbers: Sequence[int], *, reason: str) -> None:
    """Blanks what entries say, with a reason; where they stand remains."""
    for no in numbers:
        entry(on, acting, "erase", no)
    if not reason.strip():
        raise problem("reason_missing", paragraph="TR-SEC-4")
    records.erase(on, numbers, by=acting.person, reason=reason.strip())


def _check(word: str) -> None:
    role, _, code = word.partition(":")
    known = role in ROLES or role == "country"
    needs = role in WITH_COUNTRY
    if not known or needs != bool(code) or (code and not _is_country(code)):
        listed = ", ".join(f"{r}:ISO" if r in WITH_COUNTRY else r for r in (*ROLES, "country"))
        raise problem("roles_unknown", found=word, known=listed)


def _is_country(code: str) -> bool:
    try:
        framework.country_name(code, "en")
    except Problems:
        return False
    return True
