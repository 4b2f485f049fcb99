"""What several rules about a cycle say: who owes, what came, what did not, what was concluded."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry
from a87lib.facts.codes import Coded
from a87lib.framework import Framework
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.history import history, status

OWING = ("INT-01", "INT-02", "INT-18", "INT-19", "INT-20")
DUE = ("cycle.due",)


def only_active(file: CountryFile, framework: Framework) -> Outcome | None:
    """What to answer where the country is not an active pathfinder; None where it is."""
    now = status(file, framework)
    if now == "active":
        return None
    if now == "not_on_file":
        erased = content_not_on_file(change.entry for change in history(file, framework).changes)
        reasons = (Reason("status_not_on_file"), *erased, *stated_by_others(file))
        return Outcome(Answer.ASK, reasons)
    return Outcome(
        Answer.NOT_APPLICABLE, (Reason(f"status_is_{now}", None, decided_by(file, framework)),)
    )


def stated_by_others(file: CountryFile) -> list[Reason]:
    """The status that third parties state: shown, changes nothing (INT-20)."""
    return [
        Reason(
            "status_stated",
            None,
            (entry.no,),
            {
                "status": Coded("stated_status", entry.body.status),
                "by": entry.body.by,
                "when": entry.when,
            },
        )
        for entry in file.of("status_stated")
    ]


def decided_by(file: CountryFile, framework: Framework) -> tuple[int, ...]:
    """The number of the decision that the present status rests on."""
    changes = history(file, framework).changes
    return (changes[-1].entry.no,) if changes else ()


def absence_reasons(file: CountryFile, cycle: int | None, what: str) -> tuple[Reason, ...]:
    """What third parties state was not submitted (in a cycle): shown, changes nothing (INT-18)."""
    return tuple(
        Reason("absence_stated", entry.cycle, (entry.no,), {"by": entry.body.by or entry.source})
        for entry in file.of("absence_stated", cycle)
        if entry.body.what == what
    )


def received(entry: Entry, due: date) -> Reason:
    """That something arrived: on time, or late (INT-03)."""
    late = entry.when.last > due
    key = f"{entry.kind}_late" if late else entry.kind
    return Reason(key, entry.cycle, (entry.no,), {"when": entry.when, "due": due})


def nothing(file: CountryFile, kind: str, cycle: int, due: date) -> tuple[Answer, Reason]:
    """`no` where the register is complete for this, else `ask`: not on file."""
    if file.covered(kind, cycle):
        covered = file.coverage_entry(kind, cycle)
        return Answer.NO, Reason(f"{kind}_missing", cycle, covered, {"due": due})
    return Answer.ASK, Reason(f"{kind}_not_on_file", cycle, (), {"due": due})


def finalising_until(cycle: int, framework: Framework) -> int:
    """The cycle by whose due date a cycle's report is expected to be final (INT-05)."""
    return cycle + 1 if framework.reading("INT-05") == "once_next_due_date_has_passed" else cycle


def concluded(entry: Entry) -> Reason:
    """What the subgroup concluded, as a reason."""
    body = entry.body
    args = {
        "criterion": Coded("criterion", body.criterion),
        "judgement": Coded("judgement", body.judgement),
        "when": entry.when,
    }
    return Reason("subgroup_concluded", entry.cycle, (entry.no,), args)


def not_owed(cycle: int) -> Outcome:
    """No report is owed for the cycle, so there is nothing to ask about."""
    return Outcome(Answer.NOT_APPLICABLE, (Reason("report_not_owed", cycle),))
