"""A folder of shipped facts: its pack.yaml and its fact files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from a87lib.facts import Fact, instant
from a87lib.intake.facts_file import facts_from_yaml
from a87lib.intake.yaml_text import excerpt, line_of, plain, read_yaml
from a87lib.language import spaced
from a87lib.problems import Problem, Problems, usage

Texts = Annotated[
    Mapping[str, str],
    AfterValidator(lambda said: {code: spaced(text, code) for code, text in said.items()}),
]
"""A sentence by language, set in the typography of each."""
PACK = "pack.yaml"
NO_FACTS = frozenset({PACK, "countries.yaml"})
"""Names of files in such a folder that hold no facts; nor do files ending in `.story.yaml`."""


class Pack(BaseModel):
    """What pack.yaml says.

    fictional: whether its countries are invented. asof, cycle: what is shown by default.
    recorded_at: when facts that do not say so were recorded; with `recorded: as_it_happened` they
    were on the day they happened. salt: from which the salts of the entries are derived.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    title: Texts
    fictional: bool
    asof: date
    recorded_at: Annotated[datetime, AfterValidator(instant)]
    recorded: Annotated[str | None, Field(pattern=r"^as_it_happened$")] = None
    cycle: int
    salt: Annotated[str, Field(min_length=8)]
    notice: Texts


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of facts: its pack (None where there is no pack.yaml), each file's facts.

    files: by the file's path in the folder, without `.yaml`, in sorted order.
    """

    folder: Path
    pack: Pack | None
    files: Mapping[str, list[Fact]]

    @property
    def facts(self) -> list[Fact]:
        """All facts, in order."""
        return [fact for facts in self.files.values() for fact in facts]


def read_pack(folder: Path) -> Pack | None:
    """The folder's pack.yaml, or None where there is none; Problems with all that is wrong."""
    path = folder / PACK
    if not path.exists():
        return None
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise Problems([Problem("not_a_pack", PACK, type(content).__name__)])
    try:
        return Pack.model_validate(plain(content))
    except ValidationError as error:
        raise Problems(
            _told(content, detail) for detail in error.errors(include_url=False)
        ) from None


def _told(content: Any, detail: Any) -> Problem:
    key = detail["loc"][0] if detail["loc"] else None
    name = ".".join(map(str, detail["loc"]))
    codes = {"missing": "missing_field", "extra_forbidden": "unknown_field"}
    code = codes.get(detail["type"], "wrong_type")
    args = {"field": name, "expected": detail["msg"], "fields": ", ".join(Pack.model_fields)}
    found = "" if code == "missing_field" else excerpt(detail["input"])
    return Problem(code, f"{PACK}:{line_of(content, key)} {name}", found, args)


def read_shelf(folder: Path) -> Shelf:
    """Everything in a folder of facts; Problems with everything that is wrong in any file."""
    if not folder.is_dir():
        raise usage("no_such_folder", str(folder))
    problems: list[Problem] = []
    pack: Pack | None = None
    files: dict[str, list[Fact]] = {}
    try:
        pack = read_pack(folder)
    except Problems as refused:
        problems += refused.problems
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.yaml")}
    for name, path in sorted(paths.items()):
        if path.name in NO_FACTS or path.name.endswith(".story.yaml"):
            continue
        try:
            files[name.removesuffix(".yaml")] = facts_from_yaml(path)
        except Problems as refused:
            problems += refused.problems
    if problems:
        raise Problems(problems)
    if not files:
        raise usage("no_facts_in_folder", str(folder))
    return Shelf(folder, pack, files)
