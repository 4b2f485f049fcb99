"""Persons and roles: kept, given, taken back; each change is a recorded step."""

from __future__ import annotations

import re

from a87lib import framework
from a87lib.desk.acting import Acting
from a87lib.desk.people import ROLES, Person, people, person_of
from a87lib.desk.permissions import require
from a87lib.desk.stating import stated
from a87lib.facts import KINDS, Fact, PartialDate
from a87lib.problems import Problems, problem
from a87lib.register import NewEntry, Register
from a87lib.register.within import append_decided

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

    def decide(inside: Register) -> list[NewEntry]:
        require(inside, acting, "give_roles")
        before = person_of(inside, person)
        others = [p for p in people(inside) if p.has("secretariat") and p.id != person]
        if before.has("secretariat") and "secretariat" not in words.split() and not others:
            raise problem("roles_last_secretariat", paragraph="TR-SEC-4")
        kept = (before.name if name is None else name,
                before.organisation if organisation is None else organisation)  # fmt: skip
        inside.name_person(person, *kept, words)
        return stated(_facts(inside, acting, person, words), acting.person)

    append_decided(on, decide)
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
