"""The ground others build on: locks, environment.yml, what may be in git, README's commands."""

import ast
import itertools
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).resolve().parent / "browser"))
import pages

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
PINNED = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
# Put together from parts, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:{})/".format("|".join(("ro" + "ot", "wo" + "rk", "ho" + "me", "Us" + "ers")))
)
REGISTRY_HOSTS = re.compile(
    "|".join(
        re.escape(name)
        for name in (
            "py" + "pi.org",
            "python" + "hosted.org",
            "registry." + "npmjs",
            "registry." + "yarnpkg",
            "conda." + "anaconda",
            "deb." + "debian.org",
            "arti" + "factory",
            "." + "library/",
        )
    )
)
IMPORT_NAMES = {
    "sdmx": "sdmx1",
    "cycler": "matplotlib",  # a part of it under its own name
    "docx": "python-docx",
    "markdown_it": "markdown-it-py",
    "pydantic_core": "pydantic",
    "pypandoc": "pypandoc-binary",
    "ruamel": "ruamel-yaml",
    "yaml": "pyyaml",
}
CONDA_NAMES = {"matplotlib-base": "matplotlib"}


def declared() -> dict:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def name_and_floor(requirement: str) -> tuple[str, str]:
    """``psycopg[binary]>=3.2`` -> (``psycopg``, ``3.2``)."""
    name, floor = re.fullmatch(r"([\w.-]+)(?:\[\w+\])?>=([\w.]+)", requirement).groups()
    return re.sub(r"[_.]", "-", name.lower()), floor


def pins(lock: str) -> dict[str, list[str]]:
    """Package -> its versions in a lock (several where Pythons differ)."""
    found: dict[str, list[str]] = {}
    for line in (PROJECT / lock).read_text(encoding="utf-8").splitlines():
        if match := PINNED.match(line):
            found.setdefault(match[1], []).append(match[2])
    return found


def tracked() -> list[Path]:
    """Files in git; outside a clone (an unpacked archive) all files but the ignored folders."""
    if (PROJECT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
        ).stdout
        paths = [PROJECT / name for name in listed.split("\0") if name]
    else:
        ignored = {".venv", "node_modules", "outputs", "__pycache__", ".mypy_cache", ".ruff_cache"}
        paths = [p for p in PROJECT.rglob("*") if not ignored & set(p.relative_to(PROJECT).parts)]
    return [path for path in paths if path.is_file()]


def tracked_texts() -> list[tuple[str, str]]:
    """(path, text) of every tracked file that is text."""
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found.append((str(path.relative_to(PROJECT)), data.decode("utf-8")))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_or_a_hash(lock: str) -> None:
    """No address, comment, option or unpinned name; every pin is followed by a hash."""
    lines = (PROJECT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PINNED.match(line) and not HASH.match(line)] == []
    after = [line for before, line in itertools.pairwise(lines) if PINNED.match(before)]
    assert len(after) == sum(len(versions) for versions in pins(lock).values()) > 0
    assert all(HASH.match(line) for line in after)


def test_locks_cover_what_is_declared() -> None:
    """Each declared package is in its lock, not older than its lowest version."""
    project = declared()["project"]
    runtime = project["dependencies"] + declared()["build-system"]["requires"]
    test = runtime + project["optional-dependencies"]["test"]
    for lock, requirements in zip(LOCKS, (runtime, test), strict=True):
        pinned = pins(lock)
        for name, floor in map(name_and_floor, requirements):
            assert name in pinned, f"{lock} lacks {name}: run `make lock`"
            for version in pinned[name]:
                assert numbers(version) >= numbers(floor), f"{lock}: {name} {version} < {floor}"


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:4])


def third_parties(paths: list[Path]) -> dict[str, str]:
    """Top-level packages that files import -> a file that does."""
    found = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            for name in names:
                found.setdefault(name.split(".")[0], str(path.relative_to(PROJECT)))
    return found


@pytest.mark.parametrize("made_by_hand", [False, True], ids=["product", "makers"])
def test_what_is_imported_is_declared(made_by_hand: bool) -> None:
    """Third-party imports are declared, not lucky; makers (make*.py) may use test extras."""
    project = declared()["project"]
    wanted = {name for name, _ in map(name_and_floor, project["dependencies"])}
    if made_by_hand:
        wanted |= {
            name for name, _ in map(name_and_floor, project["optional-dependencies"]["test"])
        }
    ours = {"a87lib", "widgets"}
    paths = [path for package in sorted(ours) for path in (PROJECT / package).rglob("*.py")]
    imported = third_parties([p for p in paths if p.stem.startswith("make") == made_by_hand])
    lucky = {
        name: path
        for name, path in imported.items()
        if name not in sys.stdlib_module_names | ours
        and IMPORT_NAMES.get(name, re.sub(r"[_.]", "-", name.lower())) not in wanted
    }
    assert lucky == {}


def test_test_lock_adds_to_the_runtime_lock() -> None:
    """Tests run on the very versions that the packs are built with."""
    runtime, test = (pins(lock) for lock in LOCKS)
    assert {name: test.get(name) for name in runtime} == runtime


def test_conda_environment_names_the_same_packages() -> None:
    """environment.yml and pyproject.toml declare the same packages and lowest versions."""
    environment = YAML(typ="safe").load(PROJECT / "environment.yml")
    listed = environment["dependencies"]
    from_pip = next(item["pip"] for item in listed if isinstance(item, dict))
    conda = [item for item in listed if isinstance(item, str) and item != "pip"]
    assert from_pip.pop() == "--editable ."
    found = dict(name_and_floor(item) for item in conda + from_pip)
    found = {CONDA_NAMES.get(name, name): floor for name, floor in found.items()}
    project = declared()["project"]
    python = project["requires-python"].removeprefix(">=")
    wanted = [
        *project["dependencies"],
        *declared()["build-system"]["requires"],
        f"python>={python}",
    ]
    assert found == dict(map(name_and_floor, wanted))


def test_no_machine_path_and_no_registry_in_git() -> None:
    """Nothing in git names a folder of one machine or the host of a package registry."""
    found = [
        f"{path}:{number}: {match[0]}"
        for path, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), 1)
        for match in [MACHINE_PATHS.search(line) or REGISTRY_HOSTS.search(line)]
        if match
    ]
    assert found == []


def test_npm_lock_has_digests_and_no_address() -> None:
    """The browser tests' package is pinned by digest, from wherever it is fetched."""
    lock = json.loads((PROJECT / "tests/browser/package-lock.json").read_text(encoding="utf-8"))
    packages = [entry for place, entry in lock["packages"].items() if place]
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages)
    assert not any("resolved" in entry for entry in packages)


def test_notebooks_hold_no_output() -> None:
    """Outside tests, notebooks in git carry no stored output and no execution count."""
    for path in tracked():
        place = path.relative_to(PROJECT)
        if path.suffix != ".ipynb" or place.parts[0] == "tests":
            continue
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            stored = cell.get("outputs") or cell.get("execution_count")
            assert not stored, f"{place} holds output: run .venv/bin/nbstripout {place}"


def test_commands_in_the_readme_exist() -> None:
    """Every `make …` that README names is a target, and every target is named there."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split())
    named = set(re.findall(r"(?:^|`)make ([a-z]+)\b", readme, re.MULTILINE))
    assert named == targets - {"help", "python"}


def test_hooks_fetch_nothing() -> None:
    """pre-commit runs local hooks only, all of them tools of .venv."""
    config = YAML(typ="safe").load(PROJECT / ".pre-commit-config.yaml")
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


def environment_script(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run scripts/environment.py --test in a copy with no .venv and its own PATH."""
    copy = tmp_path / "project"
    (copy / "scripts").mkdir(parents=True)
    (copy / "tests/browser").mkdir(parents=True)
    for name in (*LOCKS, "pyproject.toml", "scripts/environment.py"):
        (copy / name).write_bytes((PROJECT / name).read_bytes())
    lock = "tests/browser/package-lock.json"
    (copy / lock).write_bytes((PROJECT / lock).read_bytes())
    python = os.path.realpath(PROJECT / ".venv/bin/python")
    return subprocess.run(
        [python, str(copy / "scripts/environment.py"), "--test"],
        env={"PATH": str(tmp_path / "bin"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_chromium_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    """No Chromium and no apt: exit status 1, one sentence with the way out, nothing made."""
    outcome = environment_script(tmp_path)
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert outcome.stderr.count("\n") == 1
    assert "Chromium is missing" in outcome.stderr
    assert "apt-get install chromium" in outcome.stderr
    assert not (tmp_path / "project/.venv").exists()


def test_a_wrong_chromium_is_named(tmp_path: Path) -> None:
    """A87_CHROMIUM that cannot be run is named, rather than another browser taken."""
    outcome = environment_script(tmp_path, A87_CHROMIUM="/nowhere/chromium")
    assert outcome.returncode == 1
    assert "A87_CHROMIUM names /nowhere/chromium" in outcome.stderr


@pytest.mark.parametrize("name", ["chromium-browser", "google-chrome", "A87_CHROMIUM"])
def test_the_browser_that_make_test_is_content_with_is_the_one_that_tests_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Under whatever name Chromium is found, no other one is asked for, and no test is skipped."""
    program = tmp_path / "bin" / name
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    named = {name: str(program)} if name.startswith("A87") else {}
    assert "Chromium" not in environment_script(tmp_path, **named).stderr
    monkeypatch.setenv("PATH", str(program.parent))
    for key, value in named.items():
        monkeypatch.setenv(key, value)
    assert pages.program() == str(program)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("import sys; sys.version_info = (3, 9, 2)", "Python 3.11 or newer is needed"),
        ("import sys; sys.modules['ensurepip'] = None", "venv module is missing"),
    ],
    ids=["old-python", "no-venv"],
)
def test_a_missing_piece_is_said_in_one_sentence(tmp_path: Path, change: str, words: str) -> None:
    """Python too old, or no venv module: exit status 1 and one sentence that says what to do."""
    (tmp_path / "scripts").mkdir()
    for name in ("requirements.lock", "pyproject.toml", "scripts/environment.py"):
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    program = f"{change}; sys.path.insert(0, 'scripts'); import environment; environment.ensure()"
    outcome = subprocess.run(
        [os.path.realpath(PROJECT / ".venv/bin/python"), "-c", program],
        cwd=tmp_path,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1
    assert words in outcome.stderr
    assert outcome.stderr.count("\n") == 1
    assert not (tmp_path / ".venv").exists()
