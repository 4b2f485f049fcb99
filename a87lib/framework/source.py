"""A YAML file of the framework, read strictly and with the line of everything in it.

libyaml composes the nodes (fifteen times faster than a parser in Python); what a plain word means
follows YAML 1.2: `yes`, `no` and `NO` are words, a date is text until it is asked for as a date.
Keys given twice, aliases and unknown keys are problems, gathered for the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from a87lib.language import LANGUAGES, spaced
from a87lib.problems import Problem, Problems, problem

Words = dict[str, str]
Scalar = str | int | float | bool | None
Built = TypeVar("Built")

_WHOLE = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CORE: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}
_SPACES = re.compile(r"\s+")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _scalar(node: Any) -> Scalar:
    text: str = node.value
    if node.style:  # quoted or a block
        return text
    if text in _CORE:
        return _CORE[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class Part:
    """One node of a file: asked for as what it should be, it answers or notes a problem.

    file: the name people know; path: keys from the top; found: the problems of the whole file.
    After a problem the answer is an empty one, which nobody sees: `read` raises at the end.
    """

    node: Any
    file: str
    path: str
    problems: list[Problem]

    @property
    def where(self) -> str:
        """File, line and key."""
        return f"{self.file}:{self.node.start_mark.line + 1} {self.path}".rstrip()

    def refuse(self, code: str, found: object = "", **args: object) -> None:
        """Notes a problem at this place."""
        self.problems.append(Problem(code, self.where, str(found), dict(args)))

    def _child(self, node: Any, step: str) -> Part:
        path = f"{self.path}.{step}" if self.path else step
        return Part(node, self.file, path, self.problems)

    def entries(self) -> dict[str, Part]:
        """The members of a mapping whose keys are free."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse("framework_not_mapping", self._shown())
            return {}
        members: dict[str, Part] = {}
        for key, value in self.node.value:
            name = str(key.value)
            child = Part(value, self.file, f"{self.path}.{name}".lstrip("."), self.problems)
            if name in members:
                child.refuse("framework_key_twice", name)
            members[name] = child
        return members

    def members(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Part]:
        """The members of a mapping whose keys are given; others, and missing ones, are problems."""
        wanted, known = tuple(required), (*required, *optional)
        members = self.entries()
        for name, part in members.items():
            if name not in known:
                part.refuse("framework_unknown_key", name, known=", ".join(known))
        for name in wanted:
            if name not in members:
                self.refuse("framework_missing_key", name, key=name)
                nothing = yaml.ScalarNode("", "", self.node.start_mark)
                members[name] = Part(nothing, self.file, name, [])  # said once: it is missing
        return members

    def items(self) -> Iterator[Part]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse("framework_not_list", self._shown())
            return
        for number, node in enumerate(self.node.value, start=1):
            yield self._child(node, str(number))

    def scalar(self) -> Scalar:
        """A single value, whatever its type."""
        if isinstance(self.node, yaml.ScalarNode):
            return _scalar(self.node)
        self.refuse("framework_not_text", self._shown())
        return None

    def text(self) -> str:
        """A text that is not empty, its white space made single."""
        value = self.scalar()
        if not isinstance(value, str) or not value.strip():
            self.refuse("framework_not_text", self._shown())
            return ""
        return _SPACES.sub(" ", value).strip()

    def texts(self) -> tuple[str, ...]:
        """A list of texts, each once."""
        found = tuple(part.text() for part in self.items())
        if len(set(found)) < len(found):
            self.refuse("framework_value_twice", ", ".join(found))
        return found

    def words(self) -> Words:
        """A text in each of the languages, with typographic apostrophes and spaces."""
        members = self.members(LANGUAGES)
        texts = {language: members[language].text() for language in LANGUAGES}
        return {
            language: spaced(text.replace("'", "’"), language) for language, text in texts.items()
        }

    def choice(self, options: Iterable[str]) -> str:
        """One of the given words."""
        value, known = self.text(), tuple(options)
        if value not in known:
            self.refuse("framework_unknown_value", value, known=", ".join(known))
        return value

    def whole(self) -> int:
        """A whole number."""
        value = self.scalar()
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse("framework_not_whole", self._shown())
            return 0
        return value

    def number(self) -> float:
        """A number."""
        value = self.scalar()
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse("framework_not_number", self._shown())
            return 0.0
        return value

    def flag(self) -> bool:
        """true or false."""
        value = self.scalar()
        if not isinstance(value, bool):
            self.refuse("framework_not_flag", self._shown())
            return False
        return value

    def day(self) -> date:
        """A calendar day, 2024-05-02."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.refuse("framework_not_day", self._shown())
            return date.min

    def _shown(self) -> str:
        value = self.node.value
        return value if isinstance(value, str) else "[…]" if isinstance(value, list) else ""


def _refuse_aliases(node: Any, file: str, seen: set[int]) -> None:
    if id(node) in seen:
        raise problem("framework_alias", f"{file}:{node.start_mark.line + 1}")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_aliases(child, file, seen)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise problem("framework_not_text", f"{file}:{key.start_mark.line + 1}")
            _refuse_aliases(value, file, seen)


def _composed(path: Path, content: bytes) -> Any:
    try:
        return yaml.compose(content.decode("utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise problem("framework_not_utf8", path.name, content[error.start : error.end]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}:{mark.line + 1}" if mark is not None else path.name
        raise problem("framework_not_yaml", where, getattr(error, "problem", "") or "") from error


def read(path: Path, content: bytes, build: Callable[[Part], Built]) -> Built:
    """What `build` makes of the file's top node; raises Problems with all problems of the file."""
    node = _composed(path, content)
    if node is None:
        raise problem("framework_empty", path.name)
    _refuse_aliases(node, path.name, set())
    top = Part(node, path.name, "", [])
    built = build(top)
    if top.problems:
        raise Problems(top.problems)
    return built
