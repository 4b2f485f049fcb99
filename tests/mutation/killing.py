"""What a mutant does to the cases and tests, each in a process of its own that is forked here.

The parent has read what takes long and is never changed (facts, framework, catalogues, cases, the
exercise); a child imports the rules anew, with the mutant in the place of its module.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

from mutation.making import Mutant

PROJECT = Path(__file__).resolve().parent.parent.parent
ASKED_ANEW = ("a87lib.rules", "a87lib.cases")
SHAPE = "test_rules_shape"  # looks at classes, not at what functions find
SECONDS = 40
"""Of computing time: a child that takes longer runs in circles."""
IMPORT, CASES, TESTS, SURVIVED, SAME = "import", "cases", "tests", "survived", "same"
STATUS = {IMPORT: 11, CASES: 12, TESTS: 13, SURVIVED: 14, SAME: 15}
OUTCOMES = {status: name for name, status in STATUS.items()}
Calls = dict[str, dict[str, Any]]


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant's text where its module is imported."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        self.name, self.mutant = name, mutant

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=str(self.mutant.path))

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self.mutant.path)
        exec(compile(self.mutant.source, module.__file__, "exec"), module.__dict__)


def module_name(path: Path) -> str:
    """a87lib/rules/signals.py as a87lib.rules.signals."""
    return ".".join(path.resolve().relative_to(PROJECT).with_suffix("").parts)


def forked(work: Callable[[], int], seconds: int = SECONDS) -> int | str:
    """The exit status of some work done in a forked process, or `timeout`."""
    pid = os.fork()
    if pid == 0:
        status = STATUS[IMPORT]
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            status = work()
        finally:
            os._exit(status)
    _, ended = os.waitpid(pid, 0)
    return "timeout" if os.WIFSIGNALED(ended) else os.WEXITSTATUS(ended)


def outcome(mutant: Mutant, cases: Sequence[Any], calls: Calls) -> str:
    """How a mutant ends: what noticed it, or `survived`; `same` where it changes nothing."""
    status = forked(lambda: _try(mutant, cases, calls))
    return OUTCOMES.get(status, "timeout") if isinstance(status, int) else status


def _try(mutant: Mutant, cases: Sequence[Any], calls: Calls) -> int:
    if mutant.changes_nothing:
        return STATUS[SAME]
    _forget()
    sys.meta_path.insert(0, _Finder(module_name(mutant.path), mutant))
    rules = importlib.import_module("a87lib.rules").RULES
    mine = {name for name, each in rules.items() if _of(each, mutant)}
    ordered = sorted(cases, key=lambda case: all(e.rule not in mine for e in case.expectations))
    try:
        failed = not _cases_pass(ordered)
    except Exception:  # noqa: BLE001 - whatever a fault raises is noticed
        failed = True
    if failed:
        return STATUS[CASES]
    return STATUS[SURVIVED if _tests_pass(_tests_of(mutant, calls)) else TESTS]


def _of(rule: Any, mutant: Mutant) -> bool:
    return str(rule.judge.__module__) == module_name(mutant.path)


def _forget() -> None:
    """Lets the rules, and what is above them, be imported anew."""
    for name in [name for name in sys.modules if name.startswith(ASKED_ANEW)]:
        del sys.modules[name]


def _cases_pass(cases: Sequence[Any]) -> bool:
    """Whether every case finds what it says, and every finding can be said (in English)."""
    from a87lib import framework
    from a87lib.cases.running import run_case
    from a87lib.rules import as_data, reason_sentence, sentence

    checks: list[Any] = []
    for case in cases:
        before = len(checks)
        checks += run_case(case, framework.load())
        if not all(check.passed for check in checks[before:]):
            return False
    for check in checks:
        told = [sentence(check.finding, "en")]
        told += [reason_sentence(reason, "en") for reason in check.finding.because]
        if any("{" in text or "None" in text or not text for text in told):
            return False
        as_data(check.finding, "en")
    return True


def _tests_of(mutant: Mutant, calls: Calls) -> list[str]:
    """The tests that reach the function (or, outside of functions, the module), quickest first."""
    place = mutant.function
    whole = ":" not in place or mutant.operator == "RemoveDecorator"
    found = [
        test
        for test, seen in calls.items()
        if place in _reached(seen["functions"]) or (whole and SHAPE in test)
    ]
    return sorted(found, key=lambda test: calls[test]["seconds"])


def _reached(functions: list[str]) -> set[str]:
    """The functions and their modules."""
    return {*functions, *(function.partition(":")[0] for function in functions)}


class _Chosen:
    """Keeps these tests only, in this order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.order = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = [item for item in items if item.nodeid in self.order]
        items.sort(key=lambda item: self.order[item.nodeid])


def _tests_pass(tests: Sequence[str]) -> bool:
    if not tests:
        return True
    files = sorted({test.partition("::")[0] for test in tests})
    return _pytest(["-x", *files], _Chosen(tests)) == 0


def _pytest(arguments: Sequence[str], plugin: object) -> int:
    os.chdir(PROJECT)
    os.environ.update(CI="1", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    bare = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={PROJECT}"]
    return int(pytest.main([*bare, *arguments], plugins=[plugin]))


class _Watched:
    """Notes which functions of the rules each test reaches, and how long it takes."""

    def __init__(self, folder: str) -> None:
        self.folder, self.seen = folder, set[str]()
        self.calls: Calls = {}

    def enter(self, frame: FrameType, event: str, arg: Any) -> None:
        """Called at the start of every function."""
        if frame.f_code.co_filename.startswith(self.folder):
            code = frame.f_code
            self.seen.add(f"{code.co_filename.rpartition(os.sep)[2]}:{code.co_firstlineno}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Any:
        self.seen = set()
        sys.settrace(self.enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.calls.setdefault(item.nodeid, {})["functions"] = sorted(self.seen)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when == "call":
            self.calls.setdefault(report.nodeid, {})["seconds"] = report.duration


def calls_of(files: Sequence[str], folder: Path, slowest: float = 2.0) -> Calls:
    """Which functions of a folder each test reaches; raises where a test fails without a mutant.

    slowest: tests that took longer (traced) are left out.
    """
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:

        def watch() -> int:
            _forget()
            watched = _Watched(f"{folder.resolve()}{os.sep}")
            status = _pytest(list(files), watched)
            Path(file.name).write_text(json.dumps(watched.calls), encoding="utf-8")
            return status

        status = forked(watch, seconds=20 * SECONDS)
        if status != 0:
            raise RuntimeError(f"the tests fail without any mutant: {status}")
        calls: Calls = json.loads(Path(file.name).read_text(encoding="utf-8"))
    return {test: seen for test, seen in calls.items() if seen["seconds"] <= slowest}
