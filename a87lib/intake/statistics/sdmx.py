"""What the concepts of SDMX mean, whatever the syntax: UNSD, UNICEF and ILO data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from a87lib.intake.statistics.figures import Reading
from a87lib.intake.statistics.files import Received
from a87lib.intake.statistics.meaning import Given
from a87lib.problems import Problem, Problems

AREA = ("REF_AREA", "GEO_PICT", "GEO_AREA", "AREA")
SERIES = ("SERIES", "INDICATOR", "MEASURE")
NEEDED = (AREA, SERIES, ("TIME_PERIOD",), ("OBS_VALUE",))
# Concepts that say something about a figure, and are not what it is a figure of.
ABOUT = frozenset(
    "DATAFLOW STRUCTURE STRUCTURE_ID ACTION FREQ REPORTING_TYPE TIME_PERIOD OBS_VALUE OBS_STATUS "
    "UNIT_MEASURE UNIT_MULT UNIT_MULTIPLIER NATURE OBS_CONF CONF_STATUS DATA_SOURCE SOURCE_LINK "
    "SOURCE_DETAIL COUNTRY_NOTES SERIES_FOOTNOTE OBS_FOOTNOTE COMMENT_OBS COMMENT_TS GEO_INFO_URL "
    "GEO_INFO_TYPE LOWER_BOUND UPPER_BOUND BASE_PER REF_PERIOD TIME_DETAIL TIME_COVERAGE UPDATED "
    "TIME_PERIOD_METHOD COVERAGE_TIME FREQ_COLL WGTD_SAMPL_SIZE UNWGTD_SAMPL_SIZE "
    "SOWC_FLAG_A SOWC_FLAG_B SOWC_FLAG_C SOWC_FLAG_D SOWC_FLAG_E SOWC_FLAG_F DECIMALS "
    "CUST_BREAKDOWN_LB SEX AGE".split()
)
NOTES = ("DATA_SOURCE", "SOURCE_DETAIL", "COUNTRY_NOTES", "SERIES_FOOTNOTE", "OBS_FOOTNOTE",
         "COMMENT_OBS", "COMMENT_TS", "TIME_DETAIL", "COVERAGE_TIME")  # fmt: skip

Observed = tuple[str, Mapping[str, str]]
"""Where an observation stands, and its concepts with their codes."""


def publisher_of(series: str, structure: str) -> str:
    """Whose series it is: by the structure's agency, else by how the code looks."""
    for word, publisher in (("UNICEF", "UNICEF"), ("IAEG", "UNSD"), ("UNSD", "UNSD"),
                            ("ILO", "ILOSTAT")):  # fmt: skip
        if word in structure.upper():
            return publisher
    return "UNICEF" if "-" in series or series.startswith(("PT_", "CME_", "IM_")) else "UNSD"


def check_concepts(file: Received, concepts: Iterable[str]) -> None:
    """Raises Problems with every concept that is needed and missing."""
    there = set(concepts)
    missing = [names for names in NEEDED if not there & set(names)]
    if missing:
        found = ", ".join(sorted(there))[:300]
        raise Problems(
            Problem("statistics_no_column", file.name, found, {"column": " / ".join(names)})
            for names in missing
        )


def figures(observed: Iterable[Observed], structure: str, reading: Reading) -> Iterator[Given]:
    """Each observation as a figure; what is no known concept is a breakdown."""
    for where, concepts in observed:
        if concepts.get("ACTION", "I").strip().upper() in ("D", "DELETE"):
            reading.read += 1
            reading.leave("deletion", concepts.get("STRUCTURE_ID", ""))
            continue
        yield _given(where, concepts, structure)


def _given(where: str, concepts: Mapping[str, str], structure: str) -> Given:
    area = next((name for name in AREA if name in concepts), AREA[0])
    series = next((name for name in SERIES if name in concepts), SERIES[0])
    code = concepts.get(series, "").strip()
    said = concepts.get("STRUCTURE_ID") or concepts.get("DATAFLOW") or structure
    taken = ABOUT | {area, series}
    return Given(
        where=where,
        publisher=publisher_of(code, said),
        code=code.removesuffix("_A") if code.startswith("SDG_") else code,
        area=concepts.get(area, ""),
        period=concepts.get("TIME_PERIOD", ""),
        value=concepts.get("OBS_VALUE", ""),
        sex=concepts.get("SEX", ""),
        age=concepts.get("AGE", ""),
        breakdowns={k: v for k, v in concepts.items() if k not in taken and v.strip()},
        unit=concepts.get("UNIT_MEASURE", ""),
        scale=concepts.get("UNIT_MULT") or concepts.get("UNIT_MULTIPLIER") or "",
        nature=concepts.get("NATURE"),
        status=concepts.get("OBS_STATUS", ""),
        notes=tuple(concepts.get(name, "") for name in NOTES),
        columns={
            "area": area, "code": series, "period": "TIME_PERIOD", "value": "OBS_VALUE",
            "sex": "SEX", "age": "AGE", "unit": "UNIT_MEASURE", "scale": "UNIT_MULT",
            "nature": "NATURE", "status": "OBS_STATUS",
        },
    )  # fmt: skip
