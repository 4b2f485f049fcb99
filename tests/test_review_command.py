"""`a87 review`: packs on the disk, and bad input that leaves nothing there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from a87lib.report.review.inputs import code

PROJECT = Path(__file__).resolve().parent.parent
NOTEBOOK = PROJECT / "notebooks" / "country_review.ipynb"


def a87(*arguments: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    """The command as a person runs it."""
    import os

    environment = {**os.environ, "A87_LANG": language, "PYTHONPATH": str(PROJECT)}
    environment.pop("A87_REGISTER", None)
    call = [sys.executable, "-c", "from a87lib.cli import main; main()", "review", *arguments]
    return subprocess.run(call, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.slow
def test_a_pack_is_made_and_a_rerun_makes_nothing_anew(exercise_register, tmp_path):
    """Two languages, two formats, the executed notebook beside them, an index and a manifest."""
    out = tmp_path / "pack"
    order = ("QMK", "QMI", "--register", exercise_register, "--out", str(out), "--lang", "en,fr",
             "--format", "html,pdf")  # fmt: skip
    done = a87(*order)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("4 documents are in ") and done.stdout.strip().endswith(" s.")
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    editions = {f"{c}/review.{lang}.{form}" for c in ("QMK", "QMI") for lang in ("en", "fr")
                for form in ("html", "pdf", "ipynb")}  # fmt: skip
    assert names == editions | {"index.html", "manifest.json"}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {d["parameters"]["country"] for d in manifest["documents"]} == {"QMK", "QMI"}
    assert str(exercise_register) not in (out / "QMK/review.en.ipynb").read_text(encoding="utf-8")
    written = code.__wrapped__()
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in out.rglob("*.pdf")}
    assert a87(*order).returncode == 0
    if code.__wrapped__() != written:
        pytest.skip("the package was edited meanwhile, so everything was rightly made anew")
    assert before == {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in out.rglob("*.pdf")}


@pytest.mark.slow
def test_an_analyst_s_own_copy_of_the_notebook_is_used(exercise_register, tmp_path):
    """`--notebook` runs a copy with a section less."""
    own = tmp_path / "mine.ipynb"
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "indicators"]
    own.write_text(json.dumps(notebook), encoding="utf-8")
    done = a87("QMK", "--register", exercise_register, "--out", str(tmp_path / "out"),
               "--lang", "en", "--format", "html", "--notebook", str(own))  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/QMK/review.en.html").read_text(encoding="utf-8")
    assert 'id="roadmap"' in page and 'id="indicators"' not in page


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
    exercise_register, tmp_path, language, arguments, status
):
    """No traceback, no folder: status 2 for wrong usage, 1 for what is not there."""
    out = tmp_path / "pack"
    done = a87(*arguments, "--register", exercise_register, "--out", str(out), language=language)
    assert done.returncode == status, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr and "{" not in done.stderr
    assert not done.stdout and not out.exists()


def test_a_misspelt_option_stops_the_run(exercise_register, tmp_path):
    """`--asfo` is not silently ignored."""
    done = a87("QMA", "--asfo", "2025-12-15", "--register", exercise_register)
    assert done.returncode == 2 and "--asfo" in done.stderr


def test_a_missing_register_is_told_and_none_is_made(tmp_path):
    """One sentence that says how to make one."""
    where = tmp_path / "none.db"
    done = a87("QMA", "--register", str(where), "--out", str(tmp_path / "out"))
    assert done.returncode == 1 and "a87 init" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_without_the_parameters_is_refused(exercise_register, tmp_path):
    """A copy that renamed a parameter would ignore what it is given: it is not run."""
    own = tmp_path / "mine.ipynb"
    text = NOTEBOOK.read_text(encoding="utf-8")
    own.write_text(text.replace("cycle = 2025", "cylce = 2025"), encoding="utf-8")
    assert own.read_text(encoding="utf-8") != text
    done = a87("QMK", "--register", exercise_register, "--out", str(tmp_path / "out"),
               "--notebook", str(own))  # fmt: skip
    assert done.returncode == 2 and "“cycle”" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_failing_notebook_is_named_with_its_cell(exercise_register, tmp_path):
    """What fails is told with notebook and cell; no half-made document stays."""
    own = tmp_path / "broken.ipynb"
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "roadmap":
            cell["source"] = ["1 / 0"]
    own.write_text(json.dumps(notebook), encoding="utf-8")
    out = tmp_path / "out"
    done = a87("QMK", "--register", exercise_register, "--out", str(out), "--lang", "en",
               "--format", "html", "--notebook", str(own))  # fmt: skip
    assert done.returncode == 1
    assert "broken.ipynb" in done.stderr and "division" in done.stderr
    assert not list(out.rglob("review.*"))
    shutil.rmtree(out)
