"""What holds of the rules whatever is on file: invented files, asked on invented days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from a87lib import framework
from a87lib.countryfile import Archive, Coverage, Declaration
from a87lib.facts import KINDS, Entry, PartialDate
from a87lib.rules import RULES, Answer, Finding, ask, findings_for

FW = framework.load()
CYCLES = (2020, 2021, 2022, 2023)
DAYS = st.dates(date(2019, 1, 1), date(2024, 6, 30))
SIGNS = [rule for rule in RULES if rule.startswith("signals.") and rule != "signals.early_warning"]
JUDGED = ("signals.no_evidence", "signals.no_collaboration")
DUE = [date(cycle, 4, 30) for cycle in CYCLES]
NEAR_DUE = st.sampled_from([day + timedelta(days=n) for day in DUE for n in (-1, 0, 1)])
ASKED_ON = st.one_of(DAYS, NEAR_DUE, st.sampled_from([date(2021, 12, 31), date(2022, 1, 1)]))

BODIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "report_received": st.just({}),
    "indicator_framework_received": st.just({}),
    "evidence_received": st.just({"type": "survey"}),
    "participation_recorded": st.fixed_dictionaries(
        {"group": st.just("workers"), "stage": st.sampled_from(["planning", "reporting"])}
    ),
    "comments_sent": st.just({}),
    "report_finalised": st.just({}),
    "subgroup_concluded": st.fixed_dictionaries(
        {
            "criterion": st.sampled_from(["evidence", "participation", "collaboration"]),
            "judgement": st.sampled_from(["shown", "partly_shown", "not_shown"]),
        }
    ),
    "dialogue_held": st.just({"about": "both"}),
    "support_offered": st.just({"form": "II"}),
    "dialogue_concluded": st.fixed_dictionaries(
        {"outcome": st.sampled_from(["improved", "not_improved"])}
    ),
    "reactivation_requested": st.just({"addressed_to": "alliance_chair"}),
    "coordination_body_named": st.just({"name": "Committee"}),
    "decision_made": st.fixed_dictionaries(
        {
            "subject": st.sampled_from(["declare_inactive", "reactivate", "grant_status"]),
            "consensus": st.sampled_from([True, True, False]),
            "quorum": st.sampled_from([True, True, None, False]),
        }
    ),
}


def entry(no: int, kind: str, on: PartialDate, body: dict[str, Any], **fields: Any) -> Entry:
    """An entry about the country of these tests, recorded on the day it happened."""
    return Entry(
        **{
            "no": no,
            "kind": kind,
            "when": on,
            "recorded_at": datetime(on.last.year, on.last.month, on.last.day, tzinfo=UTC),
            "body": KINDS[kind].model_validate(body),
            "country": "CIV",
            **fields,
        }
    )


GRANT = entry(
    1,
    "decision_made",
    PartialDate.of("2019-06-01"),
    {"subject": "grant_status", "consensus": True, "quorum": True},
)


@st.composite
def entries(draw: st.DrawFn, most: int = 8, precise: bool = False) -> list[Entry]:
    """An active country's entries, one of each number: some dates known to the month or year only,
    some recorded long after the day."""
    found = [GRANT]
    for no in range(2, draw(st.integers(2, most + 1)) + 1):
        kind = draw(st.sampled_from(sorted(BODIES)))
        day = draw(DAYS)
        precision = "day" if precise else draw(st.sampled_from(["day", "day", "month", "year"]))
        cycle = draw(st.sampled_from(CYCLES)) if KINDS[kind].in_cycle else None
        body = draw(BODIES[kind])
        on = PartialDate.of(day, precision)
        recorded = datetime(on.last.year, on.last.month, on.last.day, tzinfo=UTC)
        recorded += timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 40, 400])))
        found.append(entry(no, kind, on, body, cycle=cycle, recorded_at=recorded))
    return found


def answers(
    held: list[Entry], asof: date, coverage: Coverage | None = None, **archive: Any
) -> dict[tuple[Any, ...], Finding]:
    """All findings about the country, by what was asked."""
    covered = Coverage.complete() if coverage is None else coverage
    file = Archive(held, coverage=covered, **archive).file("CIV", asof)
    return {(found.rule, *found.about.values()): found for found in findings_for(file, FW)}


@given(entries(), ASKED_ON, st.randoms())
def test_the_order_in_which_entries_come_changes_nothing(
    held: list[Entry], asof: date, random: Any
) -> None:
    """A register may be read in any order: numbers and dates say what came first."""
    shuffled = list(held)
    random.shuffle(shuffled)
    assert answers(shuffled, asof) == answers(held, asof)


@given(entries(), ASKED_ON)
def test_the_same_question_has_the_same_answer(held: list[Entry], asof: date) -> None:
    """Rules are pure: asked again of the same file, and asked one by one, they say the same."""
    file = Archive(held, coverage=Coverage.complete()).file("CIV", asof)
    first = findings_for(file, FW)
    assert findings_for(file, FW) == first
    for found in first:
        assert ask(found.rule, file, FW, **found.about) == found


@pytest.mark.parametrize("corrections", [1, 2])
def test_of_two_decisions_of_one_day_a_corrected_one_keeps_its_place(corrections: int) -> None:
    """What was put right later in the first of them does not make it the last word."""
    quorum = {"consensus": True, "quorum": True}
    body = {"subject": "declare_inactive", **quorum}
    then = entry(2, "decision_made", GRANT.when, body)
    late = datetime(2030, 1, 1, tzinfo=UTC)
    numbers = (1, 98, 99)[: corrections + 1]
    made = [
        replace(GRANT, no=no, corrects=before, recorded_at=late) for before, no in pairwise(numbers)
    ]
    found = answers([GRANT, then, *made], GRANT.when.last)
    assert found["standing.status",].value == "inactive"


@given(entries(most=6), ASKED_ON, st.data())
def test_a_correction_is_as_if_it_had_been_entered_so(
    held: list[Entry], asof: date, data: st.DataObject
) -> None:
    """Correcting an entry's date gives the findings of a file that had the right date at once."""
    wrong = data.draw(st.sampled_from(held))
    right = replace(wrong, when=PartialDate.of(data.draw(DAYS)))
    late = datetime(2030, 1, 1, tzinfo=UTC)
    correction = replace(right, no=99, corrects=wrong.no, recorded_at=late)
    corrected = answers([*held, correction], asof)
    at_once = answers([right if each.no == wrong.no else each for each in held], asof)
    assert _told(corrected) == _told(at_once)


@given(entries(most=6), ASKED_ON, st.data())
def test_a_withdrawal_is_as_if_nothing_had_been_entered(
    held: list[Entry], asof: date, data: st.DataObject
) -> None:
    """What was withdrawn has no effect, not even on reasons."""
    gone = data.draw(st.sampled_from(held))
    late = datetime(2030, 1, 1, tzinfo=UTC)
    withdrawal = replace(gone, no=99, corrects=gone.no, withdrawn=True, recorded_at=late)
    without = [each for each in held if each.no != gone.no]
    assert answers([*held, withdrawal], asof) == answers(without, asof)


def _told(found: dict[tuple[Any, ...], Finding]) -> dict[tuple[Any, ...], Any]:
    """What findings say, without the numbers of entries."""
    return {
        asked: (f.answer, f.value, f.since, f.next_on, sorted(r.name for r in f.because))
        for asked, f in found.items()
    }


@given(entries(), ASKED_ON, ASKED_ON)
def test_what_was_recorded_later_was_not_known(held: list[Entry], asof: date, known: date) -> None:
    """Known by an instant means exactly what had been recorded by then."""
    known_at = datetime(known.year, known.month, known.day, 23, 59, 59, tzinfo=UTC)
    before = [each for each in held if each.recorded_at <= known_at]
    assert answers(held, asof, known_at=known_at) == answers(before, asof)


@given(entries(precise=True), ASKED_ON)
def test_what_happens_later_has_no_effect_on_a_day(held: list[Entry], asof: date) -> None:
    """Findings as of a day are those of a file that ends on that day."""
    happened = [each for each in held if each.when.last <= asof]
    assert answers(held, asof) == answers(happened, asof)


UNRELATED = {
    "profile_published": {},
    "treaty_ratified": {"treaty": "C182"},
    "commitment_shown": {"about": "ratification"},
    "claim_recorded": {"topic": "joined"},
    "gcm_informed": {},
}


@given(entries(), ASKED_ON, st.sampled_from(sorted(UNRELATED)), DAYS)
def test_an_entry_that_no_rule_reads_changes_nothing(
    held: list[Entry], asof: date, kind: str, day: date
) -> None:
    """A treaty ratified, or a profile published, makes no sign and ends none."""
    more = entry(50, kind, PartialDate.of(day), UNRELATED[kind])
    assert answers([*held, more], asof) == answers(held, asof)


@given(entries(), entries(), ASKED_ON)
def test_what_is_on_file_about_another_country_changes_nothing(
    held: list[Entry], others: list[Entry], asof: date
) -> None:
    """Each country is judged by its own file."""
    elsewhere = [replace(each, no=each.no + 100, country="GHA") for each in others]
    assert answers([*held, *elsewhere], asof) == answers(held, asof)


@given(entries(), ASKED_ON)
def test_a_third_partys_statement_changes_no_answer(held: list[Entry], asof: date) -> None:
    """What others say was not submitted, or of the status, is shown and changes nothing."""
    stated = [
        entry(
            60 + n, "absence_stated", PartialDate.of(asof), {"what": what, "by": "X"}, cycle=cycle
        )
        for n, (what, cycle) in enumerate(
            (what, cycle) for what in ("report", "indicator_framework") for cycle in CYCLES
        )
    ]
    stated.append(
        entry(80, "status_stated", PartialDate.of(asof), {"status": "inactive", "by": "X"})
    )
    for coverage in (Coverage.complete(), Coverage()):
        plainly, told = answers(held, asof, coverage), answers([*held, *stated], asof, coverage)
        assert {asked: (f.answer, f.value, f.since) for asked, f in told.items()} == {
            asked: (f.answer, f.value, f.since) for asked, f in plainly.items()
        }


@given(entries(most=12), ASKED_ON)
def test_without_coverage_silence_is_never_a_sign(held: list[Entry], asof: date) -> None:
    """Outside coverage only what people concluded, never what is missing, makes a sign."""
    found = answers(held, asof, Coverage())
    for rule in SIGNS:
        if found[rule,].answer is not Answer.YES:
            continue
        assert rule in JUDGED
        assert {reason.key for reason in found[rule,].because} <= {
            "subgroup_concluded",
            "date_taken_as_last_day",
        }


@st.composite
def coverages(draw: st.DrawFn) -> Coverage:
    """A register that is complete for some kinds and cycles, up to a day."""
    kinds = draw(st.none() | st.frozensets(st.sampled_from(sorted(BODIES))))
    cycles = draw(st.none() | st.frozensets(st.sampled_from(CYCLES)))
    return Coverage((Declaration(kinds=kinds, cycles=cycles, until=draw(st.none() | DAYS)),))


SETTLES = {Answer.YES, Answer.NO, Answer.NOT_APPLICABLE}


@given(entries(most=10), ASKED_ON, coverages())
def test_more_coverage_only_settles_open_questions(
    held: list[Entry], asof: date, coverage: Coverage
) -> None:
    """What a partly complete register settles, a complete one settles in the same way."""
    partly, wholly = answers(held, asof, coverage), answers(held, asof)
    for rule in SIGNS:
        if partly[rule,].answer in SETTLES:
            assert wholly[rule,].answer == partly[rule,].answer, rule
        elif partly[rule,].answer is Answer.TOO_EARLY:
            assert wholly[rule,].answer is Answer.TOO_EARLY


@given(entries(most=10, precise=True), ASKED_ON)
def test_a_sign_appears_on_the_day_it_says(held: list[Entry], asof: date) -> None:
    """On the day since which a sign is there it is there, and the day before it was not."""
    archive = Archive(held, coverage=Coverage.complete())
    for rule in SIGNS:
        found = ask(rule, archive.file("CIV", asof), FW)
        if found.answer is not Answer.YES:
            assert found.since is None
            continue
        assert found.since is not None and found.since <= asof
        on_that_day = ask(rule, archive.file("CIV", found.since), FW)
        assert (on_that_day.answer, on_that_day.since) == (Answer.YES, found.since)
        before = ask(rule, archive.file("CIV", found.since - timedelta(days=1)), FW)
        assert before.answer is not Answer.YES


@given(entries(most=10, precise=True), ASKED_ON)
def test_an_early_warning_comes_true_where_nothing_more_arrives(
    held: list[Entry], asof: date
) -> None:
    """If nothing happens after the day asked, a sign is there on the day the warning names."""
    happened = [each for each in held if each.when.last <= asof]
    archive = Archive(happened, coverage=Coverage.complete())
    warning = ask("signals.early_warning", archive.file("CIV", asof), FW)
    assume(warning.answer is Answer.YES)
    assert warning.next_on is not None and warning.next_on > asof
    named = {str(reason.args["sign"]) for reason in warning.because if reason.args.get("on")}
    first = [r for r in warning.because if r.args.get("on") == warning.next_on]
    assert first and named
    comes = [str(reason.args["sign"]) for reason in first]
    if set(comes) <= {"signals.no_finalised_report"}:
        return  # it also takes comments of the working group, which only people send
    later = archive.file("CIV", warning.next_on)
    silent = [rule for rule in comes if rule != "signals.no_finalised_report"]
    for rule in silent:
        found = ask(rule, later, FW)
        pending = {reason.key for reason in found.because}
        waits = any(key.endswith("_not_concluded") for key in pending)
        assert found.answer is Answer.YES or (rule in JUDGED and waits), (rule, found)


@settings(max_examples=60)  # asks each rule again for several days of a vague date
@given(entries(), ASKED_ON, st.data())
def test_a_vague_date_never_accuses(held: list[Entry], asof: date, data: st.DataObject) -> None:
    """Where a date is known to the month or year, no day of it may give another settled answer."""
    vague = [each for each in held if not each.when.exact]
    assume(vague)
    each = data.draw(st.sampled_from(vague))
    edges = [day + timedelta(days=n) for day in (*DUE, asof) for n in (0, 1)]
    edges += [other.when.last + timedelta(days=n) for other in held for n in (-1, 0, 1)]
    days = {each.when.first, each.when.last, data.draw(st.sampled_from(edges))}
    found = answers(held, asof)
    for day in (day for day in days if each.when.first <= day <= each.when.last):
        exactly = replace(each, when=PartialDate(day, day))
        other = answers([exactly if e.no == each.no else e for e in held], asof)
        for asked, finding in found.items():
            rule = RULES[finding.rule]
            if not rule.asks_about_days or finding.answer in (None, Answer.ASK):
                continue
            if asked in other and each.kind in rule.reads:
                assert other[asked].answer in (finding.answer, Answer.ASK), (asked, day)


@given(entries(), ASKED_ON)
def test_only_a_decision_makes_a_country_inactive(held: list[Entry], asof: date) -> None:
    """Without a decision of the GCM on file no status but the granted one is ever found."""
    undecided = [each for each in held if each.kind != "decision_made" or each.no == 1]
    found = answers(undecided, asof)
    expected = "active" if asof >= GRANT.when.last else "none"
    assert found["standing.status",].value == expected


def numbers(found: Finding) -> set[int]:
    return {number for reason in found.because for number in reason.entries}


@given(entries(), ASKED_ON)
def test_reasons_rest_on_entries_of_the_file(held: list[Entry], asof: date) -> None:
    """Every number that a reason names is an entry that was on file on the day."""
    on_file = {each.no for each in held if each.when.first <= asof}
    for found in answers(held, asof).values():
        assert on_file >= numbers(found)
