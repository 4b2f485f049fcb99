"""Which entries the steps of candidacy rest on, the checklist, and what is asked of a file."""

from __future__ import annotations

from typing import Any

import pytest
from stated import file_of

from a87lib import framework
from a87lib.countryfile import Archive, CountryFile, Coverage
from a87lib.rules import RULES, Finding, ask, cycles_of, findings_for, indicators_on_file
from a87lib.rules.readiness import checklist, steps

FW = framework.load()
STEPS = """
    - {kind: interest_expressed, happened_on: 2020-02-03, addressed_to: ilo_director_general}
    - {kind: stakeholders_identified, happened_on: 2020-05-03, groups: [government, workers],
       mechanisms: A committee}
    - {kind: situation_mapped, happened_on: 2020-06-03, studies: yes, legal: yes, policy: yes,
       gaps: yes, with_stakeholders: yes}
    - {kind: workshop_held, happened_on: 2020-09-10, groups: [government], stocktaking: true}
    - kind: roadmap_submitted
      happened_on: 2020-11-10
      priorities:
        - {no: 1, title: Law, themes: [child_labour, forced_labour],
           actions: [{no: 1, title: Draft, due: 2020-12-31}]}
"""
GRANT = """
    - {kind: decision_made, happened_on: 2021-06-01, subject: grant_status, consensus: true}
"""


def candidate(text: str, asof: str = "2021-01-01", *, covered: bool = True) -> CountryFile:
    """The file of a country that is not active yet."""
    return file_of(text, asof, covered=covered, granted=False)


def found(rule: str, text: str, asof: str = "2021-01-01", *, covered: bool = True) -> Finding:
    """The finding of a rule about a candidate."""
    return ask(rule, candidate(text, asof, covered=covered), FW)


def resting(finding: Finding) -> list[tuple[str, tuple[int, ...]]]:
    """Each reason and the entries it rests on."""
    return [(reason.key, reason.entries) for reason in finding.because]


def test_stakeholders_named_in_several_entries_count_together() -> None:
    """Done since the first entry; who is not named, and whether mechanisms are, is said beside."""
    text = """
    - {kind: stakeholders_identified, happened_on: 2020-05-03, groups: [government, workers]}
    - {kind: stakeholders_identified, happened_on: 2020-06-03, groups: [employers, un, ilo]}
    - {kind: stakeholders_identified, happened_on: 2020-07-03, groups: [survivors, civil_society,
       private_sector, academia]}
    """
    finding = found("candidacy.stakeholders_identified", text)
    assert resting(finding) == [
        ("stakeholders_done", (1,)),
        ("stakeholders_not_named", ()),
        ("mechanisms_not_named", (3,)),
    ]
    assert [str(code) for code in finding.because[1].args["groups"]] == ["development_partners"]
    assert finding.value == "2020-05-03"
    whole = f"""{text.rstrip()}
    - {{kind: stakeholders_identified, happened_on: 2020-08-03, groups: [development_partners],
       mechanisms: A committee}}
    """
    assert resting(found("candidacy.stakeholders_identified", whole)) == [
        ("stakeholders_done", (1,))
    ]


def test_an_identification_without_any_group_is_incomplete() -> None:
    """The last entry is the one that lacks them."""
    text = """
    - {kind: stakeholders_identified, happened_on: 2020-05-03, groups: []}
    - {kind: stakeholders_identified, happened_on: 2020-06-03, groups: [], mechanisms: A committee}
    - {kind: stakeholders_identified, happened_on: 2020-07-03, groups: []}
    """
    finding = found("candidacy.stakeholders_identified", text)
    assert (str(finding.answer), resting(finding)) == ("no", [("stakeholders_incomplete", (3,))])


def test_a_mapping_may_be_made_in_parts() -> None:
    """What one entry lacks another may have; what none has is named at the last."""
    text = """
    - {kind: situation_mapped, happened_on: 2020-06-03, studies: yes, legal: yes, policy: no,
       gaps: no, with_stakeholders: yes}
    - {kind: situation_mapped, happened_on: 2020-07-03, studies: no, legal: no, policy: yes,
       gaps: no, with_stakeholders: no}
    """
    finding = found("candidacy.situation_mapped", text)
    assert resting(finding) == [("mapping_incomplete", (2,)), ("mapping_without_gaps", (2,))]
    whole = f"""{text.rstrip()}
    - {{kind: situation_mapped, happened_on: 2020-08-03, studies: no, legal: no, policy: no,
       gaps: yes, with_stakeholders: no}}
    """
    assert resting(found("candidacy.situation_mapped", whole)) == [("mapping_done", (3,))]


WORKSHOPS = """
    - {kind: stakeholders_identified, happened_on: 2020-05-03, groups: [government, workers]}
    - {kind: workshop_held, happened_on: 2020-09-10, until: 2020-09-12, stocktaking: false,
       groups: [government]}
    - {kind: workshop_held, happened_on: 2020-10-10, stocktaking: false, groups: [workers]}
"""


@pytest.mark.parametrize(
    ("asof", "answer"), [("2020-09-11", "no"), ("2020-09-12", "yes"), ("2020-09-13", "yes")]
)
def test_a_workshop_is_held_once_it_is_over(asof: str, answer: str) -> None:
    """A workshop of three days is held on its last."""
    text = WORKSHOPS.replace("stocktaking: false", "stocktaking: true")
    assert str(found("candidacy.workshop_held", text, asof).answer) == answer


def test_a_workshop_until_a_month_is_held_when_the_month_is_over() -> None:
    """`until: 2020-09` is its last day."""
    text = WORKSHOPS.replace("2020-09-12, stocktaking: false", "2020-09, stocktaking: true")
    assert str(found("candidacy.workshop_held", text, "2020-09-29").answer) == "no"
    assert str(found("candidacy.workshop_held", text, "2020-09-30").answer) == "yes"


def test_workshops_rest_on_the_entries_that_say_so() -> None:
    """Done since the first; without a stock-taking in any, the last is incomplete."""
    without = found("candidacy.workshop_held", WORKSHOPS)
    assert resting(without) == [
        ("workshop_incomplete", (3,)),
        ("workshop_without_stocktaking", (2, 3)),
    ]
    taken = WORKSHOPS.replace("2020-10-10, stocktaking: false", "2020-10-10")
    noted = found("candidacy.workshop_held", taken)
    assert resting(noted) == [("workshop_done", (2,)), ("stocktaking_not_recorded", (2, 3))]
    done = WORKSHOPS.replace("2020-10-10, stocktaking: false", "2020-10-10, stocktaking: true")
    assert resting(found("candidacy.workshop_held", done)) == [("workshop_done", (2,))]
    away = done.replace("groups: [workers]}", "groups: [employers]}")
    assert resting(found("candidacy.workshop_held", away))[1] == ("workshop_without_groups", (1,))
    nobody = done.replace("groups: [workers]}", "groups: []}").replace("groups: [government]}", "}")
    assert resting(found("candidacy.workshop_held", nobody.replace(",\n       }", "}"))) == [
        ("workshop_done", (2,))
    ]


def test_what_a_letter_says_is_not_known_where_nothing_of_it_is_on_file() -> None:
    """In a register that claims nothing a bare letter is no letter without contents."""
    bare = "- {kind: interest_expressed, happened_on: 2020-02-03, addressed_to: alliance_chair}"
    told = bare.replace("}", ", focal_point: no}")
    for rule in ("candidacy.letter_complete", "candidacy.focal_points_named"):
        assert str(found(rule, bare, covered=False).answer) == "ask"
        assert str(found(rule, bare).answer) == "no"
        assert str(found(rule, told, covered=False).answer) == "no"


def test_invented_countries_are_eligible_and_unknown_ones_asked_about() -> None:
    """The exercise's countries count as member States; a code that is none is not judged."""
    archive = Archive([], coverage=Coverage.complete())
    day = candidate("").asof
    keys = {}
    for code in ("QMA", "ABW", "BTN", "CIV"):
        finding = ask("candidacy.eligible", archive.file(code, day), FW)
        keys[code] = (str(finding.answer), finding.because[0].key)
    assert keys == {
        "QMA": ("yes", "eligible_invented"),
        "ABW": ("ask", "eligible_not_known"),
        "BTN": ("no", "eligible_no_member"),
        "CIV": ("yes", "eligible_member"),
    }


FUNDED = """
    - kind: roadmap_submitted
      happened_on: 2020-11-10
      human_resources: Two posts
      priorities:
        - {no: 1, title: Law, actions: [{no: 1, title: Draft, budget: 600, secured: SECURED},
           {no: 2, title: Vote, budget: 400, secured: 400}]}
"""


@pytest.mark.parametrize(("secured", "answer"), [(599, "no"), (600, "yes"), (700, "yes")])
def test_a_fully_funded_roadmap_needs_no_further_steps(secured: int, answer: str) -> None:
    """Steps towards full funding are asked for only where funds are lacking."""
    text = FUNDED.replace("SECURED", str(secured))
    assert str(found("candidacy.roadmap_budget", text).answer) == answer


def test_comments_dealt_with_on_the_day_they_were_made_are_dealt_with() -> None:
    """Answers count from that day; the first one is named."""
    text = """
    - {kind: roadmap_comments_made, happened_on: 2020-11-20}
    - {kind: roadmap_comments_addressed, happened_on: 2020-11-20}
    - {kind: roadmap_comments_addressed, happened_on: 2020-12-20}
    """
    assert resting(found("candidacy.comments_addressed", text)) == [
        ("comments_done", (2,)),
        ("roadmap_comments_made", (1,)),
    ]
    before = "- {kind: roadmap_comments_addressed, happened_on: 2020-11-19}\n" + "\n".join(
        line.strip() for line in text.strip().split("\n")[:1]
    )
    assert str(found("candidacy.comments_addressed", before).answer) == "no"


def test_a_presentation_that_lacks_nothing_counts_among_others() -> None:
    """Of several presentations one whole is enough; else the last one's faults are said."""
    text = """
    - {kind: meeting_held, happened_on: 2020-10-05, meeting: 1, regular: false}
    - {kind: roadmap_presented, happened_on: 2020-10-04, priorities: no, consultation_process: yes}
    - {kind: roadmap_presented, happened_on: 2020-10-05, priorities: yes, consultation_process: no}
    """
    finding = found("candidacy.roadmap_presented", text)
    assert resting(finding) == [
        ("presentation_incomplete", (3,)),
        ("presented_without_consultation_process", (3,)),
    ]
    whole = f"{text.rstrip()}\n    - {{kind: roadmap_presented, happened_on: 2020-10-06}}\n"
    assert resting(found("candidacy.roadmap_presented", whole)) == [("presentation_done", (4,))]


def test_steps_that_are_not_on_file_are_not_asked_for_once_the_status_is_granted() -> None:
    """A country that was active before the register began lacks no letter."""
    finding = found("candidacy.calendar_set", GRANT, "2021-07-01")
    assert (str(finding.answer), finding.because[0].key) == (
        "not_applicable",
        "status_already_granted",
    )


def moves(file: CountryFile) -> dict[str, str]:
    """Who moves next, by step."""
    return {row.finding.rule.split(".")[1]: row.moves for row in checklist(file, FW)}


def test_the_checklist_says_who_moves_next() -> None:
    """The candidate while steps are open, the secretariat where it must ask, then the GCM."""
    ready = moves(candidate(STEPS))
    assert list(ready)[-1] == "ready"
    assert ready["ready"] == "gcm"
    assert (ready["interest_expressed"], ready["plan_suffices"]) == ("", "")
    assert (ready["calendar_set"], ready["focal_points_named"]) == ("candidate", "candidate")
    begun = moves(candidate("\n".join(STEPS.split("\n")[:2])))
    assert (begun["workshop_held"], begun["ready"]) == ("candidate", "candidate")
    unknown = moves(candidate("", covered=False))
    assert (unknown["workshop_held"], unknown["ready"], unknown["eligible"]) == (
        "secretariat",
        "secretariat",
        "",
    )
    granted = moves(candidate(STEPS + GRANT, "2021-07-01"))
    assert granted["ready"] == ""
    strengths = {row.finding.rule: row.strength for row in checklist(candidate(STEPS), FW)}
    assert sum(strength == "should" for strength in strengths.values()) == 10
    assert [step.id for step in steps()] == list(strengths)[:-1]


def test_readiness_lists_what_is_open_and_why_the_status_is_not_known() -> None:
    """First that all musts are met, or the open ones; then the open shoulds, each by its name."""
    ready = found("candidacy.ready", STEPS)
    keys = [reason.key for reason in ready.because]
    assert keys[0] == "all_musts_met" and set(keys[1:]) == {"should_open"}
    open_steps = {str(reason.args["step"]) for reason in ready.because[1:]}
    assert "candidacy.calendar_set" in open_steps
    assert "candidacy.timetable" not in open_steps
    assert "candidacy.comments_addressed" not in open_steps
    lacking = found("candidacy.ready", "")
    assert lacking.because[0].key == "must_open"
    assert "status_not_on_file" not in [reason.key for reason in lacking.because]
    musts = {str(r.args["step"]) for r in lacking.because if r.key == "must_open"}
    assert "candidacy.eligible" not in musts
    assert {RULES[step].strength for step in musts} == {"must"}
    asked = found("candidacy.ready", "", covered=False)
    assert (str(asked.answer), asked.because[0].key) == ("ask", "status_not_on_file")
    shoulds = {str(r.args["step"]) for r in asked.because if r.key == "should_open"}
    assert "candidacy.comments_addressed" in shoulds
    assert {RULES[step].strength for step in shoulds} == {"should"}


def test_the_cycles_shown_begin_with_the_first_one_owed() -> None:
    """Up to the cycle now running; for a country that was never granted the last two."""
    assert cycles_of(file_of("", "2022-04-30"), FW) == (2020, 2021, 2022)
    assert cycles_of(file_of("", "2022-05-01"), FW) == (2020, 2021, 2022, 2023)
    assert cycles_of(file_of("", "2019-07-01"), FW) == (2020,)
    assert cycles_of(candidate("", "2022-05-01"), FW) == (2022, 2023)


def test_all_findings_ask_each_rule_about_what_it_names() -> None:
    """Each cycle, both criteria that are always reviewed, each indicator with a figure; no GCM."""
    figures = """
    - kind: statistics_received
      happened_on: 2021-06-10
      publisher: An office
      series: A series
      observations:
        - {indicator: O4, period_start: 2020, period_end: 2020, value_number: 1}
        - {indicator: O1, period_start: 2020, period_end: 2020, value_number: 1}
    """
    file = file_of(figures, "2021-07-01")
    asked: dict[str, list[dict[str, Any]]] = {}
    for finding in findings_for(file, FW):
        asked.setdefault(finding.rule, []).append(finding.about)
    assert set(asked) == {rule.id for rule in RULES.values() if rule.of == "country"}
    assert asked["cycle.report_due"] == [{"cycle": cycle} for cycle in (2020, 2021, 2022)]
    assert asked["cycle.reviewed"][:2] == [
        {"cycle": 2020, "criterion": "evidence"},
        {"cycle": 2020, "criterion": "participation"},
    ]
    assert asked["progress.on_track"] == [{"indicator": "O1"}, {"indicator": "O4"}]
    assert asked["standing.status"] == [{}]
    assert indicators_on_file(file) == ["O1", "O4"]


def test_rules_ask_a_question_each() -> None:
    """The first line of a rule's docstring is its question."""
    for rule in RULES.values():
        assert rule.question.endswith("?") and "\n" not in rule.question, rule.id
        assert rule.question in (rule.judge.__doc__ or "")
