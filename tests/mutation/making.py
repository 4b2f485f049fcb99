"""Mutants of a module: what cosmic-ray's operators make of it, one small fault each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import cosmic_ray.plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor

COMPARED = {
    "Eq": ("NotEq",),
    "NotEq": ("Eq",),
    "Lt": ("LtE", "GtE"),
    "LtE": ("Lt", "Gt"),
    "Gt": ("GtE", "LtE"),
    "GtE": ("Gt", "Lt"),
    "Is": ("IsNot",),
    "IsNot": ("Is",),
}
COUNTED = {
    "Add": ("Sub",),
    "Sub": ("Add",),
    "Mul": ("Div",),
    "Div": ("Mul",),
    "Mod": ("Div",),
    "Pow": ("Mul",),
    "BitOr": ("BitAnd",),
}
OPERATORS = (
    "AddNot",
    "NumberReplacer",
    "RemoveDecorator",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_USub",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ExceptionReplacer",
    "ZeroIterationForLoop",
    *(f"ReplaceComparisonOperator_{old}_{new}" for old, news in COMPARED.items() for new in news),
    *(f"ReplaceBinaryOperator_{old}_{new}" for old, news in COUNTED.items() for new in news),
)
"""One opposite or neighbour of each operator. The further pairs of cosmic-ray (`+` as `<<`, `==` as
`>=`) fail at once almost always, and would only make the share of killed mutants look better."""


@dataclass(frozen=True)
class Mutant:
    """The so-manieth change that an operator of cosmic-ray makes in a module. line: from 1."""

    path: Path
    operator: str
    occurrence: int
    line: int

    @property
    def key(self) -> str:
        """What names it in the results."""
        return f"{self.operator}:{self.occurrence}"

    @cached_property
    def source(self) -> str:
        """The module with the fault."""
        operator = cosmic_ray.plugins.get_operator(f"core/{self.operator}")()
        text = self.path.read_text(encoding="utf-8")
        return str(MutationVisitor.mutate_code(text, operator, self.occurrence))

    @property
    def changes_nothing(self) -> bool:
        """Whether only what never runs is changed: annotations."""
        return _running(self.source) == _running(self.path.read_text(encoding="utf-8"))

    @property
    def function(self) -> str:
        """The function that is changed, by its module and first line; else the module."""
        starts = []
        for node in ast.walk(ast.parse(self.path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                first = min(each.lineno for each in (node, *node.decorator_list))
                if first <= self.line <= (node.end_lineno or first):
                    starts.append(first)
        return f"{self.path.name}:{max(starts)}" if starts else self.path.name

    @property
    def difference(self) -> tuple[str, str]:
        """The lines before and after, without their indents."""
        before = self.path.read_text(encoding="utf-8").splitlines()
        lines = list(unified_diff(before, self.source.splitlines(), n=0, lineterm=""))[2:]
        gone = " ".join(line[1:].strip() for line in lines if line.startswith("-")).strip()
        come = " ".join(line[1:].strip() for line in lines if line.startswith("+")).strip()
        return gone, come or f"without {gone}"


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a module, in the order of the operators."""
    nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
    for name in OPERATORS:
        operator = cosmic_ray.plugins.get_operator(f"core/{name}")()
        places = (place for node in nodes for place in operator.mutation_positions(node))
        for occurrence, ((line, _column), _end) in enumerate(places):
            yield Mutant(path, name, occurrence, line)


def digest(path: Path) -> str:
    """A short digest of a module: results hold for this text of it."""
    return sha256(path.read_bytes()).hexdigest()[:12]


def _running(source: str) -> str:
    """What of a module runs, as text: its syntax tree without annotations."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(None)
        if isinstance(node, ast.FunctionDef):
            node.returns = None
    return ast.dump(tree)
