"""Who may do what; asked by every verb, and by screens before they offer a button.

`require(on, acting, "take_in", country="QMA")` raises Problems where it is not allowed; `allowed`
says so. Where the file is closed to the person, the answer is that of a file that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from a87lib.desk.acting import Acting
from a87lib.desk.people import Person
from a87lib.desk.reviewing.access import Access, access_of, reader_for
from a87lib.desk.reviewing.review import Review, review_of
from a87lib.desk.words import Named, verb
from a87lib.problems import Problems, problem
from a87lib.register import Reader, Register

Far = Literal["", "assigned", "open", "delivered", "lead"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a verb.

    roles: any of these, wherever the file is not closed to them; a focal point for the own country
    only. far: besides them, reviewers whose file it is, once they are that far: `assigned`
    (whatever they declared), `open` (no conflict declared), `delivered`, `lead` (and delivered).
    paragraph: where the task comes from.
    """

    roles: tuple[str, ...] = ()
    far: Far = ""
    paragraph: str = "AF-REV-1"


OWN = "focal_point"
"""The role that counts for the own country only."""
OFFICE = ("secretariat",)
HEADS = ("secretariat", "chair")
READERS = ("secretariat", "chair", "subgroup")
VERBS: dict[str, Rule] = {
    "read_file": Rule((*READERS, "focal_point"), "open"),
    "declare": Rule(far="assigned"),
    "assess": Rule(far="open", paragraph="AF-REV-2"),
    "compare": Rule(OFFICE, "delivered", "AF-REV-2"),
    "conclude": Rule(far="delivered", paragraph="AF-REV-2"),
    "read_conclusions": Rule(READERS, "delivered", "AF-REV-2"),
    "comment": Rule(far="delivered", paragraph="AF-MON-4"),
    "send_comments": Rule(far="lead", paragraph="AF-MON-4"),
    "read_comments": Rule((*READERS, "focal_point"), "open", "AF-MON-4"),
    "reply": Rule(("focal_point",), paragraph="AF-MON-4"),
    "finalise": Rule(("focal_point",), paragraph="AF-MON-4"),
    "take_in": Rule(("secretariat", "focal_point"), paragraph="AF-MON-2"),
    "assign": Rule(OFFICE),
    "pin_conflict": Rule(OFFICE),
    "set_deadline": Rule(OFFICE),
    "override": Rule(OFFICE),
    "reopen": Rule(HEADS),
    "read_log": Rule(OFFICE),
    "act_for": Rule(OFFICE, paragraph="TR-SEC-4"),
    "give_roles": Rule(OFFICE, paragraph="TR-SEC-4"),
    "record": Rule(OFFICE, paragraph="TR-SEC-4"),
    "correct": Rule(OFFICE, paragraph="TR-SEC-4"),
    "erase": Rule(OFFICE, paragraph="TR-SEC-4"),
    "back_up": Rule(OFFICE, paragraph="TR-SEC-4"),
    "run_meeting": Rule(HEADS, paragraph="TR-CHAIR-1"),
    "record_decision": Rule(HEADS, paragraph="TR-DEC-1"),
    "send_minutes": Rule(HEADS, paragraph="TR-MIN-1"),
}
"""Every verb and who may use it. On one's own machine (`Acting.alone`) one is the secretariat."""


@dataclass(frozen=True, slots=True)
class May:
    """What a permission rests on: whose act it is, that person's files, and the review."""

    person: Person
    access: Access
    review: Review | None = None


def require(
    on: Register, acting: Acting, verb: str, country: str | None = None, cycle: int | None = None
) -> May:
    """Raises Problems unless the person may do this; who acts for another must be allowed to.

    country: whose file it is about. cycle: of which review, for what reviewers do.
    """
    rule = VERBS[verb]
    if acting.for_other:
        _require_for_other(on, acting, country)
    person = acting.whose(on)
    access = access_of(on, person, country)
    if country is not None:
        _require_open(on, access, country, rule)
    review = None if country is None or cycle is None else review_of(on, country, cycle)
    if not _by_role(rule, person, country):
        _require_far(rule, access, review, verb)
    return May(person, access, review)


def allowed(
    on: Register, acting: Acting, verb: str, country: str | None = None, cycle: int | None = None
) -> bool:
    """Whether the person may do this."""
    try:
        require(on, acting, verb, country, cycle)
    except Problems:
        return False
    return True


def countries_of(on: Register, acting: Acting, verb: str) -> frozenset[str] | None:
    """The countries for which somebody's roles allow a verb; None: all that are open to them."""
    rule, person = VERBS[verb], acting.whose(on)
    if _anywhere(rule, person):
        return None
    return person.focal if OWN in rule.roles else frozenset()


def reader(on: Register, acting: Acting) -> Reader:
    """As whom somebody reads: what is closed to them is not there.

    Acting for another one still reads as oneself.
    """
    return reader_for(on, acting.itself(on))


def no_file(country: str) -> Problems:
    """The answer about a file that is not there, or is closed to whoever asks."""
    return problem("no_country_file", country=Named(country))


def _require_for_other(on: Register, acting: Acting, country: str | None) -> None:
    require(on, acting.own, "act_for", country)
    if not (acting.reason or "").strip():
        raise problem("reason_missing", paragraph=VERBS["act_for"].paragraph)


def _require_open(on: Register, access: Access, country: str, rule: Rule) -> None:
    """Closed by a conflict and not there at all are one answer.

    A focal point acts for the own country whatever else closes it; the secretariat and a focal
    point also where nothing is on file yet.
    """
    person = access.person
    if country in person.focal and OWN in rule.roles:
        return
    there = person.has("secretariat") or on.has_file(country)
    if access.conflict(country) is not None or not there:
        raise no_file(country)


def _by_role(rule: Rule, person: Person, country: str | None) -> bool:
    return _anywhere(rule, person) or (OWN in rule.roles and country in person.focal)


def _anywhere(rule: Rule, person: Person) -> bool:
    """Whether a role allows it for every country that is open to the person."""
    return person.has(*(role for role in rule.roles if role != OWN))


def _require_far(rule: Rule, access: Access, review: Review | None, name: str) -> None:
    """Raises Problems unless this is a reviewer's own file, and they are far enough with it."""
    not_allowed = problem("not_allowed", verb=verb(name), paragraph=rule.paragraph)
    if not rule.far or review is None:
        raise not_allowed
    country, person = review.country, access.person
    if person.id not in review.assigned:
        raise not_allowed
    if rule.far == "assigned":
        return
    args: dict[str, Any] = {"country": Named(country), "paragraph": rule.paragraph}
    if access.standing(country, review.cycle) != "open":
        raise problem("review_undeclared", **args)
    if rule.far in ("delivered", "lead") and not review.delivered(person.id):
        raise problem("review_own_first", **args)
    if rule.far == "lead" and person.id not in review.leads:
        raise problem("review_lead_only", **args)
