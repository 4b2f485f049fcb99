"""What a sign may lead to: a dialogue, and grounds for inactivity (AF-REV-8 to -12)."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.cycle_reasons import OWING, only_active
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.grounds import (
    GROUND_KINDS,
    grounds,
    present_signs,
    sign_there,
    unknown_signs,
)
from a87lib.rules.history import STATUS_KINDS
from a87lib.rules.rule import rule
from a87lib.rules.signals import ALL_SIGNS


@rule(
    "standing.dialogue_suggested",
    paragraph="AF-REV-8",
    reads=("dialogue_held", *ALL_SIGNS, *STATUS_KINDS),
    interpretations=("INT-04", "INT-06", "INT-07", *OWING),
    parameters=("signals.consecutive_cycles",),
    also=("AF-REV-9",),
)
def dialogue_suggested(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Is a sign present about which no dialogue was held since it appeared?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    signs = present_signs(file, framework)
    unheard = []
    heard: dict[int, Reason] = {}
    for sign, since in signs:
        held = [e for e in file.of("dialogue_held") if e.when.last >= since]
        if held:
            first = held[0]
            heard[first.no] = Reason("dialogue_held", None, (first.no,), {"when": first.when})
        else:
            unheard.append((sign, since))
    if unheard:
        reasons = tuple(sign_there(sign, since) for sign, since in unheard)
        if not file.covered("dialogue_held"):
            return Outcome(Answer.ASK, (*reasons, Reason("dialogues_not_on_file")))
        nothing = Reason("no_dialogue_since", None, (), {"on": max(since for _, since in unheard)})
        return Outcome(Answer.YES, (*reasons, nothing), since=min(since for _, since in unheard))
    unknown = unknown_signs(file, framework)
    if not signs and unknown:
        return Outcome(Answer.ASK, unknown)
    return Outcome(Answer.NO, tuple(heard.values()) if signs else (Reason("no_sign_present"),))


@rule(
    "standing.inactive_grounds",
    paragraph="AF-REV-12",
    reads=(*GROUND_KINDS, *ALL_SIGNS, *STATUS_KINDS),
    interpretations=("INT-04", "INT-06", "INT-07", "INT-14", *OWING),
    parameters=("signals.consecutive_cycles",),
    also=("AF-REV-11", "AF-REV-10"),
)
def inactive_grounds(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Are the grounds for declaring the country inactive on file?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    signs = present_signs(file, framework)
    if not signs and not unknown_signs(file, framework):
        return Outcome(Answer.NO, (Reason("no_sign_present"),))
    best = grounds(file, framework)
    reasons = (*best.found, *best.missing_reasons)
    if signs and not best.missing:
        return Outcome(Answer.YES, reasons)
    return Outcome(Answer.NO if best.refuted(file) else Answer.ASK, reasons)
