"""Where a country stands: status, phase, commitments kept, advantages (AF-REV-6, -13)."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.facts import in_order
from a87lib.framework import Framework
from a87lib.rules.cycle_reasons import OWING, decided_by, only_active, stated_by_others
from a87lib.rules.duties import counted_cycles, due_on
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.grounds import missing_grounds, present_signs, sign_there
from a87lib.rules.history import NOT_KNOWN, STATUS_KINDS, history, status
from a87lib.rules.rule import rule
from a87lib.rules.signals import ALL_SIGNS


@rule(
    "standing.status",
    paragraph="AF-PLAN-9",
    reads=("status_stated", *STATUS_KINDS),
    interpretations=("INT-07", "INT-12", "INT-14", "INT-16", "INT-18", "INT-20", "INT-22"),
    parameters=("reactivation.by_decision",),
    asks_about_days=False,
    also=("AF-BOX-1", "AF-BOX-2", "AF-BOX-3", "TR-PAR-2", "AF-REV-12"),
)
def standing_status(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """What status does the country have, since when, and by which decision?"""
    past = history(file, framework)
    value = status(file, framework)
    reasons = [
        Reason(
            f"became_{'reactivated' if position and change.status == 'active' else change.status}",
            None,
            (change.entry.no,),
            {"when": change.entry.when, "meeting": change.entry.meeting or ""},
        )
        for position, change in enumerate(c for c in past.changes if c.status != NOT_KNOWN)
    ]
    since = past.changes[-1].on if past.changes and value != NOT_KNOWN else None
    if value == "candidate":
        letter = file.of("interest_expressed")[0]
        reasons.append(Reason("became_candidate", None, (letter.no,), {"when": letter.when}))
        since = letter.when.last
    if value in ("none", NOT_KNOWN):
        reasons.append(Reason(f"status_{value}"))
    reasons += [
        Reason("date_read_as_last_day", None, (entry.no,), {"when": entry.when})
        for entry in file.imprecise
        if any(entry.no in reason.entries for reason in reasons)
    ]
    reasons += past.remarks
    reasons += [
        reason
        for change in past.changes
        if change.status == "inactive"
        for reason in missing_grounds(file, framework, change)
    ]
    reasons += stated_by_others(file)
    return Outcome(None, tuple(reasons), value=value, since=since)


@rule(
    "standing.phase",
    paragraph="AF-PHA-1",
    reads=(*ALL_SIGNS, "workshop_held", "calendar_set", "roadmap_submitted", *STATUS_KINDS),
    interpretations=("INT-20", "INT-22"),
    asks_about_days=False,
    also=("AF-IMP-1",),
)
def phase(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """In which phase of the mechanism is the country?"""
    now = status(file, framework)
    if now == "candidate":
        steps = [
            e
            for kind in ("calendar_set", "workshop_held", "roadmap_submitted")
            for e in file.of(kind)
        ]
        if steps:
            first = min(steps, key=in_order)
            return Outcome(
                None, (Reason("in_planning", None, (first.no,), {"when": first.when}),), "planning"
            )
        letter = file.of("interest_expressed")[0]
        return Outcome(
            None, (Reason("in_interest", None, (letter.no,), {"when": letter.when}),), "interest"
        )
    if now != "active":
        return Outcome(None, (Reason(f"status_is_{now}", None, decided_by(file, framework)),))
    owed = counted_cycles(file, framework)
    if not owed:
        return Outcome(
            None,
            (Reason("in_implementation", None, decided_by(file, framework)),),
            "implementation",
        )
    return _cycle_phase(file, owed[-1])


def _cycle_phase(file: CountryFile, cycle: int) -> Outcome:
    """The phase by what the last owed cycle has reached: monitoring, then review, then done."""
    judged = {entry.body.criterion for entry in file.of("subgroup_concluded", cycle)}
    final = file.first("report_finalised", cycle)
    if {"evidence", "participation"} <= judged:
        return Outcome(None, (Reason("in_implementation_again", cycle),), "implementation")
    if final is not None or judged:
        numbers = (final.no,) if final is not None else ()
        return Outcome(None, (Reason("in_review", cycle, numbers),), "review")
    return Outcome(None, (Reason("in_monitoring", cycle),), "monitoring")


@rule(
    "standing.commitments_kept",
    paragraph="AF-REV-6",
    reads=(*ALL_SIGNS, *STATUS_KINDS),
    interpretations=("INT-04", "INT-06", *OWING),
    parameters=("signals.consecutive_cycles",),
    also=("AF-BOX-2",),
)
def commitments_kept(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Did the country keep its commitments in the last owed cycle?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    signs = present_signs(file, framework)
    if signs:
        return Outcome(Answer.NO, tuple(sign_there(sign, since) for sign, since in signs))
    owed = counted_cycles(file, framework)
    if not owed:
        return Outcome(Answer.ASK, (Reason("no_cycle_owed_yet"),))
    cycle = owed[-1]
    reasons, kept = [], True
    for kind in ("report_received", "indicator_framework_received"):
        entry = file.first(kind, cycle)
        kept = kept and entry is not None
        if entry is not None:
            reasons.append(
                Reason(
                    kind, cycle, (entry.no,), {"when": entry.when, "due": due_on(cycle, framework)}
                )
            )
        else:
            reasons.append(Reason(f"{kind}_not_there", cycle))
    for criterion in ("evidence", "collaboration"):
        found = [e for e in file.of("subgroup_concluded", cycle) if e.body.criterion == criterion]
        shown = bool(found) and found[-1].body.judgement != "not_shown"
        kept = kept and shown
        numbers = (found[-1].no,) if found else ()
        reasons.append(
            Reason(f"{criterion}_{'shown' if shown else 'not_established'}", cycle, numbers)
        )
    return Outcome(Answer.YES if kept else Answer.ASK, tuple(reasons))


@rule(
    "standing.benefits_suspended",
    paragraph="AF-REV-13",
    reads=STATUS_KINDS,
    interpretations=("INT-20",),
    also=("AF-OPP-1",),
)
def benefits_suspended(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Are the advantages that the Alliance provides suspended?"""
    now = status(file, framework)
    numbers = decided_by(file, framework)
    if now == "inactive":
        since = history(file, framework).inactive_since
        return Outcome(Answer.YES, (Reason("status_is_inactive", None, numbers),), since=since)
    active = Outcome(Answer.NO, (Reason("status_is_active", None, numbers),))
    return only_active(file, framework) or active
