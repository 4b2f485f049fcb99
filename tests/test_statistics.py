"""Public statistics from bytes to figures: every form of every publisher, good and bad.

The files are in tests/statistics (written by hand for the tests); the publishers' own files are
read in test_statistics_real.py.
"""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from a87lib.intake.statistics import (
    Correction,
    Reading,
    Received,
    Said,
    codes,
    read_statistics,
    receive,
)
from a87lib.intake.statistics.corrections import read_corrections
from a87lib.intake.statistics.places import gazetteer
from a87lib.language import LANGUAGES, told
from a87lib.problems import Problems

FILES = Path(__file__).parent / "statistics"
MADE = Said(edition="edition of the test")


def read(family: str, name: str, **more: object) -> Reading:
    return read_statistics(family, receive(FILES / name), **more)


def lines(reading: Reading) -> list[str]:
    """Each figure as text: country, indicator, period, sex, age, breakdown, value."""
    found = []
    for _, f, _ in reading.figures:
        value = f.value_number or f.value_text or "–"
        about = (f.country, f.indicator, f.period_start, f.sex, f.age, f.breakdown)
        found.append(" ".join([*filter(None, about), f"= {value}"]))
    return found


def refused(family: str, content: bytes, name: str = "x.csv") -> list[str]:
    with pytest.raises(Problems) as raised:
        read_statistics(family, Received(name, content))
    return [problem.code for problem in raised.value.problems]


# Places and codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NA", "NAM"),
        ("na", "NAM"),
        ("516", "NAM"),
        ("NAM", "NAM"),
        ("nam", "NAM"),
        ("Namibie", "NAM"),
        ("008", "ALB"),
        ("8", "ALB"),
        ("Côte d'Ivoire", "CIV"),
        ("Co\u0302te d’Ivoire", "CIV"),
        ("Congo, Democratic Republic of the", "COD"),
        ("République démocratique du Congo", "COD"),
        ("Países Bajos (Reino de los)", "NLD"),
        ("Swaziland", "SWZ"),
        ("Niger", "NER"),
        ("West Bank and the Gaza Strip", "PSE"),
    ],
)
def test_states_are_found_by_number_code_or_name_in_three_languages(text: str, code: str) -> None:
    place = gazetteer().find(text)
    assert place is not None
    assert (place.kind, place.code) == ("state", code)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("1", "group"), ("WLD", "group"), ("X01", "group"), ("MDG_WORLD", "group"),
     ("UNICEF_SSA", "group"), ("World", "group"), ("Afrique", "group"),
     ("660", "territory"), ("XKX", "territory"), ("Kosovo", "territory")],
)  # fmt: skip
def test_groups_and_territories_are_known_as_such(text: str, kind: str) -> None:
    place = gazetteer().find(text)
    assert place is not None
    assert place.kind == kind


@pytest.mark.parametrize(
    ("text", "near"),
    [("Nigerr", {"NER", "NGA"}), ("F\u0456ji", {"FJI"}), ("MWX", {"MWI"}), ("", set())],
)
def test_what_is_near_a_state_is_suggested_and_never_taken(text: str, near: set[str]) -> None:
    assert gazetteer().find(text) is None
    assert near <= set(gazetteer().near(text))


@pytest.mark.parametrize(
    ("code", "age"),
    [("5_17", "5-17"), ("Y5T17", "5-17"), ("5-17", "5-17"), ("AGE_CHILD_Y05-17", "5-17"),
     ("Age (Children): 5-17", "5-17"), ("15+", "15+"), ("Y_GE15", "15+"), ("18", "18+"),
     ("<18Y", "<18"), ("LT5Y", "<5"), ("M12T23", "12-23 months"), ("ALLAGE", ""), ("_T", ""),
     ("5 to 17 years old", "5-17"), ("AGE_YTHADULT_TOTAL", "")],
)  # fmt: skip
def test_ages_of_all_publishers_become_one_writing(code: str, age: str) -> None:
    assert codes.age_of(code) == age


@pytest.mark.parametrize("code", ["young", "Y15", "5--17", "17-", "_U"])
def test_an_age_that_is_not_known_is_not_guessed(code: str) -> None:
    with pytest.raises(ValueError, match=code):
        codes.age_of(code)


def test_zero_is_a_value_and_missing_is_none() -> None:
    assert not codes.missing("0")
    assert not codes.missing("0", status="A")
    assert all(codes.missing(cell) for cell in ("", "NaN", "..", "Unknown", "Unavailable"))
    assert codes.missing("", status="O")


def test_numbers_are_scaled_without_rounding() -> None:
    assert codes.number_of("0.364", 2) == "36.4"
    assert codes.number_of("12.50") == "12.50"
    assert codes.number_of("10‡") == "10"
    assert codes.number_of("1.1", 3) == "1100"
    for cell in ("12,5", "1 234", "1.234,5", "0x10", "1e", "٣"):
        with pytest.raises(ValueError, match=r".+"):
            codes.number_of(cell)


# Each form of each publisher

UNSD = [
    "NAM O1 2016 total 5-17 = 12.5",
    "NAM O1 2016 male 5-17 = 13",
    "CIV O1 2016 female 5-17 = 0",
    "ALB O1 2010 total 5-17 = NaN",
    "ALB O1 2012 total 5-17 = <2.5",
    "NER O5 2017 total forced_labour = 10",
]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_unsd_with_brackets_and_empty_columns_in_each_encoding(encoding: str) -> None:
    text = (FILES / "unsd_bracketed_bom.csv").read_text(encoding="utf-8-sig")
    reading = read_statistics("unsd", Received("x.csv", text.encode(encoding)), MADE)
    assert lines(reading) == UNSD
    assert (reading.read, reading.refused) == (9, 0)
    assert dict(reading.left_out) == {
        ("group", "1"): 1,
        ("territory", "660"): 1,
        ("not_asked", "UNSD:NY_GDP_PCAP"): 1,
    }
    first, *_, missing, bound, marked = (placed.figure for placed in reading.figures)
    assert first.source == (
        "UNSD Global SDG Indicators Database, edition of the test, SL_TLF_CHLDEA; "
        "Enquête nationale; 2015-2016"
    )
    assert (first.nature, first.unit, first.status) == ("country", "percent", "value")
    assert missing.status == "missing"
    assert (bound.status, bound.value_number) == ("value", "")
    assert marked.source.endswith('VC_HTF_DETVFL; printed "10‡"')


def workbook(rows: list[list[object]], sheets: tuple[str, ...] = ("CodeDescriptions",)) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        book.create_sheet(sheet).append(["Dimension", "Code", "Description"])
    data = book.create_sheet("Goal8")
    for row in rows:
        data.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEADER = ["SeriesCode", "GeoAreaCode", "GeoAreaName", "TimePeriod", "Value", "Nature", "Units",
          "Sex", "Age"]  # fmt: skip
ROW = ["SL_TLF_CHLDEA", 516, "Namibia", 2016, "12.5", "C", "PERCENT", "BOTHSEX", "5-17"]


def test_unsd_workbook_is_read_from_the_sheet_that_has_the_columns() -> None:
    number = [*ROW[:3], 2017, 13.0, *ROW[5:]]
    reading = read_statistics("unsd", Received("Goal8.xlsx", workbook([HEADER, ROW, number])))
    assert lines(reading) == ["NAM O1 2016 total 5-17 = 12.5", "NAM O1 2017 total 5-17 = 13"]
    assert [placed.where for placed in reading.figures] == ["Goal8!2", "Goal8!3"]


def test_a_workbook_whose_dimension_lies_is_read_whole() -> None:
    packed = io.BytesIO()
    given = io.BytesIO(workbook([HEADER, ROW]))
    with zipfile.ZipFile(given) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet2.xml"):
                assert b'<dimension ref="A1:I2"' in part
                part = part.replace(b'ref="A1:I2"', b'ref="A1"')
            new.writestr(name, part)
    reading = read_statistics("unsd", Received("Goal8.xlsx", packed.getvalue()))
    assert lines(reading) == ["NAM O1 2016 total 5-17 = 12.5"]


def test_unsd_wide_form_of_2018() -> None:
    reading = read("unsd", "unsd_wide_2018.csv", said=MADE)
    assert lines(reading) == ["NAM O1 2015 total 5-17 = 12.50", "NAM O1 2016 total 5-17 = 12.75"]
    assert [p.figure.nature for p in reading.figures] == ["country", "country_adjusted"]
    assert reading.figures[0].figure.source.endswith("SL_TLF_CHLDEA; FN 1, 12; Survey")
    assert (reading.form, reading.read) == ("wide", 4)


def test_open_numbers_tables_of_unsd_and_world_bank() -> None:
    unsd = read(
        "unsd", "ddf--datapoints--sl_tlf_chldea--by--age--geo_area--nature--sex--units--year.csv"
    )
    assert lines(unsd) == ["NAM O1 2016 total 5-17 = 12.5", "ALB O1 2010 female 5-17 = 0"]
    bank = read("wdi", "ddf--datapoints--sl_tlf_0714_zs--by--geo--time.csv")
    assert lines(bank) == ["NAM O6 1999 total 7-14 = 16.25", "MWI O6 2004 total 7-14 = 40.5"]


def test_ilostat_explorer_takes_series_and_edition_from_the_files_name() -> None:
    reading = read("ilostat", "SDG_B871_SEX_AGE_RT_A-filtered-2025-06-01.csv")
    assert lines(reading) == [
        "NAM O1 2016 total 5-17 = 12.5",
        "NAM O1 2016 total 5-17 = 13.5",
        "CIV O1 2016 female 5-17 = –",
    ]
    assert str(reading.published_on) == "2025-06-01"
    one, other, missing = (placed.figure for placed in reading.figures)
    assert one.source.startswith("ILOSTAT (LFS - Labour Force Survey), 2025-06-01, SDG_B871")
    assert "Break in series" in one.source
    assert other.source.startswith("ILOSTAT (HIES - Income and Expenditure Survey)")
    assert missing.status == "missing"


def test_ilostat_bulk() -> None:
    reading = read("ilostat", "ilostat_bulk.csv")
    assert lines(reading) == ["NAM O2 2016 female 5-17 = 14.5"]
    assert reading.summed("group") == {"X01": 1}
    assert reading.summed("not_asked") == {"ILOSTAT:EMP_TEMP_SEX_AGE_NB": 1}


@pytest.mark.parametrize(("name", "count"), [("wdi_indicator.csv", 5), ("wdi_databank.csv", 2)])
def test_world_bank_official_forms(name: str, count: int) -> None:
    reading = read("wdi", name)
    assert lines(reading) == ["NAM O6 1999 total 7-14 = 16.25", "MWI O6 2004 total 7-14 = 40.5"]
    assert (str(reading.published_on), reading.read) == ("2024-09-19", count)


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        ("sdmx_csv_1.csv", "sdmx-csv",
         ["NAM O1 2016 total 5-17 = 12.5", "NAM O1 2016 total 5-17 wealth_quintile=q1 = 22.5"]),
        ("sdmx_csv_labels_columns.csv", "sdmx-csv", ["NAM O2 2016-06 female 5-17 = 14.5"]),
        ("sdmx_csv_labels_both.csv", "sdmx-csv", ["NAM O1 2016 male 5-17 = 15"]),
        ("sdmx_csv_3.csv", "sdmx3-csv",
         ["NAM O1 2016 total 5-17 = 12.5", "NAM O1 2016 female 5-17 = –"]),
        ("unsd_generic.xml", "sdmx-ml",
         ["NAM O1 2016 total 5-17 = 12.50", "NAM O1 2018 total 5-17 = 0"]),
        ("unicef_structure_specific.xml", "sdmx-ml",
         ["NAM O1 2016 female 5-17 residence=r = 12.5"]),
    ],
)  # fmt: skip
def test_sdmx_in_each_syntax(name: str, form: str, expected: list[str]) -> None:
    reading = read("sdmx", name)
    assert (reading.form, lines(reading), reading.problems) == (form, expected, [])


def test_sdmx_deletions_are_left_out_and_said() -> None:
    assert read("sdmx", "sdmx_csv_3.csv").summed("deletion") == {"IAEG-SDGs:DF_SDG_GLC(1.20)": 1}


def test_usdol_marks_words_parts_and_shares() -> None:
    reading = read("ilab", "countries_report_2018.xml")
    found = lines(reading)
    for line in (
        "NAM V2 2018 total 5-14 = 36.4",
        "NAM E1 2018 total = 10",
        "NAM L3 2018 total minimum_age_work = yes",
        "MMR L3 2018 total minimum_age_work:in_law = no",
        "MMR E1 2018 total = Unknown",
        "MMR E2 2018 total = 1234",
        "CIV L3 2018 total minimum_age_work:age = 17.5",
        "CIV E4 2018 total convictions = several",
        "TZA E4 2018 total convictions = 3",
    ):
        assert line in found
    status = {(p.figure.country, p.figure.indicator): p.figure.status for p in reading.figures}
    assert (status["MMR", "E1"], status["CIV", "E1"], status["CIV", "E4"]) == (
        "missing", "not_applicable", "not_assessable",
    )  # fmt: skip
    assert reading.summed("part_of_a_country") == {"Mainland": 1, "Zanzibar": 1}
    assert reading.summed("territory") == {"Anguilla": 4}
    marked = next(p.figure for p in reading.figures if p.figure.country == "NAM" and
                  p.figure.indicator == "E1")  # fmt: skip
    assert marked.source.endswith('reporting year 2018; printed "10‡"')
    assert marked.nature == "third_party"
    assert [problem.code for problem in reading.problems] == ["statistics_twice"]


def test_usdol_needs_its_reporting_year() -> None:
    content = (FILES / "countries_report_2018.xml").read_bytes()
    assert refused("ilab", content, "report.xml") == ["statistics_no_year"]
    said = read_statistics("ilab", Received("report.xml", content), Said(year="2018"))
    assert {placed.figure.period_start for placed in said.figures} == {"2018"}


# What is wrong is told, all of it


def test_every_problem_is_told_at_once_with_its_place_in_three_languages() -> None:
    reading = read("unsd", "unsd_bad.csv")
    assert [(p.code.removeprefix("statistics_"), p.where) for p in reading.problems] == [
        ("no_place_at_all", "unsd_bad.csv:2 GeoAreaCode"),
        ("no_place", "unsd_bad.csv:3 GeoAreaCode (+1)"),
        ("hidden_letters", "unsd_bad.csv:5 GeoAreaCode"),
        ("period", "unsd_bad.csv:6 TimePeriod"),
        ("not_a_number", "unsd_bad.csv:7 Value"),
        ("above", "unsd_bad.csv:8 Value"),
        ("sex", "unsd_bad.csv:9 [Sex]"),
        ("age", "unsd_bad.csv:9 [Age]"),
        ("other_unit", "unsd_bad.csv:10 Value"),
        ("nature", "unsd_bad.csv:10 [Nature]"),
        ("no_count", "unsd_bad.csv:13 Value"),
        ("twice", "unsd_bad.csv:12"),
    ]
    assert (reading.read, reading.refused, len(reading.figures)) == (12, 11, 1)
    for language in LANGUAGES:
        for problem in reading.problems:
            assert problem.where in told(problem, language)
    assert "NER, NGA" in told(reading.problems[1], "fr")
    assert "U+0456" in told(reading.problems[2], "es")


@pytest.mark.parametrize(
    ("family", "content", "code"),
    [
        ("unsd", b"a,b\n1,2\n", "statistics_no_column"),
        ("unsd", b"SeriesCode,GeoAreaCode,TimePeriod,Value,Value,Units,Nature\nx,1,2,3,4,5,6\n",
         "statistics_column_twice"),
        ("unsd", b"Se\0ries", "statistics_not_text"),
        ("unsd", b"caf\x81", "statistics_encoding"),
        ("unsd", b"PK\x03\x04 not a container", "statistics_no_workbook"),
        ("ilab", b"<Report/>", "statistics_other_document"),
        ("ilab", b"<Countries><Country>", "statistics_not_xml"),
        ("ilab", b'<!DOCTYPE c [<!ENTITY a "b">]><Countries>&a;</Countries>', "statistics_dtd"),
        ("sdmx", b'<!DOCTYPE c SYSTEM "file:///etc/passwd"><c/>', "statistics_dtd"),
        ("sdmx", b"<Structure/>", "statistics_no_data_message"),
        ("sdmx", b"<GenericData><broken/></GenericData>", "statistics_no_sdmx"),
        ("sdmx", b"STRUCTURE,STRUCTURE_ID,ACTION\ndatastructure,A:B(1.0),D\n",
         "statistics_no_column"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_refused(family: str, content: bytes, code: str) -> None:
    assert set(refused(family, content)) == {code}


def test_a_column_that_is_missing_is_named_as_the_publisher_writes_it() -> None:
    with pytest.raises(Problems) as raised:
        read_statistics("unsd", Received("x.csv", b"SeriesCode,GeoAreaCode,Value,Units\nx,8,1,y\n"))
    assert [p.args["column"] for p in raised.value.problems] == ["TimePeriod", "Nature"]


def test_a_workbook_with_macros_or_that_inflates_is_not_opened(monkeypatch) -> None:
    def with_member(name: str, part: bytes) -> bytes:
        buffer = io.BytesIO(workbook([HEADER, ROW]))
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, part)
        return buffer.getvalue()

    macros = with_member("xl/vbaProject.bin", b"x")
    assert refused("unsd", macros, "x.xlsm") == ["statistics_macros"]
    entities = with_member("xl/more.xml", b"<!DOCTYPE a><a/>")
    assert refused("unsd", entities, "x.xlsx") == ["statistics_dtd"]
    monkeypatch.setattr("a87lib.intake.statistics.files.LARGEST", 100_000)
    assert refused("unsd", with_member("xl/a", b" " * 200_000)) == ["statistics_too_large"]


def test_a_row_with_more_cells_than_titles_is_refused() -> None:
    text = "geo,time,sl_tlf_0714_zs\nnam,1999,16,3\nmwi,2004,40.5\n"
    reading = read_statistics("wdi", Received("x.csv", text.encode()))
    assert [(p.code, p.where) for p in reading.problems] == [("statistics_ragged", "x.csv:2")]
    assert lines(reading) == ["MWI O6 2004 total 7-14 = 40.5"]


def test_files_that_are_not_there_or_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b" \n")
    for name, code in (("none.csv", "no_such_file"), ("empty.csv", "statistics_empty")):
        with pytest.raises(Problems, match=code):
            receive(tmp_path / name)


# Records of known errors


def record(**changed: object) -> Correction:
    about = {
        "id": "nam-2016",
        "series": "UNSD:SL_TLF_CHLDEA",
        "edition": "edition of the test",
        "row": {"country": "NAM", "period": "2016", "age": "5-17"},
        "printed": "12.5",
        "corrected": "21.5",
        "why": "digits exchanged, as the report of the survey shows",
    }
    return Correction.model_validate(about | changed)


def with_records(*records: Correction) -> Reading:
    return read("unsd", "unsd_bracketed_bom.csv", said=MADE, corrections=records)


def test_a_record_corrects_the_one_figure_it_names_and_keeps_what_was_printed() -> None:
    reading = with_records(record())
    figure = reading.figures[0].figure
    assert figure.value_number == "21.5"
    assert figure.source.endswith('; printed "12.5", corrected (nam-2016)')
    assert lines(reading)[1:] == UNSD[1:]
    assert [(r.key, r.expected, r.found) for r in reading.remarks] == [("applied", "12.5", "21.5")]


def test_a_record_can_leave_a_figure_out() -> None:
    reading = with_records(record(action="leave_out", corrected=None))
    assert lines(reading) == UNSD[1:]
    assert reading.summed("corrected") == {"nam-2016": 1}
    assert [r.key for r in reading.remarks] == ["left_out"]


def test_a_record_whose_printed_value_is_gone_changes_nothing_and_says_so() -> None:
    reading = with_records(record(printed="12.4"))
    assert lines(reading) == UNSD
    (remark,) = reading.remarks
    assert (remark.key, remark.expected, remark.found) == ("other_value", "12.4", "12.5")
    gone = with_records(record(row={"country": "NAM", "period": "2019"}))
    assert [r.key for r in gone.remarks] == ["not_there"]


def test_a_record_is_about_one_edition() -> None:
    assert with_records(record(edition="another")).remarks == []
    digest = receive(FILES / "unsd_bracketed_bom.csv").sha256
    assert [r.key for r in with_records(record(edition=digest[:16])).remarks] == ["applied"]


def test_records_are_checked_when_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    path.write_text(
        '- {id: a, series: "UNSD:X", edition: any, row: {country: NAM, period: "2016"}, '
        'printed: "1", why: none}\n'
    )
    with pytest.raises(Problems, match="statistics_correction"):
        read_corrections(path)


def test_the_shipped_records_can_be_read_and_each_has_its_ground() -> None:
    records = read_corrections()
    assert len({each.id for each in records}) == len(records) == 8
    assert all(len(each.why) > 40 for each in records)


# Whatever the bytes


def family_of(name: str) -> str:
    starts = {"unsd_b": "unsd", "unsd_w": "unsd", "wdi": "wdi", "ilostat": "ilostat",
              "SDG_": "ilostat", "countries": "ilab"}  # fmt: skip
    if "0714" in name:
        return "wdi"
    if name.startswith("ddf--"):
        return "unsd"
    return next((family for start, family in starts.items() if name.startswith(start)), "sdmx")


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one to twenty of them changed, left out, put in or cut off."""
    given = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(len(given))
        match chance.randrange(4):
            case 0:
                given[at] = chance.randrange(256)
            case 1:
                del given[at : at + chance.randrange(1, 30)]
            case 2:
                given[at:at] = bytes(chance.choice(b',;"\n<>&0-.\x00\xff') for _ in range(3))
            case _:
                del given[at:]
        given = given or bytearray(b"x")
    return bytes(given)


MADE_BY_HAND = sorted(path.name for path in FILES.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("name", [*MADE_BY_HAND, "Goal8.xlsx"])
def test_damaged_files_are_read_or_refused_with_a_code_and_never_crash(name: str) -> None:
    chance = random.Random(name)
    whole = workbook([HEADER, ROW]) if name == "Goal8.xlsx" else (FILES / name).read_bytes()
    family = "unsd" if name == "Goal8.xlsx" else family_of(name)
    for _ in range(60):
        try:
            found = read_statistics(
                family, Received(name, damaged(whole, chance)), Said(year="2018")
            )
        except Problems as refused_whole:
            assert all(told(problem, "en") for problem in refused_whole.problems)
            continue
        assert found.read == len(found.figures) + found.refused + found.left_out.total()
        assert bool(found.refused) is bool(found.problems)
        for placed in found.figures:
            placed.figure.observation()
