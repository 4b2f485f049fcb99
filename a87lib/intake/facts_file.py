"""Facts written in YAML: read, typed, and every problem gathered with its file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from a87lib import framework
from a87lib.facts import (
    KINDS,
    VISIBILITIES,
    Body,
    Fact,
    Observation,
    PartialDate,
    fictional,
    instant,
)
from a87lib.intake.yaml_text import line_of, plain, read_yaml
from a87lib.problems import Problem, Problems

ENVELOPE = frozenset(
    "id kind country cycle meeting happened_on precision recorded_at recorded_by corrects "
    "withdrawn visibility source slot observations".split()
)
FIRST_CYCLE, LAST_CYCLE = 2000, 2100


@dataclass
class FactsReader:
    """Reads facts of one file and gathers what is wrong with them.

    defaults: envelope fields that hold for every fact of the file (country, meeting).
    """

    file: str
    folder: Path | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, node: Any, key: str | None, found: object, **args: object) -> None:
        """Notes a problem at a node (or at one of its keys)."""
        where = f"{self.file}:{line_of(node, key)}" + (f" {key}" if key else "")
        self.problems.append(Problem(code, where, str(found), args))

    def read(self, nodes: Any) -> list[Fact]:
        """The facts of a list; those with a problem are left out and the problem is noted."""
        if not isinstance(nodes, list):
            self.refuse("not_a_list", nodes, None, type(nodes).__name__)
            return []
        return [fact for node in nodes if (fact := self.fact(node)) is not None]

    def fact(self, node: Any) -> Fact | None:
        """One fact, or None where something is wrong with it."""
        before = len(self.problems)
        if not isinstance(node, dict):
            self.refuse("not_a_fact", node, None, node)
            return None
        kind = node.get("kind")
        if kind not in KINDS:
            code = "missing_field" if kind is None else "unknown_kind"
            near = _nearest(str(kind)) if kind is not None else "kind"
            self.refuse(code, node, "kind", kind, field="kind", near=near)
            return None
        data = {**self._defaults_for(KINDS[kind]), **plain(node)}
        envelope = self._envelope(node, data)
        body = self._body(node, KINDS[kind], data)
        observations = self._observations(node, data)
        self._belongs(node, KINDS[kind], data)
        if len(self.problems) > before or body is None or envelope is None:
            return None
        return Fact(
            body=body, observations=observations, file=self.file, line=line_of(node), **envelope
        )

    def _defaults_for(self, model: type[Body]) -> dict[str, Any]:
        """The file's defaults that an entry of this kind can have."""
        taken = {"country": ("country", "either"), "meeting": ("meeting", "either")}
        return {k: v for k, v in self.defaults.items() if k not in taken or model.of in taken[k]}

    def _envelope(self, node: Any, data: dict[str, Any]) -> dict[str, Any] | None:
        when = self._when(node, data)
        self._country(node, data)
        visibility = data.get("visibility", KINDS[data["kind"]].default_visibility)
        if visibility not in VISIBILITIES:
            known = ", ".join(VISIBILITIES)
            self.refuse("unknown_code", node, "visibility", visibility, expected=known)
        for key, low, high in (("cycle", FIRST_CYCLE, LAST_CYCLE), ("meeting", 1, 9999)):
            value = data.get(key)
            if value is not None and not (type(value) is int and low <= value <= high):
                self.refuse("not_a_number", node, key, value, low=low, high=high)
        if not isinstance(data.get("withdrawn", False), bool):
            self.refuse("wrong_type", node, "withdrawn", data["withdrawn"], expected="true, false")
        recorded_at = self._instant(node, data)
        if when is None:
            return None
        copied = ("kind", "country", "cycle", "meeting", "corrects", "slot")
        return {
            **{key: data.get(key) for key in copied},
            "label": str(data["id"]) if "id" in data else None,
            "when": when,
            "recorded_at": recorded_at,
            "recorded_by": str(data.get("recorded_by", "")),
            "withdrawn": data.get("withdrawn", False),
            "visibility": visibility,
            "source": str(data.get("source", "")),
        }

    def _when(self, node: Any, data: dict[str, Any]) -> PartialDate | None:
        if "happened_on" not in data:
            if data.get("withdrawn") is True and "corrects" in data:
                return PartialDate.of("1900-01-01")  # a withdrawal has no date of its own
            self.refuse("missing_field", node, None, "", field="happened_on")
            return None
        try:
            return PartialDate.of(data["happened_on"], data.get("precision"))
        except ValueError as error:
            self.refuse("impossible_date", node, "happened_on", data["happened_on"], why=str(error))
            return None

    def _instant(self, node: Any, data: dict[str, Any]) -> Any:
        if data.get("recorded_at") is None:
            return None
        try:
            return instant(data["recorded_at"])
        except ValueError as error:
            self.refuse("impossible_date", node, "recorded_at", data["recorded_at"], why=str(error))
            return None

    def _country(self, node: Any, data: dict[str, Any]) -> None:
        code = data.get("country")
        if code is not None and not known_country(code):
            self.refuse("unknown_country", node, "country", code, near=", ".join(suggestions(code)))

    def _belongs(self, node: Any, model: type[Body], data: dict[str, Any]) -> None:
        if data.get("withdrawn") is True:
            return
        needed = {"country": ("country",), "meeting": ("meeting",)}.get(model.of, ())
        if model.of == "either" and data.get("country") is None and data.get("meeting") is None:
            self.refuse("missing_field", node, None, "", field="country / meeting")
        for key in (*needed, *(("cycle",) if model.in_cycle else ())):
            if data.get(key) is None:
                self.refuse("missing_field", node, None, "", field=key)

    def _body(self, node: Any, model: type[Body], data: dict[str, Any]) -> Body | None:
        fields = {key: value for key, value in data.items() if key not in ENVELOPE}
        own = set(model.model_fields)
        fields |= {key: data[key] for key in ENVELOPE & own if key in data}
        if data.get("withdrawn") is True and not fields:
            return Body()
        try:
            return model.model_validate(fields)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._pydantic(node, model, detail)
            return None

    def _pydantic(self, node: Any, model: type[Body], detail: Any) -> None:
        place: Any = node
        path: list[str | int] = []
        key: Any = None
        for step in detail["loc"]:
            path.append(step)
            if isinstance(place, (dict, list)) and isinstance(step, (str, int)):
                try:
                    inner = place[step]
                except (KeyError, IndexError, TypeError):
                    continue
                key = step
                if isinstance(inner, (dict, list)):
                    place, key = inner, None
        name = ".".join(str(step) for step in path)
        line = line_of(place, key) or line_of(node)
        codes = {"missing": "missing_field", "extra_forbidden": "unknown_field"}
        code = codes.get(
            detail["type"], "unknown_code" if detail["type"] == "value_error" else "wrong_type"
        )
        expected = str(detail["msg"]).removeprefix("Value error, ")
        found = "" if code == "missing_field" else detail["input"]
        args = {"field": name, "expected": expected, "fields": ", ".join(model.model_fields)}
        self.problems.append(Problem(code, f"{self.file}:{line} {name}", str(found)[:80], args))

    def _observations(self, node: Any, data: dict[str, Any]) -> tuple[Observation, ...]:
        given = data.get("observations")
        if given is None:
            return ()
        rows: Iterator[tuple[int, dict[str, Any]]]
        if isinstance(given, str):
            if self.folder is None:
                self.refuse("no_such_file", node, "observations", given)
                return ()
            try:
                rows = iter(_rows(self.folder / given, data.get("country")))
            except OSError:
                self.refuse("no_such_file", node, "observations", given)
                return ()
            name = given
        else:
            lines = node["observations"]
            rows = ((line_of(row), row_) for row, row_ in zip(lines, given, strict=True))
            name = self.file
        return tuple(self._observe(name, rows))

    def _observe(
        self, name: str, rows: Iterator[tuple[int, dict[str, Any]]]
    ) -> Iterator[Observation]:
        for line, row in rows:
            try:
                yield Observation.model_validate(row)
            except ValidationError as error:
                for detail in error.errors(include_url=False):
                    where = f"{name}:{line} " + ".".join(map(str, detail["loc"]))
                    expected = str(detail["msg"]).removeprefix("Value error, ")
                    found = str(detail["input"])[:80]
                    self.problems.append(
                        Problem("wrong_type", where, found, {"expected": expected, "field": where})
                    )


@lru_cache(maxsize=32)
def _table(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(line, row) for line, row in enumerate(csv.DictReader(file), start=2)]


def _rows(path: Path, country: str | None) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a table of observations for a country; empty cells are left out."""
    return [
        (line, {key: value for key, value in row.items() if value != ""})
        for line, row in _table(path)
        if country is None or row.get("country", country) == country
    ]


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    return ", ".join(get_close_matches(word, KINDS, n=3)) or ", ".join(sorted(KINDS))


def known_country(code: object) -> bool:
    """Whether the code is a country's (ISO 3166-1 alpha-3) or one for invented countries."""
    return isinstance(code, str) and (code in framework.countries() or fictional(code))


def suggestions(code: object) -> list[str]:
    """Codes of countries that somebody may have meant: by two-letter code or by name."""
    from difflib import get_close_matches

    word = str(code)
    countries = framework.countries()
    by_iso2 = [iso3 for iso3, country in countries.items() if country.iso2 == word.upper()]
    names = {n.casefold(): iso3 for iso3, c in countries.items() for n in c.names.values()}
    by_name = [names[n] for n in get_close_matches(word.casefold(), names, n=3, cutoff=0.75)]
    near = get_close_matches(word.upper(), countries, n=3, cutoff=0.6) if len(word) == 3 else []
    return list(dict.fromkeys(by_iso2 + by_name + near))


def facts_from_yaml(path: Path) -> list[Fact]:
    """The facts of a fact file: a list, or a map with `facts` and defaults (country, meeting).

    Raises Problems with everything that is wrong, each with file and line.
    """
    content = read_yaml(path)
    reader = FactsReader(path.name, folder=path.parent)
    facts: list[Fact] = []
    if isinstance(content, dict):
        known = {"facts", "country", "meeting", "cycle", "language"}
        for key in content:
            if key not in known:
                expected = ", ".join(sorted(known))
                reader.refuse("unknown_field", content, key, key, field=key, fields=expected)
        defaults = {key: plain(content[key]) for key in known - {"facts"} if key in content}
        reader.defaults = defaults
        facts = reader.read(content.get("facts", []))
    elif content is not None:
        facts = reader.read(content)
    check_labels(facts, reader.problems)
    if reader.problems:
        raise Problems(reader.problems)
    return facts


def check_labels(facts: list[Fact], problems: list[Problem]) -> None:
    """Notes labels given twice and corrections of labels that no fact has."""
    seen: set[str] = set()
    for fact in facts:
        if isinstance(fact.corrects, str) and fact.corrects not in seen:
            problems.append(Problem("unknown_label", fact.where, fact.corrects))
        if fact.label in seen:
            problems.append(Problem("duplicate_label", fact.where, fact.label or ""))
        if fact.label is not None:
            seen.add(fact.label)
