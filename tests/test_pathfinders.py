"""The register of public facts: what it holds, what it must not hold, and where it comes from."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lacking import SHARED, needs_sources
from ruamel.yaml import YAML

from a87lib.facts import Fact
from a87lib.intake import facts_from_yaml
from a87lib.intake.pack import read_shelf

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data" / "pathfinders"
SCRIPT = ROOT / "scripts" / "build_pathfinders.py"

COUNTRIES = (
    "ALB ARG BEN BRA CAF CHL CIV CMR COD CRI DEU ETH FJI FRA GAB GHA GTM HND KEN MAR MDG MEX MRT "
    "MWI NGA NLD NPL PER TUN UGA"
).split()


@cache
def facts(country: str) -> tuple[Fact, ...]:
    return tuple(facts_from_yaml(DATA / "facts" / f"{country}.yaml"))


@cache
def council() -> tuple[Fact, ...]:
    return tuple(facts_from_yaml(DATA / "council.yaml"))


def claims(country: str) -> list[Fact]:
    return [fact for fact in facts(country) if fact.kind != "statistics_received"]


def table(name: str) -> list[dict[str, str]]:
    with (DATA / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONHASHSEED": "0", **environment},
    )


# What it holds


def test_every_country_with_a_public_claim_has_its_file_and_no_other() -> None:
    assert sorted(path.stem for path in (DATA / "facts").iterdir()) == COUNTRIES
    assert len(COUNTRIES) == 30


def test_every_claim_says_when_who_and_how_sure() -> None:
    counted: Counter[str] = Counter()
    for country in COUNTRIES:
        for fact in claims(country):
            assert fact.country == country
            assert fact.source, fact.where
            assert fact.body.confidence in ("high", "medium", "low"), fact.where
            counted[fact.kind] += 1
    assert counted == {
        "status_stated": 45,
        "claim_recorded": 14,
        "workshop_held": 7,
        "treaty_ratified": 2,
        "absence_stated": 1,
        "commitment_shown": 1,
        "interest_expressed": 1,
        "report_published": 1,
    }


@pytest.mark.parametrize(
    ("country", "kind", "when", "precision"),
    [
        ("UGA", "interest_expressed", "2018-12", "month"),
        ("MEX", "report_published", "2022-07", "month"),
        ("MDG", "workshop_held", "2018-10-25", "day"),
        ("ALB", "status_stated", "2018", "year"),
        ("MEX", "claim_recorded", "2019-09-27", "day"),
    ],
)
def test_dates_are_no_more_precise_than_their_source(
    country: str, kind: str, when: str, precision: str
) -> None:
    dated = [fact.when for fact in claims(country) if fact.kind == kind]
    assert (when, precision) in [(str(date), date.precision) for date in dated]


def test_claims_in_conflict_stand_side_by_side() -> None:
    malawi = {
        str(fact.when): fact.body.by for fact in claims("MWI") if fact.kind == "status_stated"
    }
    assert malawi == {"2019": "USDOL/ILAB", "2020-03": "ILO"}
    chile = {str(f.when) for f in claims("CHL") if f.label and re.match("joined|became", f.label)}
    assert chile == {"2018", "2019"}


def test_a_third_party_says_that_ethiopia_did_not_report_in_2021() -> None:
    (absence,) = [fact for fact in claims("ETH") if fact.kind == "absence_stated"]
    assert (absence.cycle, absence.body.what, absence.body.by) == (2021, "report", "USDOL/ILAB")


# What it must not hold


def test_nothing_is_recorded_that_could_accuse_a_country_or_give_it_a_status() -> None:
    kinds = Counter(fact.kind for country in COUNTRIES for fact in facts(country))
    kinds.update(fact.kind for fact in council())
    for kind in ("coverage_declared", "evidence_received", "report_received", "seat_taken"):
        assert kinds[kind] == 0
    decisions = [fact for fact in council() if fact.kind == "decision_made"]
    assert len(decisions) == kinds["decision_made"] == 2
    assert {fact.body.subject for fact in decisions} == {"governance", "other"}
    assert [fact.country for fact in decisions] == [None, None]


def test_no_person_is_named() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DATA.rglob("*.yaml"))
    assert not re.search(r"\b(Mr|Ms|Mrs|Mme|Sr|Sra|Dr)\b\.?\s+[A-Z]|@", text)


TITLES = (
    "Alliance 8.7 Roadmap to Eradicate Child Labor, Forced Labor and Trafficking in Persons",
    "Findings on the Worst Forms of Child Labor",
    "Department of Labor, Bureau of International Labor Affairs",
    "World Development Indicators",
)


@needs_sources
def test_no_sentence_of_a_source_is_carried_over() -> None:
    """No eight words in a row stand in a source too, titles of documents and offices apart."""
    taken = set(shingles("\n".join(source_texts())))
    own = [
        *DATA.rglob("*.yaml"),
        DATA / "PROVENANCE.md",
        *(SCRIPT.parent / "pathfinders").glob("*.yaml"),
    ]
    for path in own:
        text = re.sub(r"(?<=\S) *\n +(?=\w)", " ", path.read_text(encoding="utf-8"))
        for title in TITLES:
            text = text.replace(title, "|")
        assert not [words for words in shingles(text) if words in taken], path.name


def source_texts() -> Iterator[str]:
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for row in rows_of("pathfinder_facts/pathfinder_facts.csv"):
        yield f"{row['value']}\n{row['note']}"
    for row in rows_of("usdol_ilab_sweat_and_toil/derived_suggested_actions.csv"):
        yield row["action"]
    for path in sorted((SHARED / "data").glob("*/PROVENANCE.txt")):
        yield path.read_text(encoding="utf-8")


def shingles(text: str, length: int = 8) -> Iterator[tuple[str, ...]]:
    """Runs of words within a sentence; addresses are no words."""
    joined = re.sub(r"(?<=\w)\n\s+(?=\w)", " ", re.sub(r"\S*[/@]\S*", "|", text))
    for part in re.split(r"[.;:|\n]\s|\|", joined):
        words = re.findall(r"\b[^\W\d_]+\b", part.casefold())
        yield from zip(*(words[start:] for start in range(length)), strict=False)


def rows_of(name: str) -> list[dict[str, str]]:
    with (SHARED / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_whole_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 3_000_000


# The council


def test_the_printed_day_of_the_6th_meeting_is_kept_beside_its_correction() -> None:
    held = {
        fact.label: fact for fact in council() if fact.kind == "meeting_held" and fact.meeting == 6
    }
    assert str(held["gcm-6-held-as-printed"].when) == "2020-11-12"
    assert str(held["gcm-6-held"].when) == "2019-11-12"
    assert held["gcm-6-held"].corrects == "gcm-6-held-as-printed"
    assert "Report of the 6th meeting" in held["gcm-6-held"].source


def test_the_agenda_of_the_8th_meeting_is_as_printed() -> None:
    (agenda,) = [f.body for f in council() if f.kind == "agenda_set" and f.meeting == 8]
    assert [item.no for item in agenda.items] == ["I", "II", "III", "IV", "V", "VI", "VI"]
    assert [item.minutes for item in agenda.items] == [8, 7, 35, 10, 30, 25, 5]
    assert (agenda.items[0].starts, agenda.items[-1].ends) == ("16:00", "18:00")
    assert [speaker.minutes for speaker in agenda.items[2].speakers] == [5] * 6
    assert [speaker.name for speaker in agenda.items[3].speakers] == ["Chile", "Madagascar"]
    assert agenda.timezone == "CET"
    assert [(ref.meeting, ref.on.isoformat()) for ref in agenda.refers_to] == [
        (6, "2020-11-12"),
        (7, "2020-05-19"),
    ]


def test_the_9th_meeting_is_on_file() -> None:
    (held,) = [fact for fact in council() if fact.kind == "meeting_held" and fact.meeting == 9]
    assert str(held.when) == "2020-10-28"


# The figures


def test_every_figure_has_its_year_and_source_and_belongs_to_a_country_or_the_world() -> None:
    for path in sorted((DATA / "tables").glob("*.csv")):
        rows = table(path.stem)
        assert rows, path.name
        for row in rows:
            assert re.match(r"\d{4}", row["period_start"]) and row["source"], (path.name, row)
            assert bool(row["country"]) is (path.stem != "context"), (path.name, row)
            assert row["unit"] or not row["value_number"], (path.name, row)
            assert row["country"] in ("", *COUNTRIES), (path.name, row)


def test_every_figure_came_with_a_statement_of_its_publisher() -> None:
    """The intake reads every row of every table into exactly one entry."""
    entered = sum(len(fact.observations) for country in COUNTRIES for fact in facts(country))
    written = sum(
        len(table(path.stem)) for path in (DATA / "tables").glob("*.csv") if path.stem != "context"
    )
    assert entered == written == 5929
    for country in COUNTRIES:
        for fact in facts(country):
            if fact.kind == "statistics_received":
                assert fact.body.edition and fact.body.licence and fact.observations, fact.where
                assert {row.country for row in fact.observations} == {country}


COUNTED = {
    "sdg_8_7_1_economic_activity": (66, 22),
    "sdg_8_7_1_with_chores": (60, 20),
    "sdg_8_8_2": (66, 22),
    "sdg_16_2_2_detected_victims": (153, 25),
    "sdg_16_2_2_forced_labour": (339, 18),
    "sdg_5_3_1": (52, 26),
    "sdg_16_9_1": (29, 29),
    "sdg_1_3_1": (26, 20),
    "wdi_child_employment_7_14": (83, 26),
    "ilo_ratification_years": (60, 25),
    "un_treaties_2015": (122, 30),
    "un_treaties_2022": (6, 4),
    "ilab_legal_standards": (3009, 27),
    "ilab_enforcement": (1858, 27),
}


@pytest.mark.parametrize(("name", "counted"), COUNTED.items())
def test_each_table_has_its_figures(name: str, counted: tuple[int, int]) -> None:
    rows = table(name)
    assert (len(rows), len({row["country"] for row in rows})) == counted


# One figure of each series, looked up by hand in the source file named at its side.
BY_HAND = [
    # ddf--datapoints--sl_tlf_chldea, line 176: 5_17,454,ca,bothsex,percent,2013,16.63
    ("sdg_8_7_1_economic_activity", "MWI O1 2013 total 5-17", "16.63"),
    # ddf--datapoints--sl_tlf_chldec, line 162: 5_17,454,ca,female,percent,2013,19.2
    ("sdg_8_7_1_with_chores", "MWI O2 2013 female 5-17", "19.2"),
    # ddf--datapoints--sl_lbr_ntlcpl, line 6: 8,notspec,g,score,2016,0.9
    ("sdg_8_8_2", "ALB E5 2016 total", "0.9"),
    # ddf--datapoints--vc_htf_detv, line 648: allage,524,c,bothsex,number,2016,350
    ("sdg_16_2_2_detected_victims", "NPL O5 2016 total", "350"),
    # ddf--datapoints--vc_htf_detvfl, line 1199: allage,604,c,male,number,2012,27
    ("sdg_16_2_2_forced_labour", "PER O5 2012 male forced_labour", "27"),
    # ddf--datapoints--sp_dyn_mrbf18 at 5f2824f: 20_24,454,c,female,per_marw_20t24y,2015,42.1
    ("sdg_5_3_1", "MWI V5 2015 female 20-24 before_18", "42.1"),
    # ddf--datapoints--sg_reg_brth, line 123: lt5y,478,c,percent,2015,65.6
    ("sdg_16_9_1", "MRT V4 2015 total <5", "65.6"),
    # ddf--datapoints--si_cov_chld, line 16: 32,e,bothsex,percent,2019,77.1
    ("sdg_1_3_1", "ARG V3 2019 total", "77.1"),
    # ddf--datapoints--sl_tlf_0714_zs, line 85: gha,2012,28.76078
    ("wdi_child_employment_7_14", "GHA O6 2012 total 7-14", "28.76078"),
    # ilo_ratification_years_from_ilab_footnotes.csv, line 139: MWI,Malawi,C029,1999
    ("ilo_ratification_years", "MWI L1 1999 total C029", "1999"),
    # untreaties_2015_4-11-c.csv, line 40: Côte d'Ivoire,,19 Sep 2011 a
    ("un_treaties_2015", "CIV L2 2011-09-19 total OPSC", "2011-09-19"),
    # wpd_2022_hr_status_op_crc_sc.csv, line 59: FJ,Fiji,1,2021
    ("un_treaties_2022", "FJI L2 2021 total OPSC", "2021"),
    # countries_report_2018.xml, line 15137: Kenya, Minimum_Work, conforms No, age 16
    ("ilab_legal_standards", "KEN L3 2018 total minimum_age_work", "no"),
    ("ilab_legal_standards", "KEN L3 2018 total minimum_age_work:age", "16"),
    # countries_report_2020.xml, line 11700: Ethiopia, Labor_Inspections 43360
    ("ilab_enforcement", "ETH E2 2020 total", "43360"),
    # countries_report_2021.xml, line 13094: Ghana, Criminal_Convictions 3
    ("ilab_enforcement", "GHA E4 2021 total convictions", "3"),
    # countries_report_2018.xml, line 19464: Nepal, Labor_Inspectors 10‡
    ("ilab_enforcement", "NPL E1 2018 total", "10"),
]


@pytest.mark.parametrize(("name", "which", "value"), BY_HAND)
def test_figures_agree_with_what_was_looked_up_by_hand(name: str, which: str, value: str) -> None:
    (row,) = [row for row in table(name) if named(row) == which]
    assert (row["value_number"] or row["value_text"]) == value
    assert row["status"] == "value"


def named(row: dict[str, str]) -> str:
    parts = ("country", "indicator", "period_start", "sex", "age", "breakdown")
    return " ".join(row[part] for part in parts if row[part])


def test_every_table_was_looked_up_by_hand() -> None:
    assert {name for name, _, _ in BY_HAND} == set(COUNTED)


def test_what_a_government_calls_unknown_is_missing_and_zero_is_a_value() -> None:
    rows = table("ilab_enforcement")
    unknown = [row for row in rows if row["value_text"] == "Unknown"]
    assert len(unknown) > 600
    assert {(row["status"], row["value_number"]) for row in unknown} == {("missing", "")}
    assert any(row["value_number"] == "0" and row["status"] == "value" for row in rows)
    assert {row["nature"] for row in rows} == {"third_party"}


def test_a_footnote_mark_is_kept_beside_the_number() -> None:
    (nepal,) = [row for row in table("ilab_enforcement") if named(row) == "NPL E1 2018 total"]
    assert nepal["source"].endswith('printed "10‡"')


def test_the_world_stands_beside_the_countries() -> None:
    rows = {(row["indicator"], row["period_end"]): row["value_number"] for row in table("context")}
    # ddf--datapoints--sg_reg_brth: 1,e,percent,2019,73.4; brochure: 160 million (ILO, UNICEF 2021)
    assert rows["V4", "2019"] == "73.4"
    assert rows["EST_CHILD_LABOUR", "2020"] == "160000000"
    assert {rows["MEM_PATHFINDERS", year] for year in ("2019", "2025")} == {"15", "37"}


# The pack


def test_the_folder_is_taken_in_as_a_whole() -> None:
    shelf = read_shelf(DATA)
    assert shelf.pack is not None and shelf.pack.name == "pathfinders"
    assert len(shelf.files) == 31
    assert len(shelf.facts) == 403


def test_the_pack_pins_its_days_and_warns_in_three_languages() -> None:
    pack = YAML(typ="safe").load((DATA / "pack.yaml").read_text(encoding="utf-8"))
    assert pack["fictional"] is False
    assert str(pack["asof"]) == "2026-11-22"
    assert pack["cycle"] == 2026
    assert set(pack["notice"]) == set(pack["title"]) == {"en", "fr", "es"}
    assert "not on file" in pack["notice"]["en"]


# The script


@needs_sources
@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_sources_give_the_same_bytes(tmp_path: Path, seed: str) -> None:
    done = run("--out", tmp_path, PYTHONHASHSEED=seed, TZ="Pacific/Fiji", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*") if path.is_file()}
    kept = [path for folder in ("facts", "tables") for path in (DATA / folder).iterdir()]
    assert set(made) == {path.relative_to(DATA) for path in kept}
    for path in kept:
        assert made[path.relative_to(DATA)].read_bytes() == path.read_bytes(), path.name


def test_without_sources_the_script_says_so_and_writes_nothing(tmp_path: Path) -> None:
    done = run("--sources", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "is not a folder" in done.stderr
    assert not (tmp_path / "out").exists()


@needs_sources
def test_a_claim_of_an_unknown_kind_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    for folder in (SHARED / "data").iterdir():
        (tmp_path / folder.name).symlink_to(folder)
    (tmp_path / "pathfinder_facts").unlink()
    shutil.copytree(SHARED / "data" / "pathfinder_facts", tmp_path / "pathfinder_facts")
    claimed = tmp_path / "pathfinder_facts" / "pathfinder_facts.csv"
    claimed.chmod(0o644)
    with claimed.open("a", encoding="utf-8") as file:
        file.write("ALB,declared_best,yes,2025,year,childlabourplatform.org/sdgs,high,\n")
    done = run("--sources", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "declared_best" in done.stderr
    assert not (tmp_path / "out").exists()


def test_countries_are_found_whatever_way_a_source_names_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """NA is Namibia, M49 numbers lose their zeros, apostrophes and articles differ."""
    monkeypatch.syspath_prepend(SCRIPT.parent)
    from pathfinders import places

    found = places.read(["ALB", "CIV", "COD", "NAM", "NLD"])
    assert found.find("NA") == "NAM"
    assert found.find("8") == found.find("008") == "ALB"
    assert found.find("Cote d'Ivoire") == found.find("Côte d’Ivoire") == "CIV"
    assert found.find("Netherlands (the)") == "NLD"
    assert found.find("840") is None
