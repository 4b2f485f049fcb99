"""An export read back: the same tables, typed; a problem where a file is not as it was written."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from a87lib.export.cells import back
from a87lib.export.package import DESCRIPTION
from a87lib.export.tables import Column, Table
from a87lib.problems import Problem, Problems, problem


def read(folder: Path) -> list[Table]:
    """The tables that datapackage.json describes. Raises Problems naming each changed file."""
    try:
        described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        resources = described["resources"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise problem("export_unreadable", DESCRIPTION, type(error).__name__) from None
    changed: list[Problem] = []
    found: list[Table] = []
    for resource in resources:
        path = folder / Path(resource["path"]).name
        content = path.read_bytes() if path.is_file() else b""
        if f"sha256:{hashlib.sha256(content).hexdigest()}" != resource["hash"]:
            changed.append(Problem("export_changed", path.name))
            continue
        found.append(_table(resource, content))
    if changed:
        raise Problems(changed)
    return found


def _table(resource: Mapping[str, Any], content: bytes) -> Table:
    schema = resource["schema"]
    columns = tuple(
        Column(field["name"], field["type"], field["a87:null"]) for field in schema["fields"]
    )
    lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    heads = next(lines)
    if heads != [column.name for column in columns]:
        raise problem("export_changed", resource["path"])
    rows = tuple(
        {column.name: back(column, text) for column, text in zip(columns, line, strict=True)}
        for line in lines
    )
    refers = {
        key["fields"][0]: (key["reference"]["resource"] or resource["name"],
                           key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", ())
    }  # fmt: skip
    return Table(resource["name"], columns, rows, tuple(schema["primaryKey"]), refers)
