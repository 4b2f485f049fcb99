"""A decision of the GCM, taken by consensus of those in the room, if they make a quorum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from a87lib import framework
from a87lib.countryfile import Archive
from a87lib.desk import records
from a87lib.desk.acting import Acting
from a87lib.desk.council import Sitting, fact, opened
from a87lib.facts.codes import Coded
from a87lib.framework import Framework
from a87lib.problems import Problem, Problems
from a87lib.register import Register
from a87lib.register.within import as_one
from a87lib.rules import Finding, as_data, ask
from a87lib.rules.decisions import Quorum, group_name
from a87lib.rules.effects import GROUNDS, Effect, effect
from a87lib.rules.gcm_quorum import quorum_now
from a87lib.rules.history import STATUS_DECISIONS

OF_COUNTRY = frozenset({*STATUS_DECISIONS, "open_dialogue", "offer_support"})
OF_GROUP = frozenset({"create_group", "reactivate_group", "close_group"})
CONSENSUS, QUORUM = "TR-DEC-1", "TR-DEC-2"
MAKES = {"grant_status": "active", "reactivate": "active", "declare_inactive": "inactive"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is put to the meeting. consensus: whether nobody in the room objects."""

    subject: str
    text: str
    consensus: bool
    country: str | None = None
    group: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision recorded. effect: what it does to the status of its country."""

    no: int
    effect: Effect | None


def grounds(sitting: Sitting, proposal: Proposal) -> Finding | None:
    """What the file says of the grounds of a decision about a country (INT-14: it only says so)."""
    rule = GROUNDS.get(proposal.subject)
    if rule is None or proposal.country is None:
        return None
    return ask(rule, sitting.archive.file(proposal.country, sitting.on), framework.load())


@as_one
def decide(on: Register, meeting: int, proposal: Proposal, *, by: Acting) -> Decided:
    """Records a decision with the seats present at it and what the meeting was shown.

    Raises Problems, all at once: without a quorum at this moment (TR-DEC-2) or without consensus
    (TR-DEC-1), where it does not say about whom or what it is, or changes nothing. Raises Conflict
    where somebody recorded the same decision meanwhile.
    """
    found, used = opened(on, meeting, by, "record_decision"), framework.load()
    reached, presence = quorum_now(found.file, used)
    wrong = [*incomplete(proposal), *_not_taken(proposal, reached)]
    wrong += _nothing_new(found, proposal, used)
    if wrong:
        raise Problems(wrong)
    about = proposal.country or proposal.group or proposal.text
    body = {
        "subject": proposal.subject, "group": proposal.group, "text": proposal.text.strip(),
        "consensus": True, "present": list(presence.seats), "language": proposal.language,
        "shown": _shown(found, proposal, reached),
    }  # fmt: skip
    made = fact(
        "decision_made",
        meeting,
        found.on,
        body,
        country=proposal.country,
        slot=f"decision_made:{meeting}:{proposal.subject}:{about}",
    )
    no = records.record(on, [made], by=by.person)[0]
    archive = Archive(on.facts())
    recorded = next(entry for entry in archive.entries if entry.no == no)
    return Decided(no, effect(archive, recorded, used))


def incomplete(proposal: Proposal) -> list[Problem]:
    """That it does not say about whom, about what, or what was decided."""
    wrong = []
    if proposal.subject in OF_COUNTRY and not proposal.country:
        wrong.append(Problem("decision_needs_country", found=proposal.subject))
    if proposal.subject in OF_GROUP and not proposal.group:
        wrong.append(Problem("decision_needs_group", found=proposal.subject))
    if not proposal.text.strip():
        wrong.append(Problem("decision_needs_text"))
    return wrong


def _not_taken(proposal: Proposal, reached: Quorum) -> list[Problem]:
    """That those in the room cannot decide, or did not."""
    wrong = []
    if reached.missing_seats:
        args = {"present": reached.present, "needed": reached.needed, "paragraph": QUORUM}
        wrong.append(Problem("decision_needs_quorum", found=str(reached.present), args=args))
    if reached.missing_groups:
        groups = tuple(group_name(group) for group in reached.missing_groups)
        args = {"groups": groups, "count": len(groups), "paragraph": QUORUM}
        wrong.append(Problem("decision_needs_groups", args=args))
    if not proposal.consensus:
        wrong.append(Problem("decision_needs_consensus", args={"paragraph": CONSENSUS}))
    return wrong


def _nothing_new(found: Sitting, proposal: Proposal, used: Framework) -> list[Problem]:
    """That the country has the status already that the decision would give it."""
    if proposal.subject not in MAKES or not proposal.country:
        return []
    status = ask("standing.status", found.archive.file(proposal.country, found.on), used)
    if status.value != MAKES[proposal.subject]:
        return []
    args = {"status": Coded("status", str(status.value))}
    return [Problem("decision_changes_nothing", found=str(status.value), args=args)]


def _shown(found: Sitting, proposal: Proposal, reached: Quorum) -> dict[str, Any]:
    """What the meeting was shown: how many were there, and what the file said of the grounds."""
    shown: dict[str, Any] = {"present": reached.present, "needed": reached.needed}
    finding = grounds(found, proposal)
    if finding is not None:
        told = as_data(finding)
        shown["grounds"] = {name: told[name] for name in ("rule", "answer", "asof") if name in told}
    return shown
