"""An export on disk: CSV files and the datapackage.json that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from a87lib import __version__, framework
from a87lib.export.cells import LIVE, MARK, cell
from a87lib.export.tables import Table, tables
from a87lib.language import LANGUAGES, say
from a87lib.register import Register
from a87lib.report.places import put

DESCRIPTION = "datapackage.json"
PROFILE = "tabular-data-package"


def write(
    folder: Path,
    register: Register,
    visible_to: str = "public",
    country: str | None = None,
    known_at: datetime | None = None,
) -> list[Table]:
    """Writes the tables that a reader may have, and their description, last.

    The same entries give the same bytes. Raises OSError where the folder cannot be written.
    """
    made = tables(register, visible_to, country, known_at)
    contents = {f"{table.name}.csv": _csv(table) for table in made}
    circle = visible_to if country is None else f"{visible_to} {country}"
    contents[DESCRIPTION] = _described(made, contents, register, circle)
    put(contents, {name: folder / name for name in contents})
    return made


def _csv(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([cell(column, row[column.name]) for column in table.columns])
    return text.getvalue().encode()


def _described(
    made: Sequence[Table], contents: dict[str, bytes], register: Register, circle: str
) -> bytes:
    """datapackage.json: fields, keys, digests, whose export it is; no clock and no machine."""
    stamps = [row["recorded_at"] for table in made for row in table.rows if "recorded_at" in row]
    described = {
        "profile": PROFILE,
        "name": register.name,
        "title": say("export.title", "en", name=register.name),
        "description": " ".join(say("export.description", each) for each in LANGUAGES),
        "version": __version__,
        "created": _stamp(max(stamps)) if stamps else None,
        "visible_to": circle,
        "fictional": register.kind == "fictional",
        "framework": framework.load().version,
        "resources": [_resource(table, contents[f"{table.name}.csv"]) for table in made],
    }
    kept = {name: value for name, value in described.items() if value is not None}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def _stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": column.name,
                "type": column.type,
                "title": say(f"export.field.{column.name}", "en"),
                "constraints": {"required": False}
                if column.nullable or column.type == "string"
                else {"required": True},
                "a87:null": column.nullable,
            }
            for column in table.columns
        ],
        "primaryKey": list(table.keys),
        "missingValues": [""],
    }
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": "" if other == table.name else other,
                                             "fields": [field]}}
            for name, (other, field) in table.refers.items()
        ]  # fmt: skip
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": say(f"export.table.{table.name}", "en"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "a87:escape": {"mark": MARK, "before": list(LIVE)},
        "schema": schema,
    }
