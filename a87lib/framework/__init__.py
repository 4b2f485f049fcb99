"""The texts as data: paragraphs, dated parameters, readings, vocabularies, terms, indicators."""

from __future__ import annotations

from a87lib.framework.erased import ERASED, Erased
from a87lib.framework.indicators import (
    Indicator,
    IndicatorFramework,
    ReportCriterion,
    version_in,
)
from a87lib.framework.loading import load
from a87lib.framework.model import (
    DatedValue,
    Framework,
    Interpretation,
    Paragraph,
    Parameter,
    Seat,
    Term,
)
from a87lib.framework.states import (
    Country,
    countries,
    country,
    country_name,
    invented_countries,
    is_fictional,
    name_in,
)

__all__ = [
    "ERASED",
    "Country",
    "DatedValue",
    "Erased",
    "Framework",
    "Indicator",
    "IndicatorFramework",
    "Interpretation",
    "Paragraph",
    "Parameter",
    "ReportCriterion",
    "Seat",
    "Term",
    "countries",
    "country",
    "country_name",
    "invented_countries",
    "is_fictional",
    "load",
    "name_in",
    "version_in",
]
