"""`a87 review`: packs on the disk, and bad input that leaves nothing there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from a87lib.cli import main
from a87lib.cli.review import review

PROJECT = Path(__file__).resolve().parent.parent
NOTEBOOK = PROJECT / "notebooks" / "country_review.ipynb"


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    returncode: object
    stdout: str
    stderr: str


@pytest.fixture
def a87(capsys, monkeypatch):
    """`a87 review` as a person runs it, in this process."""

    def run(*arguments: str, language: str = "en") -> Done:
        monkeypatch.setenv("A87_LANG", language)
        monkeypatch.delenv("A87_REGISTER", raising=False)
        with pytest.raises(SystemExit) as ended:
            main(["review", *arguments])
        return Done(ended.value.code, *capsys.readouterr())

    return run


@pytest.mark.slow
def test_a_pack_is_made_and_a_rerun_makes_nothing_anew(a87, exercise_register, tmp_path):
    """Two documents, two formats, the executed notebook beside them, an index and a manifest.

    Standard output has one line; what was kept, the split and the memory are told beside it.
    """
    out = tmp_path / "pack"
    order = ("QMK", "--register", exercise_register, "--out", str(out), "--lang", "en,fr",
             "--format", "html,pdf")  # fmt: skip
    done = a87(*order)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 documents are in ") and done.stdout.strip().endswith(" s.")
    assert "2 made, 0 kept" in done.stderr and "Memory of all processes" in done.stderr
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    editions = {f"QMK/review.{lang}.{form}" for lang in ("en", "fr")
                for form in ("html", "pdf", "ipynb")}  # fmt: skip
    assert names == editions | {"index.html", "manifest.json"}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [d["parameters"]["language"] for d in manifest["documents"]] == ["en", "fr"]
    assert str(exercise_register) not in (out / "QMK/review.en.ipynb").read_text(encoding="utf-8")
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in out.rglob("*.pdf")}
    again = a87(*order)
    assert again.returncode == 0 and "0 made, 2 kept" in again.stderr
    assert before == {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in out.rglob("*.pdf")}


@pytest.mark.slow
def test_a_copy_of_the_notebook_is_used_and_one_that_fails_is_named_with_its_cell(
    a87, exercise_register, tmp_path
):
    """`--notebook` runs a copy with a section less; what fails leaves no half-made document."""
    own = tmp_path / "mine.ipynb"
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "indicators"]
    for cell in notebook["cells"]:
        if cell["id"] == "roadmap":
            cell["source"] = [*cell["source"], "\n", "if language == 'fr': 1 / 0"]
    own.write_text(json.dumps(notebook), encoding="utf-8")
    out = tmp_path / "out"
    done = a87("QMK", "--register", exercise_register, "--out", str(out), "--lang", "en,fr",
               "--format", "html", "--notebook", str(own))  # fmt: skip
    assert done.returncode == 1
    assert "QMK/review.fr" in done.stderr and "mine.ipynb" in done.stderr
    assert "division" in done.stderr
    assert not list(out.rglob("review.fr.*"))
    page = (out / "QMK/review.en.html").read_text(encoding="utf-8")
    assert 'id="sources"' in page and 'id="indicators"' not in page


@pytest.mark.parametrize(
    ("language", "arguments", "status"),
    [
        ("en", ("QQQQ",), 2),
        ("fr", ("QQQQ",), 2),
        ("es", ("QMA", "ETH"), 2),
        ("en", ("ETH",), 2),
        ("fr", ("QMA", "--lang", "de"), 2),
        ("es", ("QMA", "--format", "odt"), 2),
        ("en", ("QMA", "--asof", "2025-02-30"), 2),
        ("fr", ("QMA", "--known-at", "soon"), 2),
        ("es", ("QMA", "--cycle", "1999"), 2),
        ("en", ("QMZ",), 1),
    ],
)
def test_bad_input_is_refused_in_one_sentence_and_leaves_nothing(
    a87, exercise_register, tmp_path, language, arguments, status
):
    """No traceback, no folder: status 2 for wrong usage, 1 for what is not there."""
    out = tmp_path / "pack"
    done = a87(*arguments, "--register", exercise_register, "--out", str(out), language=language)
    assert done.returncode == status, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr and "{" not in done.stderr
    assert not done.stdout and not out.exists()


def test_a_repeated_option_adds_to_the_list():
    """`--lang fr --lang es` is both, as `--lang fr,es` is; without the option it is all."""

    def chosen(*arguments):
        return review.make_context("review", ["QMA", *arguments]).params

    told = chosen("--lang", "fr", "--lang", "es", "--format", "html", "--format", "pdf")
    assert (told["lang"], told["formats"]) == ("fr,es", "html,pdf")
    assert (chosen()["lang"], chosen()["formats"]) == ("en,fr,es", "html,pdf,docx")


def test_a_misspelt_option_stops_the_run(a87, exercise_register, tmp_path):
    """`--asfo` is not silently ignored."""
    done = a87("QMA", "--asfo", "2025-12-15", "--register", exercise_register)
    assert done.returncode == 2 and "--asfo" in done.stderr


def test_a_missing_register_is_told_and_none_is_made(a87, tmp_path):
    """One sentence that says how to make one."""
    where = tmp_path / "none.db"
    done = a87("QMA", "--register", str(where), "--out", str(tmp_path / "out"))
    assert done.returncode == 1 and "a87 init" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_without_the_parameters_is_refused(a87, exercise_register, tmp_path):
    """A copy that renamed a parameter would ignore what it is given: it is not run."""
    own = tmp_path / "mine.ipynb"
    text = NOTEBOOK.read_text(encoding="utf-8")
    own.write_text(text.replace("cycle = 2025", "cylce = 2025"), encoding="utf-8")
    assert own.read_text(encoding="utf-8") != text
    done = a87("QMK", "--register", exercise_register, "--out", str(tmp_path / "out"),
               "--notebook", str(own))  # fmt: skip
    assert done.returncode == 2 and "“cycle”" in done.stderr
    assert not (tmp_path / "out").exists()
