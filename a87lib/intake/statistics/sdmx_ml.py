"""SDMX-ML 2.1, generic and structure-specific, through the library sdmx1 (imported when used)."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any

from a87lib.intake.statistics import sdmx
from a87lib.intake.statistics.figures import Reading
from a87lib.intake.statistics.files import Received, xml_of
from a87lib.intake.statistics.meaning import Given
from a87lib.problems import problem

DATA = ("GenericData", "StructureSpecificData", "GenericTimeSeriesData",
        "StructureSpecificTimeSeriesData")  # fmt: skip


def read(file: Received, reading: Reading) -> Iterator[Given]:
    """The figures of a data message; a message of structures is refused by its name.

    The document is read once without type declarations or entities before the library sees it.
    """
    root = xml_of(file)
    kind = root.tag.rpartition("}")[2]
    if kind not in DATA:
        raise problem("statistics_no_data_message", file.name, kind, known=", ".join(DATA))
    del root
    reading.form = "sdmx-ml"
    message = _message(file)
    prepared = getattr(message.header, "prepared", None)
    if prepared is not None:
        reading.published_on = reading.published_on or prepared.date()
        reading.edition = reading.edition or prepared.date().isoformat()
    observed = list(_observed(message))
    if observed:
        sdmx.check_concepts(file, {name for _, concepts in observed for name in concepts})
    return sdmx.figures(observed, _structure(message), reading)


def _message(file: Received) -> Any:
    import sdmx as library

    logging.getLogger("sdmx").setLevel(logging.ERROR)  # it warns of structures that we do not need

    try:
        with redirect_stdout(io.StringIO()):  # where it prints what it has read before it fails
            return library.read_sdmx(io.BytesIO(file.content), format="XML")
    except Exception as error:  # the library raises whatever its parts raise
        found = f"{type(error).__name__}: {error}".split("\n")[0][:200]
        raise problem("statistics_no_sdmx", file.name, found) from error


def _structure(message: Any) -> str:
    """The agency and id of the structure that the message names."""
    for each in message.data:
        about = getattr(each, "structured_by", None) or getattr(each, "described_by", None)
        agency = getattr(getattr(about, "maintainer", None), "id", "")
        if about is not None:
            return f"{agency}:{about.id} {message.header}"
    return str(message.header)


def _observed(message: Any) -> Iterator[sdmx.Observed]:
    number = 0
    for dataset in message.data:
        for one in dataset.obs:
            number += 1
            concepts = {name: str(value.value) for name, value in one.key.values.items()}
            concepts |= {name: str(value.value) for name, value in one.attached_attribute.items()}
            for name, value in one.attrib.items():
                concepts.setdefault(name, str(value.value))
            concepts["OBS_VALUE"] = "" if one.value is None else str(one.value)
            yield f"Obs {number}", concepts
