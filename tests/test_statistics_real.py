"""The publishers' own files: how many figures each gives, what becomes of them, values by hand."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lacking import SHARED, needs_sources

from a87lib.facts import KINDS
from a87lib.intake import facts_from_yaml
from a87lib.intake.statistics import Reading, read_corrections, read_statistics, receive
from a87lib.intake.statistics.asked import asked
from a87lib.intake.statistics.reading import READERS
from a87lib.problems import Problems

ROOT = Path(__file__).resolve().parent.parent
SOURCES = SHARED / "data"

pytestmark = needs_sources


def found(pattern: str) -> Path:
    (path,) = SOURCES.glob(pattern)
    return path


@cache
def reading(family: str, pattern: str) -> Reading:
    return read_statistics(family, receive(found(pattern)), corrections=read_corrections())


# Family, file, form, figures read, kept, refused, left out by reason.
FILES = [
    ("unsd", "unsd_global_db_export_sample/Goal8.xlsx", "xlsx", 5426, 0, 0, {"not_asked": 5426}),
    (
        "unsd",
        "unsd_global_db_export_sample/Goal8_first400.csv",
        "csv",
        399,
        0,
        0,
        {"not_asked": 399},
    ),
    (
        "unsd",
        "unsd_global_db_export_sample/unstats_sdgs_12.2.1_2018format_first120.csv",
        "wide",
        1297,
        0,
        0,
        {"not_asked": 1297},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--sg_reg_brth--by--*",
        "ddf",
        196,
        176,
        0,
        {"territory": 1, "group": 19},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--sg_reg_brth90--by--*",
        "ddf",
        78,
        0,
        0,
        {"not_asked": 78},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--sg_reg_brth90n--by--*",
        "ddf",
        820,
        0,
        0,
        {"not_asked": 820},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--si_cov_chld--by--*",
        "ddf",
        150,
        116,
        0,
        {"group": 34},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--si_pov_day1--by--*",
        "ddf",
        2053,
        0,
        0,
        {"not_asked": 2053},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--sl_isv_ifem--by--*",
        "ddf",
        3213,
        0,
        0,
        {"not_asked": 3213},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--sl_lbr_ntlcpl--by--*",
        "ddf",
        431,
        407,
        0,
        {"group": 24},
    ),
    ("unsd", "unsd_sdg_ddf_2020/ddf--datapoints--sl_tlf_chldea--by--*", "ddf", 273, 273, 0, {}),
    ("unsd", "unsd_sdg_ddf_2020/ddf--datapoints--sl_tlf_chldec--by--*", "ddf", 249, 249, 0, {}),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--vc_htf_detv--by--*",
        "ddf",
        998,
        990,
        0,
        {"territory": 8},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--vc_htf_detvfl--by--*",
        "ddf",
        1873,
        1861,
        0,
        {"territory": 12},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--vc_htf_detvog--by--*",
        "ddf",
        1083,
        0,
        0,
        {"not_asked": 1083},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--vc_htf_detvop--by--*",
        "ddf",
        1664,
        0,
        0,
        {"not_asked": 1664},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--vc_htf_detvsx--by--*",
        "ddf",
        386,
        0,
        0,
        {"not_asked": 386},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--vc_vaw_marr--by--*",
        "ddf",
        577,
        0,
        0,
        {"not_asked": 577},
    ),
    (
        "unsd",
        "unsd_sdg_ddf_2020/ddf--datapoints--vc_vaw_sxvln--by--*",
        "ddf",
        69,
        0,
        0,
        {"not_asked": 69},
    ),
    (
        "ilostat",
        "ilostat_sample/EAR_4MTH_SEX_GEO_CUR_NB_A-filtered-2025-06-01_first600.csv",
        "explorer",
        599,
        0,
        0,
        {"not_asked": 599},
    ),
    (
        "sdmx",
        "sdmx_samples/IAEG-SDGs_SDG_1.8_structure-specific.xml",
        "sdmx-ml",
        6,
        0,
        0,
        {"not_asked": 6},
    ),
    (
        "sdmx",
        "sdmx_samples/IAEG-SDGs_generic_1-1-1--structure.xml",
        "sdmx-ml",
        6,
        0,
        0,
        {"not_asked": 6},
    ),
    (
        "sdmx",
        "sdmx_samples/UNICEF_sdmx-csv_CME_BRA_sex_2020.csv",
        "sdmx-csv",
        8,
        0,
        0,
        {"not_asked": 8},
    ),
    (
        "sdmx",
        "sdmx_samples/UNICEF_sdmx-csv_labels-both_IM_MCV1.csv",
        "sdmx-csv",
        18,
        0,
        0,
        {"not_asked": 18},
    ),
    (
        "wdi",
        "worldbank_wdi_child_employment/ddf--datapoints--sl_tlf_0714_zs--by--*",
        "ddf",
        280,
        280,
        0,
        {},
    ),
    (
        "ilab",
        "usdol_ilab_sweat_and_toil/countries_report_2016.xml",
        "xml",
        7935,
        2394,
        0,
        {"not_asked": 5086, "territory": 233, "part_of_a_country": 222},
    ),
    (
        "ilab",
        "usdol_ilab_sweat_and_toil/countries_report_2017.xml",
        "xml",
        7507,
        2118,
        0,
        {"not_asked": 4992, "territory": 212, "part_of_a_country": 185},
    ),
    (
        "ilab",
        "usdol_ilab_sweat_and_toil/countries_report_2018.xml",
        "xml",
        7288,
        2092,
        0,
        {"not_asked": 4857, "territory": 212, "part_of_a_country": 124, "corrected": 3},
    ),
    (
        "ilab",
        "usdol_ilab_sweat_and_toil/countries_report_2019.xml",
        "xml",
        7357,
        2090,
        0,
        {"not_asked": 4903, "territory": 212, "part_of_a_country": 148, "corrected": 4},
    ),
    (
        "ilab",
        "usdol_ilab_sweat_and_toil/countries_report_2020.xml",
        "xml",
        7494,
        2091,
        0,
        {
            "not_asked": 5028,
            "territory": 214,
            "part_of_a_country": 156,
            "corrected": 4,
            "repeated": 1,
        },
    ),
    (
        "ilab",
        "usdol_ilab_sweat_and_toil/countries_report_2021.xml",
        "xml",
        7437,
        2094,
        0,
        {"not_asked": 4990, "territory": 219, "part_of_a_country": 130, "corrected": 4},
    ),
    (
        "ilab",
        "usdol_ilab_sweat_and_toil/countries_report_2022.xml",
        "xml",
        6412,
        1897,
        0,
        {"not_asked": 4326, "territory": 187, "corrected": 2},
    ),
    (
        "ilab",
        "usdol_ilab_sweat_and_toil/goods_report_2022.xml",
        "xml",
        169,
        0,
        0,
        {"not_asked": 169},
    ),
]


@pytest.mark.parametrize(
    ("family", "file", "form", "read", "kept", "refused", "left"), FILES, ids=lambda v: str(v)[-40:]
)
def test_each_real_file_is_read_whole_and_accounted_for(
    family: str, file: str, form: str, read: int, kept: int, refused: int, left: dict[str, int]
) -> None:
    result = reading(family, file)
    reasons: Counter[str] = Counter()
    for (why, _), count in result.left_out.items():
        reasons[why] += count
    assert (result.form, result.read, len(result.figures), result.refused, dict(reasons)) == (
        form, read, kept, refused, left,
    )  # fmt: skip
    assert kept + refused + sum(left.values()) == read
    assert result.problems == []


# Files of the folder that hold no figures, or not about countries: refused, and why.
REFUSED = [
    ("IAEG-SDGs_metadatastructure-0.xml", {"statistics_no_data_message"}),
    ("UNICEF_GLOBAL_DATAFLOW-structure.xml", {"statistics_no_data_message"}),
    ("UNSD_codelist_partial.xml", {"statistics_no_data_message"}),
    ("sdmx3_csv_example-01.csv", {"statistics_no_column"}),
    ("sdmx3_csv_example-05.csv", {"statistics_no_column"}),
    ("sdmx3_csv_example-12.csv", {"statistics_no_column"}),
    ("sdmx3_csv_example-19A.csv", {"statistics_no_column"}),
    ("sdmx_global_content_constraints.csv", {"statistics_no_column"}),
]


@pytest.mark.parametrize(("name", "codes"), REFUSED)
def test_structures_and_examples_without_countries_are_refused(name: str, codes: set[str]) -> None:
    with pytest.raises(Problems) as raised:
        read_statistics("sdmx", receive(SOURCES / "sdmx_samples" / name))
    assert {problem.code for problem in raised.value.problems} == codes


DDF = "unsd_sdg_ddf_2020/ddf--datapoints--{}--by--*"
REPORT = "usdol_ilab_sweat_and_toil/countries_report_{}.xml"
# One figure of each series that is kept, looked up by hand in the file at the line named.
BY_HAND = [
    # line 176: 5_17,454,ca,bothsex,percent,2013,16.63
    ("unsd", DDF.format("sl_tlf_chldea"), "MWI O1 2013 total 5-17 country_adjusted", "16.63"),
    # line 162: 5_17,454,ca,female,percent,2013,19.2
    ("unsd", DDF.format("sl_tlf_chldec"), "MWI O2 2013 female 5-17 country_adjusted", "19.2"),
    # line 6: 8,notspec,g,score,2016,0.9
    ("unsd", DDF.format("sl_lbr_ntlcpl"), "ALB E5 2016 total global_monitoring", "0.9"),
    # line 648: allage,524,c,bothsex,number,2016,350
    ("unsd", DDF.format("vc_htf_detv"), "NPL O5 2016 total country", "350"),
    # line 1199: allage,604,c,male,number,2012,27
    ("unsd", DDF.format("vc_htf_detvfl"), "PER O5 2012 male forced_labour country", "27"),
    # line 195: lt6y,516,c,percent,2016,78.1
    ("unsd", DDF.format("sg_reg_brth"), "NAM V4 2016 total <6 country", "78.1"),
    # line 16: 32,e,bothsex,percent,2019,77.1
    ("unsd", DDF.format("si_cov_chld"), "ARG V3 2019 total estimated", "77.1"),
    # line 178: nam,1999,15.43829
    (
        "wdi",
        "worldbank_wdi_child_employment/*.csv",
        "NAM O6 1999 total 7-14 not_stated",
        "15.43829",
    ),
    # line 11700: Ethiopia, Labor_Inspections 43360
    ("ilab", REPORT.format(2020), "ETH E2 2020 total third_party", "43360"),
    # Nepal, Labor_Inspectors 14‡, Labor_Inspections 1,258‡
    ("ilab", REPORT.format(2019), "NPL E1 2019 total third_party", "14"),
    ("ilab", REPORT.format(2019), "NPL E2 2019 total third_party", "1258"),
    # line 19464: Nepal, Labor_Inspectors 10‡
    ("ilab", REPORT.format(2018), "NPL E1 2018 total third_party", "10"),
    # Nepal, Education_Statistics_Attendance_Statistics 5-14 0.917
    ("ilab", REPORT.format(2016), "NPL V2 2016 total 5-14 third_party", "91.7"),
    # Nepal, Minimum_Work: Standard Yes, Age 14, Conforms Yes; Labor_Inspectors 11
    ("ilab", REPORT.format(2022), "NPL L3 2022 total minimum_age_work third_party", "yes"),
    ("ilab", REPORT.format(2022), "NPL L3 2022 total minimum_age_work:age third_party", "14"),
    ("ilab", REPORT.format(2022), "NPL E1 2022 total third_party", "11"),
    # Nepal, Labor_Violations Unknown
    ("ilab", REPORT.format(2022), "NPL E3 2022 total violations_found third_party", "Unknown"),
    # line 13094: Ghana, Criminal_Convictions 3
    ("ilab", REPORT.format(2021), "GHA E4 2021 total convictions third_party", "3"),
]


@pytest.mark.parametrize(("family", "file", "which", "value"), BY_HAND)
def test_one_value_of_each_series_agrees_with_the_file(
    family: str, file: str, which: str, value: str
) -> None:
    given = {}
    for _, f, _ in reading(family, file).figures:
        about = (f.country, f.indicator, f.period_start, f.sex, f.age, f.breakdown, f.nature)
        given[" ".join(filter(None, about))] = f.value_number or f.value_text
    assert given[which] == value


EXPLORER = "ilostat_sample/*.csv"
SAMPLES = "sdmx_samples/{}"
# Series that no indicator asks for: area, period, sex, age as the file gives them, and the value.
NOT_ASKED = [
    # line 270: 18, Southern Africa, 2004, 3.67
    ("unsd", "unsd_global*/Goal8_first400.csv", "18 2004 NY_GDP_PCAP", "3.67"),
    ("unsd", "unsd_global*/Goal8.xlsx", "18 2004 NY_GDP_PCAP", "3.67"),
    # line 107: JPN, 2010: 20.11 with "C, 11, 12"
    ("unsd", "unsd_global*/unstats*.csv", "JPN 2010 EN_MAT_FTPRPC", "20.11"),
    # line 40 of each: 15_19,516,…,2013,52; 143,…,2017,60; 30,…,2018,5; 8,…,2002,2
    ("unsd", DDF.format("vc_vaw_marr"), "516 2013 female 15_19 VC_VAW_MARR", "52"),
    ("unsd", DDF.format("sg_reg_brth90"), "143 2017 SG_REG_BRTH90", "60"),
    ("unsd", DDF.format("sg_reg_brth90n"), "30 2018 SG_REG_BRTH90N", "5"),
    ("unsd", DDF.format("si_pov_day1"), "8 2002 SI_POV_DAY1", "2"),
    ("unsd", DDF.format("vc_vaw_sxvln"), "454 2015 female 18_29 VC_VAW_SXVLN", "4.1"),
    ("unsd", DDF.format("sl_isv_ifem"), "32 2009 female isic4_a SL_ISV_IFEM", "57.67346"),
    ("unsd", DDF.format("vc_htf_detvog"), "20 2003 male 18 VC_HTF_DETVOG", "0"),
    ("unsd", DDF.format("vc_htf_detvop"), "20 2015 female 18 VC_HTF_DETVOP", "0"),
    ("unsd", DDF.format("vc_htf_detvsx"), "20 2009 male 18 VC_HTF_DETVSX", "0"),
    # line 100: Armenia, Female, Urban, 2016, 474.817
    (
        "ilostat",
        EXPLORER,
        "Armenia 2016 Female Area type: Urban Currency: 2021 PPP $ EAR_4MTH_SEX_GEO_CUR_NB",
        "474.817",
    ),
    ("sdmx", SAMPLES.format("IAEG-SDGs_SDG_1.8_*.xml"), "826 2021 M _T SI_POV_DAY1", "60"),
    ("sdmx", SAMPLES.format("IAEG-SDGs_generic*.xml"), "826 2021 _T _T SI_POV_DAY1", "120"),
    # line 2: BRA, F, 13.1817699535802; line 4: BRA, 2017, 87
    ("sdmx", SAMPLES.format("*CME_BRA*.csv"), "BRA 2020 F _T CME_MRY0T4", "13.1817699535802"),
    ("sdmx", SAMPLES.format("*labels-both*.csv"), "BRA 2017 M12T23 MCV1 IM_MCV1", "87"),
]


@pytest.mark.parametrize(("family", "file", "which", "value"), NOT_ASKED)
def test_values_of_series_that_nobody_asks_for_are_read_right_too(
    family: str, file: str, which: str, value: str
) -> None:
    received = receive(found(file))
    given = {}
    for each in READERS[family](received, Reading(received.name, received.sha256)):
        breakdowns = [
            code
            for code in each.breakdowns.values()
            if not (each.publisher == "UNSD" and code.lower() in ("_t", "total (national level)"))
        ]
        sex = "" if each.sex.lower().startswith("both sexes") else each.sex
        age = "" if each.age.lower().startswith("all age") else each.age
        about = (each.area, each.period, sex, age, *breakdowns, each.code)
        given[" ".join(filter(None, about))] = each.value
    assert given[which] == value


def test_every_figure_that_is_kept_can_be_recorded() -> None:
    """Each is an observation with indicator, period, unit, nature, status and source."""
    for family, file, *_ in FILES:
        for _, figure, _ in reading(family, file).figures:
            row = figure.observation()
            assert row.source and row.nature and row.status and row.country
            assert row.unit or row.value_number is None


def test_imported_series_are_said_to_be_of_the_publishers_of_the_shipped_tables() -> None:
    """A later edition by the same publisher stands in the place of a shipped figure."""
    shipped = {
        fact.body.publisher
        for path in (ROOT / "data" / "pathfinders" / "facts").glob("*.yaml")
        for fact in facts_from_yaml(path)
        if isinstance(fact.body, KINDS["statistics_received"])
        and not fact.body.series.startswith(("Years of", "Dates of"))
    }
    assert shipped <= {series.publisher for series in asked().by_name.values()}
