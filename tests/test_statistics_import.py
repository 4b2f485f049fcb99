"""`a87 import`: what it adds to a register, what a re-import adds, and what it tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from a87lib import register
from a87lib.cli import main
from a87lib.countryfile import CountryFile
from a87lib.countryfile.figures import figures
from a87lib.desk import records, statistics
from a87lib.facts import KINDS, Fact, Observation, PartialDate
from a87lib.facts.observation import origin
from a87lib.intake.statistics import Reading, Received, Said, read_statistics, receive
from a87lib.problems import Problems
from a87lib.register import Register

FILES = Path(__file__).parent / "statistics"
HEADER = "age,geo_area,nature,sex,units,year,sl_tlf_chldea\n"
FIRST = HEADER + "5_17,516,ca,bothsex,percent,2016,12.5\n5_17,8,c,female,percent,2010,0\n"


@pytest.fixture
def on(where: str) -> Iterator[Register]:
    """A register of real countries on each of the databases."""
    register.make(where, "real", "test")
    with register.open(where) as opened:
        yield opened


def edition(text: str, on: str) -> Reading:
    said = Said(edition=f"edition of {on}", published_on=date.fromisoformat(on))
    return read_statistics("unsd", Received(f"chldea-{on}.csv", text.encode()), said)


def held(on: Register, country: str) -> dict[str, float | None]:
    """The figures that hold for a country, by what they are about."""
    file = CountryFile(country, tuple(on.facts(country)), asof=date(2030, 1, 1))
    return {
        " ".join((f.observation.indicator, f.observation.period_start, f.observation.sex)): (
            f.observation.value_number
        )
        for f in figures(file)
    }


def test_an_import_adds_one_entry_per_country_and_series_with_its_figures(on: Register) -> None:
    receipt = statistics.receive(on, [edition(FIRST, "2020-10-19")], by="tester")
    assert (receipt.added, receipt.changed, receipt.unchanged) == (2, [], 0)
    albania, namibia = on.facts(kinds=("statistics_received",))
    assert [entry.no for entry in (albania, namibia)] == receipt.entries
    assert (albania.country, namibia.country) == ("ALB", "NAM")
    assert str(namibia.when) == "2020-10-19"
    assert namibia.recorded_by == "tester"
    assert namibia.body.series == "SDG 8.7.1, children in economic activity (SL_TLF_CHLDEA)"
    assert namibia.body.edition == "edition of 2020-10-19"
    assert namibia.source.startswith("chldea-2020-10-19.csv, SHA-256 ")
    (row,) = albania.observations
    assert (row.value_number, row.status, row.nature, row.unit) == (
        0.0,
        "value",
        "country",
        "percent",
    )


def test_the_same_file_again_adds_nothing(on: Register) -> None:
    reading = edition(FIRST, "2020-10-19")
    statistics.receive(on, [reading], by="tester")
    head = on.head()
    receipt = statistics.receive(on, [reading], by="tester")
    assert (receipt.entries, receipt.added, receipt.unchanged) == ([], 0, 2)
    assert on.head() == head


def test_a_later_edition_adds_only_what_changed_and_supersedes_row_by_row(on: Register) -> None:
    statistics.receive(on, [edition(FIRST, "2020-10-19")], by="tester")
    later = FIRST.replace("12.5", "13") + "5_17,516,c,female,percent,2018,11\n"
    receipt = statistics.receive(on, [edition(later, "2023-05-21")], by="tester")
    assert (receipt.added, len(receipt.changed), receipt.unchanged) == (1, 1, 1)
    (change,) = receipt.changed
    assert (change.was.value_number, change.now.value_number, change.entry) == (12.5, 13.0, 2)
    assert len(receipt.entries) == 1, "Albania's figure is unchanged: no entry for Albania"
    assert held(on, "NAM") == {"O1 2016 total": 13.0, "O1 2018 female": 11.0}
    assert held(on, "ALB") == {"O1 2010 female": 0.0}


def test_an_older_edition_changes_nothing_that_is_newer(on: Register) -> None:
    statistics.receive(on, [edition(FIRST, "2023-05-21")], by="tester")
    older = FIRST.replace("12.5", "11")
    receipt = statistics.receive(on, [edition(older, "2020-10-19")], by="tester")
    assert (receipt.entries, receipt.older, receipt.unchanged) == ([], 1, 1)
    assert held(on, "NAM") == {"O1 2016 total": 12.5}


def test_two_editions_at_once_are_taken_in_their_order(on: Register) -> None:
    new, old = edition(FIRST.replace("12.5", "13"), "2023-05-21"), edition(FIRST, "2020-10-19")
    receipt = statistics.receive(on, [new, old], by="tester")
    assert (receipt.added, len(receipt.changed)) == (2, 1)
    assert held(on, "NAM") == {"O1 2016 total": 13.0}


def test_what_is_no_longer_in_the_file_stays_on_file_and_is_counted(on: Register) -> None:
    statistics.receive(on, [edition(FIRST, "2020-10-19")], by="tester")
    without = HEADER + "5_17,516,ca,bothsex,percent,2018,12\n"
    receipt = statistics.receive(on, [edition(without, "2023-05-21")], by="tester")
    assert receipt.absent == {"UNSD:SL_TLF_CHLDEA": 1}
    assert held(on, "NAM") == {"O1 2016 total": 12.5, "O1 2018 total": 12.0}


def test_a_dry_run_tells_the_same_and_writes_nothing(on: Register) -> None:
    head = on.head()
    reading = edition(FIRST, "2020-10-19")
    tried = statistics.receive(on, [reading], by="tester", dry_run=True)
    assert on.head() == head
    assert tried == statistics.receive(on, [reading], by="tester")


def test_a_file_with_one_bad_row_adds_nothing_of_any_file(on: Register) -> None:
    head = on.head()
    bad = edition(FIRST.replace("516", "9999"), "2020-10-19")
    with pytest.raises(Problems, match="statistics_no_place"):
        statistics.receive(on, [edition(FIRST, "2020-10-19"), bad], by="tester")
    assert on.head() == head


def test_a_register_of_fictional_countries_takes_no_real_figures(tmp_path: Path) -> None:
    where = str(tmp_path / "fictional.db")
    register.make(where, "fictional", "test")
    with register.open(where) as on, pytest.raises(Problems, match="country_in_fictional_register"):
        statistics.receive(on, [edition(FIRST, "2020-10-19")], by="tester")


def test_a_figure_of_the_shipped_tables_is_superseded_by_a_later_edition(on: Register) -> None:
    """The shipped tables cite their edition between publisher and code, as imports do."""
    row = Observation(
        country="NAM", indicator="O1", period_start="2016", period_end="2016", age="5-17",
        value_number=12.5, unit="percent", nature="country_adjusted",
        source="UNSD Global SDG Indicators Database, 19 October 2020, SL_TLF_CHLDEA",
    )  # fmt: skip
    body = KINDS["statistics_received"].model_validate({"publisher": "UNSD", "series": "shipped"})
    fact = Fact(kind="statistics_received", country="NAM", when=PartialDate.of("2020-10-19"),
                body=body, observations=(row,))  # fmt: skip
    records.record(on, [fact], by="tester")
    receipt = statistics.receive(on, [edition(FIRST, "2023-05-21")], by="tester")
    assert (receipt.added, receipt.unchanged) == (1, 1)
    later = edition(FIRST.replace("12.5", "13"), "2024-01-01")
    assert len(statistics.receive(on, [later], by="tester").changed) == 1
    assert held(on, "NAM") == {"O1 2016 total": 13.0}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("UNSD Global SDG Indicators Database, 19 October 2020, SL_TLF_CHLDEA; MICS",
         "UNSD Global SDG Indicators Database, SL_TLF_CHLDEA"),
        ("World Bank, World Development Indicators, SL.TLF.0714.ZS", "World Bank, SL.TLF.0714.ZS"),
        ("UNICEF Data Warehouse, 2024, PT_CHLD_5-17_LBR_ECON-HC; DHS, 2019",
         "UNICEF Data Warehouse, PT_CHLD_5-17_LBR_ECON-HC"),
        ('USDOL/ILAB, Findings, reporting year 2018; printed "10‡"',
         "USDOL/ILAB, Findings, reporting year 2018"),
        ("Household survey, round 2, 2019-2020", "Household survey, round 2, 2019-2020"),
        ("Labour Office, child labour only", "Labour Office, child labour only"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_origin_of_a_figure_leaves_out_only_edition_and_notes(
    source: str, expected: str
) -> None:
    assert origin(source) == expected


# The command


@dataclass
class Outcome:
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def a87(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> Run:
    """Runs the command in a folder with an empty register r.db, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A87_LANG", "en")
    monkeypatch.setenv("A87_REGISTER", "r.db")
    register.make("r.db", "real", "test")

    def run(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main(["import", *map(str, arguments)])
        printed = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), printed.out, printed.err)

    return run


def test_the_command_tells_what_was_read_kept_left_out_and_written(a87: Run) -> None:
    done = a87("unsd", FILES / "unsd_bracketed_bom.csv", "--edition", "2024", "--on", "2024-01-01")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "unsd_bracketed_bom.csv (2024): 9 figures read, 6 kept, 3 left out, 0 refused.",
        "  UNSD:SL_TLF_CHLDEA: 5 kept",
        "  UNSD:VC_HTF_DETVFL: 1 kept",
        "  1 left out, about groups of countries: 1 (1)",
        "  1 left out, of series that no indicator asks for: UNSD:NY_GDP_PCAP (1)",
        "  1 left out, about places that are no State of the reference table: 660 (1)",
        "6 figures new, 0 changed, 0 on file already, 0 of an edition older than the one on file.",
        "4 entries recorded in r.db.",
    ]
    again = a87("unsd", FILES / "unsd_bracketed_bom.csv", "--lang", "fr")
    assert again.out.splitlines()[-1] == "Rien de nouveau\u202f; rien n’a été écrit dans r.db."


def test_what_changed_is_named_figure_by_figure(a87: Run, tmp_path: Path) -> None:
    Path("one.csv").write_text(FIRST)
    Path("two.csv").write_text(FIRST.replace("12.5", "13"))
    a87("unsd", "one.csv", "--on", "2020-10-19")
    told = a87("unsd", "two.csv", "--on", "2023-05-21")
    assert (
        "  NAM O1 2016 total 5-17 (UNSD:SL_TLF_CHLDEA): 12.5 (entry 2) is superseded by 13"
        in told.out.splitlines()
    )


def test_json_is_one_document_with_the_same_counts(a87: Run) -> None:
    done = a87("ilostat", FILES / "ilostat_bulk.csv", "--dry-run", "--json")
    document = json.loads(done.out)
    assert (done.status, done.err, document["written"], document["entries"]) == (0, "", False, [1])
    (file,) = document["files"]
    assert (file["read"], file["kept"], file["refused"]) == (3, 1, 0)
    assert file["left_out"]["group"] == {"X01": 1}
    assert file["series"] == {"ILOSTAT:SDG_A871_SEX_AGE_RT": 1}
    assert json.loads(a87("ilostat", FILES / "ilostat_bulk.csv", "--json").out)["written"] is True


def test_a_refusal_lists_everything_and_leaves_the_register_as_it_was(a87: Run) -> None:
    before = Path("r.db").read_bytes()
    done = a87("unsd", FILES / "unsd_bracketed_bom.csv", FILES / "unsd_bad.csv")
    assert done.status == 1
    assert len(done.err.splitlines()) == 12
    assert "unsd_bad.csv:3 GeoAreaCode (+1): “Nigerr” is no country" in done.err
    assert "12 figures read, 1 kept, 0 left out, 11 refused." in done.out
    assert done.out.splitlines()[-1] == "Nothing was written."
    assert Path("r.db").read_bytes() == before
    document = json.loads(a87("unsd", FILES / "unsd_bad.csv", "--json").out)
    assert document["written"] is False
    assert [p["code"] for p in document["problems"]][:2] == [
        "statistics_no_place_at_all", "statistics_no_place",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("nobody", "x.csv"), 2),
        (("unsd",), 2),
        (("unsd", "none.csv"), 1),
        (("unsd", "none.csv", "--on", "yesterday"), 2),
        (("unsd", "none.csv", "--lang", "de"), 2),
    ],
)
def test_wrong_use_ends_with_a_sentence(a87: Run, arguments: tuple[str, ...], status: int) -> None:
    done = a87(*arguments)
    assert (done.status, done.out) == (status, "")
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_a_file_named_twice_is_refused(a87: Run) -> None:
    Path("one.csv").write_text(FIRST)
    done = a87("unsd", "one.csv", "one.csv")
    assert (done.status, "named twice: one.csv" in done.err) == (1, True)


def test_a_correction_is_told(a87: Run) -> None:
    text = (FILES / "countries_report_2018.xml").read_text(encoding="utf-8")
    Path("countries_report_2018.xml").write_text(text.replace("Kenya", "Somalia"), encoding="utf-8")
    records_file = Path("records.yaml")
    records_file.write_text(
        '- {id: som-2018, series: "USDOL:statistics", edition: "2018", action: leave_out,\n'
        '   row: {country: SOM, indicator: V2, period: "2018"}, printed: ["36.4", "50"], why: x}\n'
    )
    done = a87("ilab", "countries_report_2018.xml", "--corrections", records_file)
    assert done.status == 0
    assert "2 left out, as known errors of the source: som-2018 (2)" in done.out
    assert "Correction som-2018 applied at Somalia/" in done.out


def test_a_command_named_by_a_keyword_is_found() -> None:
    """`import` is a word of Python: the group finds the function import_."""
    from a87lib.cli import group

    command = group.get_command(None, "import")
    assert command is not None
    assert command.name == "import"


def test_the_day_of_an_edition_is_today_where_nobody_knows_it(tmp_path: Path) -> None:
    where = str(tmp_path / "r.db")
    register.make(where, "real", "test")
    with register.open(where) as on:
        statistics.receive(on, [read_statistics("unsd", receive(
            FILES / "unsd_bracketed_bom.csv"))], by="tester")  # fmt: skip
        days = {str(entry.when) for entry in on.facts()}
    assert days == {datetime.now(UTC).date().isoformat()}
