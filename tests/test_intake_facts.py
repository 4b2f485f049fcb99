"""Facts written in YAML: read as they were written, or refused with every problem and its line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from a87lib.facts import Fact
from a87lib.intake import facts_from_yaml, known_country, plain, suggestions
from a87lib.intake.yaml_text import excerpt, line_of, parse_yaml
from a87lib.problems import Problem, Problems


def file_of(folder: Path, text: str, name: str = "facts.yaml") -> Path:
    """A file with this text, its common indentation taken away."""
    path = folder / name
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def read(folder: Path, text: str) -> list[Fact]:
    """The facts of a file with this text."""
    return facts_from_yaml(file_of(folder, text))


def refused(folder: Path, text: str) -> list[Problem]:
    """The problems of a file with this text."""
    with pytest.raises(Problems) as caught:
        read(folder, text)
    assert caught.value.exit_status == 1
    return list(caught.value.problems)


def places(problems: list[Problem]) -> list[tuple[str, str]]:
    """Code and place of each problem, in order."""
    return [(problem.code, problem.where) for problem in problems]


def test_a_fact_is_read_with_its_envelope_and_body(tmp_path: Path) -> None:
    """Envelope fields go to the fact, the others to the body of its kind."""
    (fact,) = read(
        tmp_path,
        """
        - id: r1
          kind: report_received
          country: CIV
          cycle: 2022
          happened_on: 2022-04-20
          recorded_at: 2022-04-21T10:00:00+02:00
          recorded_by: secretariat
          visibility: members
          source: letter of 20 April
          document: report.pdf
          note: by e-mail
        """,
    )
    assert (fact.kind, fact.country, fact.cycle, fact.label) == (
        "report_received",
        "CIV",
        2022,
        "r1",
    )
    assert fact.when.first == fact.when.last == date(2022, 4, 20)
    assert fact.recorded_at == datetime(2022, 4, 21, 8, tzinfo=UTC)
    assert (fact.recorded_by, fact.visibility, fact.source) == (
        "secretariat",
        "members",
        "letter of 20 April",
    )
    assert (fact.body.document, fact.body.note) == ("report.pdf", "by e-mail")
    assert (fact.where, fact.withdrawn, fact.corrects) == ("facts.yaml:1", False, None)


def test_a_file_may_name_the_country_or_the_meeting_once(tmp_path: Path) -> None:
    """A default holds for every fact that can have it, and a fact may name its own."""
    facts = read(
        tmp_path,
        """
        country: CIV
        meeting: 7
        facts:
          - {kind: calendar_set, happened_on: 2019-01-01}
          - {kind: calendar_set, happened_on: 2019-01-01, country: GHA}
          - {kind: meeting_held, happened_on: 2019-01-02}
          - {kind: decision_made, happened_on: 2019-01-02, subject: grant_status}
        """,
    )
    assert [(fact.country, fact.meeting) for fact in facts] == [
        ("CIV", None),
        ("GHA", None),
        (None, 7),
        ("CIV", 7),
    ]


def test_an_empty_file_has_no_facts(tmp_path: Path) -> None:
    """Nothing written is nothing stated."""
    assert read(tmp_path, "") == []


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2022-04-20", "day", date(2022, 4, 20), date(2022, 4, 20)),
        ("2022-04", "month", date(2022, 4, 1), date(2022, 4, 30)),
        ("'2022-04'", "month", date(2022, 4, 1), date(2022, 4, 30)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022", "year", date(2022, 1, 1), date(2022, 12, 31)),
        ("'2022'", "year", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-04-20, precision: month", "month", date(2022, 4, 1), date(2022, 4, 30)),
        ("2022-04-20, precision: year", "year", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-04, precision: year", "year", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_dates_are_as_precise_as_they_are_written(
    tmp_path: Path, written: str, precision: str, first: date, last: date
) -> None:
    """A month or a year is all its days; `precision` may make a date vaguer, never sharper."""
    (fact,) = read(tmp_path, f"- {{kind: calendar_set, country: CIV, happened_on: {written}}}")
    assert (fact.when.precision, fact.when.first, fact.when.last) == (precision, first, last)


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-30",
        "2022-13",
        "2022-00",
        "0022",
        "22",
        "soon",
        "2022-4-1",
        "2022-04-20T10:00:00",
        "[2022]",
        "2022, precision: day",
        "2022-04, precision: day",
        "2022-04-20, precision: hour",
    ],
)
def test_what_is_no_date_is_refused(tmp_path: Path, written: str) -> None:
    """A date that the calendar does not have, an instant, or a precision that is not there."""
    problems = refused(
        tmp_path, f"\n- {{kind: calendar_set, country: CIV, happened_on: {written}}}"
    )
    assert places(problems) == [("impossible_date", "facts.yaml:1 happened_on")]


def test_yes_and_no_and_norway_are_words(tmp_path: Path) -> None:
    """YAML 1.2: only true and false are booleans; NO is a word, and no ISO-3 code."""
    facts = read(
        tmp_path,
        """
        - {kind: situation_mapped, country: NOR, happened_on: 2020, studies: yes, legal: no,
           policy: true, gaps: false, with_stakeholders: yes}
        - {kind: evidence_received, country: NOR, happened_on: 2020, cycle: 2020, title: no}
        """,
    )
    body = facts[0].body
    assert (body.studies, body.legal, body.policy, body.gaps) == (True, False, True, False)
    assert facts[1].body.title == "no"
    problems = refused(tmp_path, "- {kind: calendar_set, country: NO, happened_on: 2020}")
    assert places(problems) == [("unknown_country", "facts.yaml:1 country")]
    assert problems[0].args["near"] == "NOR"


def test_numbers_of_items_stay_as_they_are_written(tmp_path: Path) -> None:
    """Action 1.10 is not action 1.1, nor is version 2.0 version 2."""
    (fact,) = read(
        tmp_path,
        """
        - kind: roadmap_submitted
          country: CIV
          happened_on: 2020-11-10
          version: 2.0
          priorities:
            - {no: 1, title: 3, actions: [{no: 1.10, title: Train, due: 2020-12, budget: 1.50}]}
        """,
    )
    priority = fact.body.priorities[0]
    assert (fact.body.version, priority.no, priority.title) == ("2.0", "1", "3")
    assert (priority.actions[0].no, priority.actions[0].due) == ("1.10", "2020-12")
    assert priority.actions[0].budget == 1.5


def test_a_correction_takes_over_what_it_does_not_say(tmp_path: Path) -> None:
    """Kind, country, cycle and meeting come from the fact corrected."""
    facts = read(
        tmp_path,
        """
        country: CIV
        facts:
          - {id: 1, kind: report_received, happened_on: 2022-04-20, cycle: 2022}
          - {corrects: 1, happened_on: 2022-04-22, id: 2}
          - {corrects: 2, cycle: 2023, happened_on: 2022-04-23, id: x}
          - {corrects: x, withdrawn: true}
          - {kind: report_received, happened_on: 2022-04-20, cycle: 2021, corrects: 417}
        """,
    )
    assert [(fact.kind, fact.country, fact.cycle) for fact in facts] == [
        ("report_received", "CIV", 2022),
        ("report_received", "CIV", 2022),
        ("report_received", "CIV", 2023),
        ("report_received", "CIV", 2023),
        ("report_received", "CIV", 2021),
    ]
    assert [fact.corrects for fact in facts] == [None, "1", "2", "x", 417]
    assert [fact.withdrawn for fact in facts] == [False, False, False, True, False]


def test_labels_must_be_there_before_they_are_used_and_only_once(tmp_path: Path) -> None:
    """A correction of a later or unknown label, and a label given twice, are refused."""
    problems = refused(
        tmp_path,
        """
        country: CIV
        facts:
          - {kind: calendar_set, happened_on: 2022, corrects: a}
          - {id: a, kind: calendar_set, happened_on: 2022}
          - {id: a, kind: calendar_set, happened_on: 2022}
          - {kind: calendar_set, happened_on: 2022, corrects: [a]}
        """,
    )
    assert places(problems) == [
        ("unknown_label", "facts.yaml:3 corrects"),
        ("duplicate_label", "facts.yaml:5 id"),
        ("unknown_label", "facts.yaml:6 corrects"),
    ]


def test_a_label_of_a_fact_with_a_problem_is_known_all_the_same(tmp_path: Path) -> None:
    """One mistake is told once, not again at the correction that names its fact."""
    problems = refused(
        tmp_path,
        """
        country: CIV
        facts:
          - {id: a, kind: calendar_set, happened_on: 2022-02-30}
          - {corrects: a, withdrawn: true}
        """,
    )
    assert places(problems) == [("impossible_date", "facts.yaml:3 happened_on")]


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    """Envelope, body and nested parts, each with its own line."""
    problems = refused(
        tmp_path,
        """
        country: CIV
        colour: red
        facts:
          - {kind: report_recieved, happened_on: 2022-04-20, cycle: 2022}
          - {kind: report_received, happened_on: 2022-04-20}
          - {kind: report_received, happened_on: 2022-04-20, cycle: "2022"}
          - {kind: report_received, cycle: 2022}
          - {kind: meeting_held, happened_on: 2022-04-20}
          - {kind: decision_made, happened_on: 2022-04-20, subject: grant, consensus: perhaps}
          - {kind: calendar_set, happened_on: 2022-04-20, visibility: nobody, withdrawn: 1}
          - {kind: calendar_set, happened_on: 2022-04-20, recorded_at: soon}
          - kind: roadmap_submitted
            happened_on: 2020-11-10
            priorities:
              - no: 1
                title: Law
                themes: [child_labour, slavery]
                actions:
                  - {no: 1, title: Draft, due: 2020-13}
                  - {no: 2, tilte: Vote}
          - just words
          - {happened_on: 2022}
        """,
    )
    assert set(places(problems)) == {
        ("unknown_field", "facts.yaml:2 colour"),
        ("unknown_kind", "facts.yaml:4 kind"),
        ("missing_field", "facts.yaml:5"),
        ("not_a_number", "facts.yaml:6 cycle"),
        ("missing_field", "facts.yaml:7"),
        ("missing_field", "facts.yaml:8"),
        ("unknown_code", "facts.yaml:9 subject"),
        ("wrong_type", "facts.yaml:9 consensus"),
        ("unknown_code", "facts.yaml:10 visibility"),
        ("wrong_type", "facts.yaml:10 withdrawn"),
        ("impossible_date", "facts.yaml:11 recorded_at"),
        ("unknown_code", "facts.yaml:17 priorities.0.themes.1"),
        ("unknown_code", "facts.yaml:19 priorities.0.actions.0.due"),
        ("missing_field", "facts.yaml:20 priorities.0.actions.1.title"),
        ("unknown_field", "facts.yaml:20 priorities.0.actions.1.tilte"),
        ("not_a_fact", "facts.yaml:21"),
        ("missing_field", "facts.yaml:22"),
    }
    by_code = {problem.code: problem for problem in problems}
    assert "report_received" in str(by_code["unknown_kind"].args["near"])
    wrong = [problem for problem in problems if problem.where.endswith("consensus")]
    assert (wrong[0].found, wrong[0].args["expected"]) == ("perhaps", "true, false")


def test_an_unknown_country_of_the_whole_file_is_told_once(tmp_path: Path) -> None:
    """The problem stands where the country is named, not at every fact."""
    problems = refused(
        tmp_path,
        """
        country: Ghana
        facts:
          - {kind: calendar_set, happened_on: 2022}
          - {kind: calendar_set, happened_on: 2022}
        """,
    )
    assert places(problems) == [("unknown_country", "facts.yaml:1 country")]
    assert problems[0].args["near"] == "GHA"


LAUGHS = ["- &a0 ha", *(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("- {a: 1, a: 2}", "duplicate_key", "facts.yaml:1"),
        ("- a: 1\n  b: 1\n  a: 2", "duplicate_key", "facts.yaml:3"),
        ("- [", "not_yaml", "facts.yaml:1"),
        ("[" * 600, "not_yaml", "facts.yaml"),
        ('- kind: calendar_set\n  source: "half a sign \\ud800"', "not_yaml", "facts.yaml:2"),
        ("- kind: calendar_set\n- &a {note: *a}", "not_yaml", "facts.yaml:2"),
        ("\n".join(LAUGHS), "not_yaml", "facts.yaml:6"),
        ("just words", "not_a_list", "facts.yaml:1"),
        ("facts: {kind: calendar_set}", "not_a_list", "facts.yaml:1"),
        ("facts: 7", "not_a_list", "facts.yaml:1"),
    ],
)
def test_what_is_no_list_of_facts_is_refused(
    tmp_path: Path, text: str, code: str, where: str
) -> None:
    """No YAML, a key given twice, or something else than a list of facts."""
    assert places(refused(tmp_path, text)) == [(code, where)]


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    """No such file, a folder, and text that is not UTF-8."""
    (tmp_path / "latin.yaml").write_bytes("- {source: «été»}".encode("latin-1"))
    for name, code in (("none.yaml", "no_such_file"), (".", "unreadable_file")):
        with pytest.raises(Problems) as caught:
            facts_from_yaml(tmp_path / name)
        assert [problem.code for problem in caught.value.problems] == [code]
    with pytest.raises(Problems) as caught:
        facts_from_yaml(tmp_path / "latin.yaml")
    assert [problem.code for problem in caught.value.problems] == ["not_utf8"]


ROWS = """
    - kind: statistics_received
      country: CIV
      happened_on: 2021-06-10
      publisher: An office
      series: Child labour
      observations:
        - {indicator: O1, period_start: 2015, period_end: 2015, value_number: 0, unit: percent}
        - {indicator: O1, period_start: 2018, period_end: 2019, sex: female, status: missing}
"""


def test_figures_come_with_their_fact(tmp_path: Path) -> None:
    """Zero is a value; a figure that is missing says so."""
    (fact,) = read(tmp_path, ROWS)
    zero, missing = fact.observations
    assert (zero.value_number, zero.status, zero.years) == (0, "value", "2015")
    assert (missing.value_number, missing.status, missing.years) == (None, "missing", "2018/19")


@pytest.mark.parametrize(
    ("found", "instead", "where"),
    [
        ("value_number: 0", "value_number: much", "facts.yaml:7 value_number"),
        (", value_number: 0", "", "facts.yaml:7"),
        ("period_end: 2015", "period_end: 2014", "facts.yaml:7"),
        ("sex: female", "sex: women", "facts.yaml:8 sex"),
        ("indicator: O1, period_start: 2018", "period_start: 2018", "facts.yaml:8 indicator"),
        ("status: missing", "status: missing, colour: red", "facts.yaml:8 colour"),
    ],
)
def test_a_row_that_does_not_fit_is_named_by_its_line(
    tmp_path: Path, found: str, instead: str, where: str
) -> None:
    """A row without a value, or with a word where a number belongs."""
    assert places(refused(tmp_path, ROWS.replace(found, instead, 1))) == [("wrong_type", where)]


def test_figures_may_stand_in_a_table_beside_the_file(tmp_path: Path) -> None:
    """Rows of other countries and empty cells are left out; problems name the table's line."""
    table = tmp_path / "figures.csv"
    table.write_text(
        "country,indicator,period_start,period_end,sex,value_number,status\n"
        "CIV,O1,2015,2015,,12.5,\n"
        "GHA,O1,2015,2015,,99,\n"
        "CIV,O1,2018,2018,female,,missing\n",
        encoding="utf-8",
    )
    text = """
        - kind: statistics_received
          country: CIV
          happened_on: 2021-06-10
          publisher: An office
          series: Child labour
          observations: figures.csv
    """
    (fact,) = read(tmp_path, text)
    assert [(row.sex, row.value_number) for row in fact.observations] == [
        ("total", 12.5),
        ("female", None),
    ]
    problems = refused(tmp_path, text.replace("figures.csv", "none.csv"))
    assert places(problems) == [("no_such_file", "facts.yaml:6 observations")]
    problems = refused(tmp_path, text.replace("figures.csv", "7"))
    assert places(problems) == [("not_a_list", "facts.yaml:6 observations")]
    (tmp_path / "latin.csv").write_bytes("country,indicator\nCIV,«été»\n".encode("latin-1"))
    problems = refused(tmp_path, text.replace("figures.csv", "latin.csv"))
    assert places(problems) == [("not_utf8", "facts.yaml:6 observations")]
    (tmp_path / "bad.csv").write_text(
        "country,indicator,period_start,period_end,value_number\nCIV,O1,2015,2015,many\n",
        encoding="utf-8",
    )
    problems = refused(tmp_path, text.replace("figures.csv", "bad.csv"))
    assert places(problems) == [("wrong_type", "bad.csv:2 value_number")]


def test_who_may_see_a_fact_follows_its_kind_unless_it_says_so(tmp_path: Path) -> None:
    """A reviewer's own assessment is for reviewers, a conclusion for the subgroup."""
    facts = read(
        tmp_path,
        """
        country: CIV
        facts:
          - {kind: assessment_made, happened_on: 2022, cycle: 2022, criterion: evidence,
             judgement: shown}
          - {kind: subgroup_concluded, happened_on: 2022, cycle: 2022, criterion: evidence,
             judgement: shown}
          - {kind: comments_sent, happened_on: 2022, cycle: 2022}
          - {kind: report_received, happened_on: 2022, cycle: 2022}
          - {kind: report_received, happened_on: 2022, cycle: 2022, visibility: country}
        """,
    )
    assert [fact.visibility for fact in facts] == [
        "reviewers",
        "subgroup",
        "country",
        "public",
        "country",
    ]


def test_countries_are_known_by_iso_3_and_suggested_by_name() -> None:
    """Two-letter codes, names in three languages and near misses lead to the code."""
    assert known_country("CIV") and known_country("QMA")
    assert not known_country("CI") and not known_country("civ") and not known_country(7)
    assert suggestions("NO") == ["NOR"]
    assert suggestions("Nigerr")[:2] == ["NER", "NGA"] or set(suggestions("Nigerr")) >= {"NER"}
    assert "ESP" in suggestions("Espagne") and "DEU" in suggestions("Alemania")
    assert "GHA" in suggestions("GHN")
    assert suggestions("") == []


def test_lines_are_those_of_the_text() -> None:
    """A node, its keys and its items know the line where they stand."""
    node = parse_yaml("- a: 1\n  b:\n    - x\n    - y\n", "t.yaml")
    assert (line_of(node), line_of(node[0]), line_of(node[0], "b")) == (1, 1, 2)
    assert (line_of(node[0]["b"], 1), line_of("word")) == (4, 0)
    assert (excerpt(None), excerpt(""), excerpt("x" * 99)) == ("–", "–", "x" * 80)


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\u2028\u2029\x85"),
    min_size=1,
    max_size=40,
)


@given(note=TEXTS, day=st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, note: str, day: date
) -> None:
    """Any text comes back as it was, and any day of the calendar."""
    stream = StringIO()
    fact = {"kind": "calendar_set", "country": "CIV", "happened_on": day, "note": note}
    YAML().dump([fact], stream)
    path = tmp_path_factory.getbasetemp() / "written.yaml"
    path.write_text(stream.getvalue(), encoding="utf-8")
    (back,) = facts_from_yaml(path)
    assert back.when.first == back.when.last == day
    assert back.body.note == note


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(TEXTS, inside, max_size=3),
        max_leaves=8,
    )
)
def test_no_content_of_a_fact_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, content: object
) -> None:
    """Whatever stands in the fields, there are facts or problems with a place, never a crash."""
    stream = StringIO()
    fields = ("id", "cycle", "meeting", "happened_on", "corrects", "withdrawn", "observations")
    base = {"kind": "report_received", "country": "CIV", "cycle": 2022, "happened_on": 2022}
    facts = [base | {name: content} for name in fields]
    YAML().dump([*facts, {"kind": content}, content], stream)
    path = tmp_path_factory.getbasetemp() / "anything.yaml"
    path.write_text(stream.getvalue(), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        facts_from_yaml(path)
    assert all(problem.where.startswith("anything.yaml:") for problem in caught.value.problems)


def test_plain_data_has_no_trace_of_the_reader() -> None:
    """Maps, lists, words and numbers become Python's own."""
    data = plain(parse_yaml("{a: [1, 2.50, word, true, null], b: {c: 2022-04-20}}", "t.yaml"))
    assert data == {"a": [1, 2.5, "word", True, None], "b": {"c": date(2022, 4, 20)}}
    assert type(data) is dict and type(data["a"]) is list and type(data["a"][0]) is int
    assert data["a"][1].written == "2.50"
