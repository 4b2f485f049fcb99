"""YAML 1.2 as people write it, read with the line of everything: `NO`, `yes` and `no` are words."""

from __future__ import annotations

import re
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import ConstructorError, DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode
from ruamel.yaml.scalarfloat import ScalarFloat

from a87lib.problems import problem

EXCERPT = 80  # characters
MOST_REPEATED = 100_000  # parts of a text that aliases say again
_HALF = re.compile("[\ud800-\udfff]")


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; its maps and lists know their lines (`line_of`).

    Raises Problems where the file is missing, is not UTF-8, is not YAML, or gives a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise problem("no_such_file", str(path)) from None
    except UnicodeDecodeError:
        raise problem("not_utf8", str(path)) from None
    except OSError as error:
        raise problem("unreadable_file", str(path), error.strerror or "") from None
    return parse_yaml(text, path.name)


class _Constructor(RoundTripConstructor):
    """Reads YAML; a day that no calendar has stays text, to be refused where it stands.

    Half of a sign (`"\\ud800"`), which no register can keep, is no text; nor is what holds itself,
    or repeats itself again and again.
    """

    def construct_document(self, node: Any) -> Any:
        self._weight(node, {})
        return super().construct_document(node)

    def _weight(self, node: Any, weights: dict[int, float]) -> float:
        """How many parts a node has; infinitely many while they are being counted."""
        if id(node) not in weights:
            weights[id(node)] = inf
            value = [] if isinstance(node, ScalarNode) else node.value
            parts = chain.from_iterable(value) if isinstance(node, MappingNode) else value
            weights[id(node)] = 1 + sum(self._weight(part, weights) for part in parts)
        if weights[id(node)] > len(weights) + MOST_REPEATED:
            raise ConstructorError(problem="&a [*a, *a …]", problem_mark=node.start_mark)
        return weights[id(node)]

    def construct_scalar(self, node: Any) -> Any:
        if half := _HALF.search(node.value):
            found = f"U+{ord(half[0]):04X}"
            raise ConstructorError(problem=found, problem_mark=node.start_mark)
        return super().construct_scalar(node)

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return str(node.value)


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


def parse_yaml(text: str, name: str) -> Any:
    """The content of YAML text; `name` is what problems call the file."""
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    try:
        return yaml.load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        found = (error.problem or "").split("\n")[0]
        raise problem("duplicate_key", f"{name}:{line}", found) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise problem("not_yaml", f"{name}:{line}", error.problem or "") from None
    except (YAMLError, ValueError) as error:
        raise problem("not_yaml", name, str(error).split("\n")[0]) from None
    except RecursionError:
        raise problem("not_yaml", name, "[[[…") from None


def line_of(node: Any, key: Any = None) -> int:
    """The line (from 1) of a map or list, or of one of its keys; 0 where it is not known."""
    mark = getattr(node, "lc", None)
    if mark is None or mark.line is None:
        return 0
    if key is not None and mark.data and key in mark.data:
        return int(mark.data[key][0]) + 1
    return int(mark.line) + 1


class Written(float):
    """A number that remembers how it was written, since an action may be numbered 1.10."""

    written: str

    def __new__(cls, node: Any) -> Written:
        """The number of a node of YAML."""
        number = super().__new__(cls, float(node))
        decimals = max(0, node._width - node._prec - 1) if node._prec >= 0 else 0
        plainly = f"{float(node):.{decimals}f}"
        number.written = plainly if float(plainly) == float(node) else repr(float(node))
        return number


def plain(node: Any) -> Any:
    """The content as plain Python data."""
    if isinstance(node, ScalarFloat):
        return Written(node)
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(item) for item in node]
    if isinstance(node, bool):
        return bool(node)
    for kind in (str, int, float):
        if isinstance(node, kind):
            return kind(node)
    return node


def as_written(value: Any) -> str:
    """Plain data as people write it in YAML: {a: 1, b: [x, true]}."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {as_written(each)}' for key, each in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(as_written, value))}]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def excerpt(node: Any) -> str:
    """The beginning of what stood there, to be shown in a problem; a dash for nothing."""
    shown = as_written(plain(node)) if node is not None else ""
    return shown[:EXCERPT] if shown else "–"
