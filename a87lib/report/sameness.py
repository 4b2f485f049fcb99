"""Same inputs, same bytes: what differs from one run to the next is taken out, in one place."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from nbformat import NotebookNode

from a87lib.report import notebooks

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
_RANDOM = {  # what to look for first: a pattern takes long to find nothing in a long text
    "T_": re.compile(r"\bT_[0-9a-f]{5}(?=[_\"\s#{])"),  # pandas Styler
    "at 0x": re.compile(r"(?<=at 0x)[0-9a-f]{6,16}\b"),  # repr() of an object
}
KEPT_CELL_METADATA = ("tags", "jupyter", "slideshow")
KEPT_METADATA = ("kernelspec", "language_info", "a87")


def notebook(made: NotebookNode) -> str:
    """The executed notebook as text, without times, paths, durations, counters and random ids.

    Kept: sources, outputs, tags, the kernel's name and what `metadata.a87` says of the run.
    """
    clean = notebooks.copied(made)
    clean.metadata = {key: clean.metadata[key] for key in KEPT_METADATA if key in clean.metadata}
    language = clean.metadata.get("language_info", {})
    clean.metadata["language_info"] = {"name": language.get("name", "python")}
    names: dict[str, str] = {}
    for number, cell in enumerate(clean.cells, 1):
        cell["id"] = f"cell-{number:03d}"
        held = cell.get("metadata", {})
        cell["metadata"] = {key: held[key] for key in KEPT_CELL_METADATA if key in held}
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
            cell["outputs"] = [_output(output, names) for output in cell["outputs"]]
    text = notebooks.to_text(notebooks.copied(clean))
    return text if text.endswith("\n") else text + "\n"


def _output(output: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    made = {key: _steady(value, names) for key, value in output.items()}
    if "execution_count" in made:
        made["execution_count"] = None
    return made


def _steady(value: Any, names: dict[str, str]) -> Any:
    """The value with each random id in its texts replaced by the number of its first appearance."""
    if isinstance(value, str):
        for start, pattern in _RANDOM.items():
            if start in value:
                value = pattern.sub(lambda found: _named(found[0], names), value)
        return value
    if isinstance(value, dict):
        return {key: _steady(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_steady(item, names) for item in value]
    return value


def _named(random: str, names: dict[str, str]) -> str:
    stem = "T_" if random.startswith("T_") else ""
    return names.setdefault(random, f"{stem}{len(names) + 1:05x}")


def zipped(held: bytes, changed: dict[str, bytes] | None = None) -> bytes:
    """A zip (DOCX, XLSX) with members sorted, dated 1980 and packed one way.

    changed: new content of members. The content types stay first, as readers expect.
    """
    with zipfile.ZipFile(io.BytesIO(held)) as source:
        members = {name: source.read(name) for name in source.namelist()} | (changed or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(members, key=lambda name: (name != "[Content_Types].xml", name)):
            information = zipfile.ZipInfo(name, EPOCH)
            information.compress_type = zipfile.ZIP_DEFLATED
            information.external_attr = 0o600 << 16
            information.create_system = 3
            target.writestr(information, members[name], compresslevel=6)
    return buffer.getvalue()
