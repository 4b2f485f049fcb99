"""The texts as data: complete in three languages, faithful to the design, strict when read."""

from __future__ import annotations

import csv
import re
import runpy
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lacking import optional

from a87lib import facts, framework
from a87lib.framework import Framework, loading
from a87lib.framework.loading import FOLDER
from a87lib.language import LANGUAGES, has
from a87lib.problems import Problems

KINDS = ("rule", "record", "task", "context", "decision", "document")
ON = date(2024, 5, 2)

PARAMETERS = {
    "cycle.first": 2017,
    "cycle.due": "04-30",
    "signals.consecutive_cycles": 2,
    "signals.silence_until": "12-31",
    "reactivation.by_decision": True,
    "gcm.seats": 32,
    "gcm.quorum": 16,
    "gcm.quorum_groups": 5,
    "gcm.term_years": 3,
    "gcm.absence_limit": 3,
    "gcm.meetings_per_year": 2,
    "gcm.minutes_days": 30,
    "gcm.term_ending_days": 180,
    "progress.on_track": 0.95,
    "progress.fair": 0.10,
    "progress.zero_target_stand_in": 0.001,
    "progress.base_year": 2015,
}
SWITCHES = {
    "INT-01": "april_of_following_year first_april_after_decision",
    "INT-02": "last_day_included last_day_excluded",
    "INT-04": "later_report_ends_run only_the_cycles_themselves",
    "INT-05": "once_next_due_date_has_passed once_due_date_has_passed",
    "INT-06": "silence_counts_after_year_end silence_asks",
    "INT-07": "each_sign_alone",
    "INT-08": "five_groups seven_groups",
    "INT-09": "only_without_notice every_absence",
    "INT-10": "day_before_anniversary anniversary",
    "INT-11": "calendar_year twelve_months",
    "INT-12": "ask_where_it_matters last_day",
    "INT-15": "due_by_year_end any_due_date",
    "INT-16": "invalid_changes_nothing recorded_stands",
    "INT-17": "child_and_forced_labour all_themes",
}
CODES = {
    "stakeholder_group": "government workers employers un ilo survivors civil_society "
    "private_sector academia development_partners",
    "international_group": "international_organisations regional_initiatives other_countries",
    "theme": "child_labour forced_labour modern_slavery trafficking",
    "participation_stage": "planning implementation monitoring reporting",
    "participation_level": "national international",
    "evidence_type": "evaluation survey case_study focus_group interview empirical_data "
    "third_party other",
    "dialogue_about": "mechanism progress both",
    "addressed_to": "ilo_director_general alliance_chair",
    "reactivation_addressed_to": "ilo_director_general alliance_chair secretariat",
    "absence_what": "report indicator_framework",
    "answer": "yes no too_early ask not_applicable",
    "status": "none candidate active inactive not_on_file",
    "judgement": "shown partly_shown not_shown",
    "presence": "present apology absent",
    "visibility": "reviewers subgroup country members public",
    "seat_group": "governments un_igo workers employers ngos",
}


@pytest.fixture(scope="module")
def fw() -> Framework:
    return framework.load()


def texts(fw: Framework) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in three languages, with the name of its place."""
    for name, codes in fw.vocabularies.items():
        for code, words in codes.items():
            yield f"{name}.{code}", dict(words)
    for term in fw.glossary.values():
        yield f"{term.key}.term", dict(term.term)
        yield f"{term.key}.meaning", dict(term.meaning)
        if term.short is not None:
            yield f"{term.key}.short", dict(term.short)
    for reading in fw.interpretations.values():
        yield f"{reading.id}.title", dict(reading.title)
        for name, words in reading.readings.items():
            yield f"{reading.id}.{name}", dict(words)
        if reading.text is not None:
            yield f"{reading.id}.text", dict(reading.text)
    yield from ((p.id, dict(p.summary)) for p in fw.paragraphs.values())
    yield from ((p.name, dict(p.label)) for p in fw.parameters.values())
    yield from ((i.code, dict(i.name)) for i in fw.indicators.items)
    yield from ((c.id, dict(c.text)) for c in fw.report_criteria)
    yield from fw.indicators.categories.items()
    yield "title", dict(fw.indicators.title)
    yield "note", dict(fw.indicators.note)


def test_every_text_is_there_in_three_languages(fw: Framework) -> None:
    found = dict(texts(fw))
    assert len(found) > 500
    for place, words in found.items():
        assert tuple(words) == LANGUAGES, place
        assert all(text.strip() for text in words.values()), place


def test_sentences_are_translated_and_not_repeated(fw: Framework) -> None:
    for place, words in texts(fw):
        if len(words["en"].split()) > 5:
            assert len(set(words.values())) == len(LANGUAGES), place


def test_french_has_its_own_typography(fw: Framework) -> None:
    for place, words in texts(fw):
        text = words["fr"]
        assert not re.search(r"[\"'“”]", text), f"{place}: straight or English quotation mark"
        assert not re.search(r"(?<=[^\u00a0\u202f])[;!?»]", text), (
            f"{place}: no space before a sign"
        )
        assert not re.search(r"(?<=[^\u00a0\u202f\d]):(?=\s|$)", text), (
            f"{place}: no space before :"
        )
        assert not re.search(r" [;:!?»]|« ", text), f"{place}: a space that breaks"


def test_the_coordinating_group_is_abbreviated_as_each_language_does(fw: Framework) -> None:
    for place, words in texts(fw):
        assert "GCG" not in words["fr"], place
        assert "GCM" not in words["en"] + words["es"], place
    assert fw.glossary["gcg"].short == {"en": "GCG", "fr": "GCM", "es": "GCG"}


def test_the_glossary_has_the_institutional_terms(fw: Framework) -> None:
    assert len(fw.glossary) >= 60
    assert fw.glossary["roadmap"].term == {
        "en": "roadmap",
        "fr": "feuille de route",
        "es": "hoja de ruta",
    }


@pytest.fixture
def design() -> str:
    return optional("design/FRAMEWORK.md").read_text(encoding="utf-8")


def kinds_of(cell: str) -> set[str]:
    """The kinds in the last column of a row of FRAMEWORK.md; a mere pointer is context."""
    bare = re.sub(r"\([^)]*\)", "", cell)
    return {kind for kind in KINDS if re.search(rf"\b{kind}\b", bare)} or {"context"}


def test_the_paragraphs_are_those_of_the_design_with_the_same_kinds(
    fw: Framework, design: str
) -> None:
    rows = re.findall(r"^\| ((?:AF|TR|WS|BR|AG)-\S+) \|.*\| (.+) \|$", design, re.M)
    expected = {name: kinds_of(cell) for name, cell in rows}
    assert len(expected) > 85
    assert {name: set(p.kinds) for name, p in fw.paragraphs.items()} == expected


def test_the_readings_are_those_of_the_design(fw: Framework, design: str) -> None:
    ids = re.findall(r"^\| (INT-\d\d) \|", design, re.M)
    assert list(fw.interpretations) == ids


def test_no_long_run_of_words_comes_from_the_texts(fw: Framework) -> None:
    folder = optional("seeds")
    length = 20
    runs = set()
    for path in folder.glob("*.txt"):
        words = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
        runs |= {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
    assert len(runs) > 3000
    for place, written in texts(fw):
        words = re.findall(r"\w+", written["fr"].lower())
        own = {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
        assert not own & runs, place


@pytest.mark.parametrize("name", CODES)
def test_a_vocabulary_has_the_codes_of_the_design(fw: Framework, name: str) -> None:
    assert list(fw.vocabulary(name)) == CODES[name].split()


def test_every_entry_kind_has_a_label(fw: Framework) -> None:
    assert set(fw.vocabulary("entry_kind")) == set(facts.KINDS)


def test_every_code_in_the_shipped_tables_can_be_said(fw: Framework, project: Path) -> None:
    said = {
        "indicator": {i.code for i in fw.indicators.items} | set(fw.vocabulary("context_figure")),
        "breakdown": {"", *fw.vocabulary("breakdown_value"), *fw.vocabulary("treaty")},
        "nature": {"", *fw.vocabulary("observation_nature")},
        "sex": {"", *fw.vocabulary("sex")},
        "status": set(fw.vocabulary("observation_status")),
    }
    tables = sorted((project / "data" / "pathfinders" / "tables").glob("*.csv"))
    tables += sorted((project / "data" / "exercise" / "observations").glob("*.csv"))
    assert tables
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column, codes in said.items():
                    if column in row:
                        assert row[column] in codes, f"{path.name} {column}"


def test_words_that_other_yaml_takes_for_booleans_stay_words(fw: Framework) -> None:
    assert fw.label("answer", "no", "es") == "No"
    assert fw.indicators["L3"].options == ("yes", "partial", "no")


def test_the_seats_are_the_thirty_two_of_the_terms_of_reference(fw: Framework) -> None:
    sizes = dict.fromkeys(fw.vocabulary("seat_group"), 0)
    for seat in fw.seats.values():
        sizes[seat.group] += 1
        assert seat.term == (seat.group == "governments")
    assert sizes == {"governments": 17, "un_igo": 6, "workers": 3, "employers": 3, "ngos": 3}
    assert list(fw.vocabulary("seat")) == list(fw.seats)
    assert fw.value("gcm.seats", ON) == len(fw.seats)
    assert fw.seats["pathfinder-5"].sub_group == "pathfinders"
    assert fw.seats["workers-1"].named_by == "ituc"
    assert fw.seats["region-1"].named_by == "regional_group"


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_has_its_value(fw: Framework, name: str) -> None:
    assert fw.value(name, ON) == PARAMETERS[name]
    assert type(fw.value(name, ON)) is type(PARAMETERS[name])


def test_there_are_no_other_parameters(fw: Framework) -> None:
    assert set(fw.parameters) == set(PARAMETERS)


def test_a_parameter_holds_from_its_first_day_and_not_before(fw: Framework) -> None:
    assert fw.value("gcm.quorum", date(2016, 1, 1)) == 16
    with pytest.raises(LookupError, match=r"gcm\.quorum has no value on 2015-12-31.*2016-01-01"):
        fw.value("gcm.quorum", date(2015, 12, 31))


def test_an_unknown_parameter_is_named_with_the_known_ones(fw: Framework) -> None:
    with pytest.raises(KeyError, match=r"gcm\.quorm.*gcm\.quorum"):
        fw.value("gcm.quorm", ON)


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_has_its_named_values_with_the_default_first(fw: Framework, name: str) -> None:
    names = SWITCHES[name].split()
    assert list(fw.interpretations[name].readings) == names
    assert fw.reading(name) == names[0]


def test_the_other_readings_are_text_and_have_no_switch(fw: Framework) -> None:
    others = [i for i in fw.interpretations.values() if i.id not in SWITCHES]
    assert len(others) == 10
    for interpretation in others:
        assert interpretation.in_words["fr"]
        with pytest.raises(KeyError, match="without a switch"):
            fw.reading(interpretation.id)


def test_what_if_makes_another_framework_that_says_so(fw: Framework) -> None:
    stricter = fw.with_values({"signals.consecutive_cycles": 3})
    other = stricter.with_readings({"INT-05": "once_due_date_has_passed"})
    assert other.value("signals.consecutive_cycles", ON) == 3
    assert other.reading("INT-05") == "once_due_date_has_passed"
    assert other.interpretations["INT-05"].in_words["en"].endswith("its own due date has passed.")
    for said in ("signals.consecutive_cycles=3", "INT-05=once_due_date_has_passed"):
        assert said in other.version
    assert other.digest != fw.digest
    assert fw.value("signals.consecutive_cycles", ON) == 2
    assert fw.reading("INT-05") == "once_next_due_date_has_passed"
    assert "=" not in fw.version


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"signals.consecutive_cycles": "3"}, TypeError, "another type"),
        ({"signals.consecutive_cycles": True}, TypeError, "another type"),
        ({"signals.cycles": 3}, KeyError, "no parameter"),
    ],
)
def test_a_what_if_that_cannot_be_is_refused(
    fw: Framework, change: dict[str, object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        fw.with_values(change)


def test_a_reading_that_does_not_exist_is_refused_with_the_known_ones(fw: Framework) -> None:
    with pytest.raises(ValueError, match="five_groups, seven_groups"):
        fw.with_readings({"INT-08": "six_groups"})


def test_the_proposed_indicators_are_not_called_official(fw: Framework) -> None:
    assert not fw.indicators.official
    assert fw.indicators.version == "proposal 2026-11"
    assert "proposal 2026-11" in fw.version


def test_targets_follow_the_years_of_target_8_7(fw: Framework) -> None:
    targets = {i.code: i.target_year for i in fw.indicators.items if i.target_year is not None}
    assert targets == {"O1": 2025, "O2": 2025, "O3": 2025, "O4": 2030}
    assert all(fw.indicators[code].target_value == 0 for code in targets)
    assert fw.indicators["O5"].direction == "ambiguous"
    assert fw.indicators["E5"].direction == "lower"


def test_the_indicators_are_those_of_the_proposal(fw: Framework) -> None:
    path = optional("data/indicator_framework_proposal/framework.csv")
    codes = [line.split(",")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert [indicator.code for indicator in fw.indicators.items] == codes


OWN = (FOLDER / "indicators.yaml").read_text(encoding="utf-8")


def load_own(folder: Path, content: str) -> Framework:
    path = folder / "own.yaml"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    return framework.load(indicators=path)


def test_an_office_replaces_the_indicators_by_its_own_file(tmp_path: Path, fw: Framework) -> None:
    content = OWN.replace('"proposal 2026-11"', '"office 3"').replace(
        "official: false", "official: true"
    )
    own = load_own(tmp_path, content.replace("target_year: 2025", "target_year: 2027", 1))
    assert own.indicators.official
    assert own.indicators["O1"].target_year == 2027
    assert "office 3" in own.version
    assert own.digest != fw.digest
    assert framework.load() is fw


def test_a_changed_own_file_is_read_anew(tmp_path: Path) -> None:
    load_own(tmp_path, OWN)
    assert (
        load_own(tmp_path, OWN.replace("proposal 2026-11", "later")).indicators.version == "later"
    )


BAD = [
    ("framework_unknown_key", "    unit: percent\n", "    units: percent\n", "units"),
    (
        "framework_missing_key",
        "  fr: Cadre d'indicateurs des pays pionniers (proposition)\n",
        "",
        "fr",
    ),
    ("framework_unknown_value", "unit: percent", "unit: percents", "percents"),
    ("framework_unknown_value", "breakdowns: [sex, age]", "breakdowns: [sex, ages]", "ages"),
    ("framework_unknown_value", "direction: lower", "direction: down", "down"),
    ("framework_half_a_target", "    target_year: 2025\n", "", "O1"),
    ("framework_not_whole", "target_year: 2025", 'target_year: "2025"', "2025"),
    ("framework_not_number", "target_value: 0", "target_value: none", "none"),
    ("framework_not_flag", "official: false", "official: no", "no"),
    ("framework_not_text", 'version: "proposal 2026-11"', "version: 2026", "2026"),
    ("framework_not_text", "en: Children in hazardous work", "en: ''", ""),
    ("framework_not_list", "breakdowns: [sex, age]", "breakdowns: sex", "sex"),
    ("framework_not_mapping", "  O3:\n", "  O3: []\n  O33:\n", "[…]"),
    ("framework_key_twice", "  O2:\n", "  O1:\n", "O1"),
    ("framework_value_twice", "breakdowns: [sex, age]", "breakdowns: [sex, sex]", "sex, sex"),
    ("framework_unknown_paragraph", "paragraph: AF-REV-2\n", "paragraph: AF-REV-22\n", "AF-REV-22"),
    ("framework_alias", "official: false", "official: &a false\nother: *a", ""),
    ("framework_not_yaml", "indicators:\n", "indicators: [\n", None),
    ("framework_not_utf8", "Children in hazardous work", "Children \udce9", None),
]


@pytest.mark.parametrize(("code", "old", "new", "found"), BAD, ids=[f"{b[0]}-{b[3]}" for b in BAD])
def test_a_wrong_own_file_is_refused_with_the_place(
    tmp_path: Path, code: str, old: str, new: str, found: str | None
) -> None:
    assert old in OWN
    with pytest.raises(Problems) as refused:
        load_own(tmp_path, OWN.replace(old, new, 1))
    said = [problem for problem in refused.value.problems if problem.code == code]
    assert said, refused.value
    assert len(refused.value.problems) == 1 or code in (
        "framework_not_mapping",
        "framework_key_twice",
    )
    assert found is None or said[0].found == found
    assert said[0].where.startswith("own.yaml"), said[0].where


def test_all_problems_of_a_file_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    content = OWN.replace("direction: lower", "direction: down").replace("unit: year", "unit: y")
    with pytest.raises(Problems) as refused:
        load_own(tmp_path, content)
    lines = content.splitlines()
    assert len(refused.value.problems) == content.count("direction: down") + 2
    for problem in refused.value.problems:
        line = int(re.match(r"own\.yaml:(\d+) indicators\.", problem.where).group(1))
        assert lines[line - 1].endswith(problem.found)


SHIPPED = [
    ("parameters", "since: 2016-01-01", "since: 2016-13-01", "framework_not_day"),
    ("parameters", '"04-30"', '"04-31"', "framework_not_month_day"),
    ("parameters", "value: 2017", "value: true", "framework_not_whole"),
    ("parameters", "assumed, value: 2017", "guessed, value: 2017", "framework_unknown_value"),
    (
        "parameters",
        "{since: 2016-01-01, since_basis: assumed, value: 16}",
        "",
        "framework_not_mapping",
    ),
    ("interpretations", "    en: Late report\n", "", "framework_missing_key"),
    ("interpretations", "  text:\n", "  words:\n", "framework_readings_or_text"),
    ("paragraphs", "kind: [rule, record]", "kind: [rules]", "framework_unknown_value"),
    ("paragraphs", "AF-OPP-1:", "ZZ-OPP-1:", "framework_unknown_value"),
    ("paragraphs", "see: [AF-MON-1]", "see: [AF-MON-9]", "framework_unknown_paragraph"),
    ("vocabularies", "group: workers,", "group: worker,", "framework_unknown_value"),
    ("glossary", "  meaning:\n", "  means:\n", "framework_unknown_key"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "code"), SHIPPED, ids=[f"{s[0]}-{s[3]}" for s in SHIPPED]
)
def test_a_wrong_shipped_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str, code: str
) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py*"))
    path = tmp_path / f"{name}.yaml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    with pytest.raises(Problems) as refused:
        framework.load(indicators=tmp_path / "indicators.yaml")
    assert code in {problem.code for problem in refused.value.problems}
    assert all(problem.where.startswith(f"{name}.yaml") for problem in refused.value.problems)


def test_values_out_of_order_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py*"))
    path = tmp_path / "parameters.yaml"
    first = "      - {since: 2016-01-01, since_basis: assumed, value: 16}\n"
    later = first.replace("2016", "2020").replace("16}", "20}")
    content = path.read_text(encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)

    path.write_text(content.replace(first, first + later), encoding="utf-8")
    changed = framework.load(indicators=tmp_path / "indicators.yaml")
    assert [changed.value("gcm.quorum", date(y, 1, 1)) for y in (2019, 2020)] == [16, 20]

    path.write_text(content.replace(first, later + first), encoding="utf-8")
    with pytest.raises(Problems, match="framework_not_in_order"):
        framework.load(indicators=tmp_path / "indicators.yaml")


@pytest.mark.parametrize(
    ("content", "code"), [("", "framework_empty"), ("- a\n", "framework_not_mapping")]
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(Problems) as refused:
        load_own(tmp_path, content)
    assert refused.value.problems[0].code == code


def test_a_missing_own_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r"framework_not_readable nowhere\.yaml"):
        framework.load(indicators=tmp_path / "nowhere.yaml")


def test_every_problem_has_its_sentence_in_three_languages() -> None:
    written = " ".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py")))
    codes = set(re.findall(r'"(framework_\w+)"', written))
    assert len(codes) > 20
    for code in codes:
        for language in LANGUAGES:
            assert has(f"problem.{code}", language), f"{code} {language}"


def test_every_state_is_known_with_its_names() -> None:
    states = framework.countries()
    assert len(states) == 197
    assert sum(state.ilo_member for state in states.values()) == 187
    assert sum(state.un == "member" for state in states.values()) == 193
    assert states["NAM"].iso2 == "NA"
    assert states["CIV"].names == dict.fromkeys(LANGUAGES, "Côte d’Ivoire")
    assert (states["AFG"].m49, states["AFG"].region) == ("004", "asia_pacific")
    assert all(all(state.names.values()) for state in states.values())


@pytest.mark.parametrize("iso3", ["AND", "BTN", "PRK", "LIE", "FSM", "MCO", "NRU", "PSE", "VAT"])
def test_states_outside_the_ilo_are_marked(iso3: str) -> None:
    assert not framework.country(iso3).ilo_member


def test_each_state_has_one_regional_group() -> None:
    counted = dict.fromkeys(framework.load().vocabulary("un_region"), 0)
    for state in framework.countries().values():
        if state.un == "member":
            counted[state.region] += 1
        else:
            assert state.region == ""
    assert counted == {
        "african": 54,
        "asia_pacific": 54,
        "eastern_european": 23,
        "grulac": 33,
        "weog": 29,
    }


def test_invented_countries_are_known_as_such_and_never_listed_as_states() -> None:
    assert framework.is_fictional("QMA")
    assert framework.country("QMA").fictional
    assert framework.country("QMZ").names == dict.fromkeys(LANGUAGES, "QMZ")
    assert not any(map(framework.is_fictional, framework.countries()))


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(Problems, match="unknown_country") as refused:
        framework.country("FRX")
    assert refused.value.exit_status == 2


def test_the_table_of_states_is_rebuilt_to_the_byte(tmp_path: Path, project: Path) -> None:
    sources = optional("data/country_codes")
    out = tmp_path / "countries.csv"
    build = runpy.run_path(str(project / "scripts" / "build_reference.py"))["main"]
    assert build(["--sources", str(sources), "--out", str(out)]) == 0
    assert out.read_bytes() == (project / "data/reference/countries.csv").read_bytes()
