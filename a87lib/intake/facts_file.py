"""Facts written in YAML: read, typed, and every problem gathered with its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from a87lib.facts import KINDS, VISIBILITIES, Body, Fact, Observation, PartialDate, instant
from a87lib.intake.countries import known_country, suggestions
from a87lib.intake.field_problems import field_problems
from a87lib.intake.observation_rows import observed, rows_of
from a87lib.intake.yaml_text import excerpt, line_of, plain, read_yaml
from a87lib.problems import Problem, Problems

ENVELOPE = frozenset(
    "id kind country cycle meeting happened_on precision recorded_at recorded_by corrects "
    "withdrawn visibility source slot observations".split()
)
INHERITED = ("kind", "country", "cycle", "meeting")
FIRST_CYCLE, LAST_CYCLE, LAST_MEETING = 2000, 2100, 9999


@dataclass
class FactsReader:
    """Reads facts of one file and gathers what is wrong with them.

    defaults: envelope fields that hold for every fact of the file (country, meeting). earlier: the
    labels read so far, each with what a correction takes over from the fact.
    """

    file: str
    folder: Path | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    earlier: dict[str, dict[str, Any]] = field(default_factory=dict)

    def refuse(
        self, code: str, node: Any, key: str | int | None, found: object, **args: object
    ) -> None:
        """Notes a problem at a node, at one of its keys, or at one of its items."""
        where = f"{self.file}:{line_of(node, key) or 1}"
        where += f" {key}" if isinstance(key, str) else ""
        told = found if isinstance(found, str) else excerpt(found)
        self.problems.append(Problem(code, where, told, args))

    def maps_of(self, nodes: Any, wanted: str) -> list[Any]:
        """The maps in a list; what is no list, or no map (then `wanted` is missed), is refused."""
        if not isinstance(nodes, list):
            self.refuse("not_a_list", nodes, None, excerpt(nodes))
            return []
        for place, node in enumerate(nodes):
            if not isinstance(node, dict):
                self.refuse(wanted, nodes, place, excerpt(node))
        return [node for node in nodes if isinstance(node, dict)]

    def read(self, nodes: Any) -> list[Fact]:
        """The facts of a list; those with a problem are left out and the problem is noted."""
        self.earlier = {}
        found = (self.fact(node) for node in self.maps_of(nodes, "not_a_fact"))
        return [fact for fact in found if fact is not None]

    def fact(self, node: Any) -> Fact | None:
        """One fact, or None where something is wrong with it."""
        before = len(self.problems)
        data = self._with_corrected(node)
        kind = data.get("kind")
        if kind is None:
            self.refuse("missing_field", node, None, "", field="kind")
            return None
        if not (isinstance(kind, str) and kind in KINDS):
            self.unknown_kind(node, "kind", kind)
            return None
        data = {**self._defaults_for(KINDS[kind]), **data}
        envelope = self._envelope(node, data)
        body = self._body(node, KINDS[kind], data)
        observations = self._observations(node, data)
        self._belongs(node, KINDS[kind], data)
        if len(self.problems) > before or body is None or envelope is None:
            return None
        return Fact(
            body=body, observations=observations, file=self.file, line=line_of(node), **envelope
        )

    def unknown_kind(self, node: Any, key: str, kind: object) -> None:
        """Notes a word that is no kind of entry, with the kinds that may be meant."""
        self.refuse("unknown_kind", node, key, excerpt(kind), near=_nearest(str(kind)))

    def _with_corrected(self, node: Any) -> dict[str, Any]:
        """The fact's fields; a correction has kind, country, cycle and meeting of what it corrects.

        A label is known once it stood in the list; it goes before an entry's number.
        """
        data: dict[str, Any] = plain(node)
        if "id" in data and str(data["id"]) in self.earlier:
            self.refuse("duplicate_label", node, "id", data["id"])
        if "corrects" in data:
            label = str(data["corrects"])
            if label in self.earlier:
                data = {**self.earlier[label], **data, "corrects": label}
            elif type(data["corrects"]) is not int:
                self.refuse("unknown_label", node, "corrects", excerpt(data["corrects"]))
        if "id" in data:
            self.earlier[str(data["id"])] = {key: data[key] for key in INHERITED if key in data}
        return data

    def _defaults_for(self, model: type[Body]) -> dict[str, Any]:
        """The file's defaults that an entry of this kind can have."""
        taken = {"country": ("country", "either"), "meeting": ("meeting", "either")}
        return {k: v for k, v in self.defaults.items() if k not in taken or model.of in taken[k]}

    def _envelope(self, node: Any, data: dict[str, Any]) -> dict[str, Any] | None:
        when = self._when(node, data)
        self.check_country(node)
        visibility = data.get("visibility", KINDS[data["kind"]].default_visibility)
        if visibility not in VISIBILITIES:
            known = ", ".join(VISIBILITIES)
            self.refuse("unknown_code", node, "visibility", visibility, expected=known)
        for key, low, high in (("cycle", FIRST_CYCLE, LAST_CYCLE), ("meeting", 1, LAST_MEETING)):
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

    def check_country(self, node: Any) -> None:
        """Refuses a country that the node names and that there is not."""
        code = plain(node.get("country"))
        if code is not None and not known_country(code):
            near = ", ".join(suggestions(code))
            self.refuse("unknown_country", node, "country", excerpt(code), near=near)

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
            fields_known = tuple(model.model_fields)
            self.problems += field_problems(self.file, node, fields_known, error)
            return None

    def _observations(self, node: Any, data: dict[str, Any]) -> tuple[Observation, ...]:
        given = data.get("observations")
        if given is None:
            return ()
        if isinstance(given, str):
            return self._table(node, given, data.get("country"))
        if not isinstance(given, list):
            self.refuse("not_a_list", node, "observations", excerpt(given))
            return ()
        lines = [line_of(row) or line_of(node, "observations") for row in node["observations"]]
        rows = zip(lines, given, strict=True)
        return tuple(observed(self.file, rows, self.problems))

    def _table(self, node: Any, name: str, country: str | None) -> tuple[Observation, ...]:
        if self.folder is None:
            self.refuse("no_such_file", node, "observations", name)
            return ()
        try:
            rows = rows_of(self.folder / name, country)
        except OSError:
            self.refuse("no_such_file", node, "observations", name)
            return ()
        except UnicodeDecodeError:
            self.refuse("not_utf8", node, "observations", name)
            return ()
        return tuple(observed(name, rows, self.problems))


def _nearest(word: str) -> str:
    return ", ".join(get_close_matches(word, KINDS, n=3)) or ", ".join(sorted(KINDS))


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
        reader.check_country(content)
        defaults = {key: plain(content[key]) for key in known - {"facts"} if key in content}
        reader.defaults = defaults
        facts = reader.read(content.get("facts", []))
    elif content is not None:
        facts = reader.read(content)
    if reader.problems:
        raise Problems(reader.problems)
    return facts
