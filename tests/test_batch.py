"""Batches: parallel, whole or not at all, the same bytes everywhere, each failure named."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, writes

from a87lib.cli.review import NOTEBOOK as REVIEW
from a87lib.cli.review import jobs_of
from a87lib.desk.records import record
from a87lib.intake import facts_from_yaml
from a87lib.language import LANGUAGES, has, told
from a87lib.problems import Problems
from a87lib.register import open as opened_register
from a87lib.report import batch
from a87lib.report.batch import Job, build
from a87lib.report.homes import PREFIX, sweep
from a87lib.report.jobs import Parameters, check, code_digest
from a87lib.report.making import Made
from a87lib.report.manifest import Pack
from a87lib.report.places import Folder, put
from a87lib.report.review.parameters import declared

TESTS = Path(__file__).parent
PACK = Pack(
    "sample", dict.fromkeys(LANGUAGES, "Sample"), date(2026, 5, 1),
    datetime(2026, 5, 2, 6, 30, tzinfo=UTC), "8.7-2026.1",
)  # fmt: skip
CELLS = (
    'country = "QMA"  # ISO 3\nlang = "en"\nfails = False',
    "import document_sample as sample\nfrom a87lib.report import documents as doc",
    "sample.head(lang, country=country, country_name=country)",
    "doc.stack(*sample.elements()[1:4])",
    '{}["missing"] if fails else doc.paragraph("end")',
)


PLAIN = (CELLS[0], CELLS[1], CELLS[2], 'doc.paragraph("end")')
"""As little as a document can hold."""


class Asked(Parameters):
    country: str
    lang: str
    fails: bool = False


class Misspelt(Parameters):
    contry: str


def a_notebook(folder: Path, sources: tuple[str, ...] = CELLS) -> Path:
    cells = [new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    made: NotebookNode = new_notebook(cells=cells)
    path = folder / "review.ipynb"
    path.write_text(writes(made), encoding="utf-8")
    return path


def a_job(notebook, country, lang, inputs="", formats=("html", "pdf", "docx"), **more):
    return Job(
        notebook, Asked(country=country, lang=lang, **more), f"{country}/review.{lang}", formats,
        {"PYTHONPATH": str(TESTS)}, inputs,
    )  # fmt: skip


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A pack of three documents, one of which fails, made by two workers."""
    folder = tmp_path_factory.mktemp("batch")
    notebook = a_notebook(folder)
    jobs = [
        a_job(notebook, "QMA", "fr"), a_job(notebook, "QMX", "en", fails=True),
        a_job(notebook, "QMB", "es"),
    ]  # fmt: skip
    told = []
    outcome = build(jobs, folder / "out", PACK, 2, told.append)
    return folder, jobs, outcome, told


def test_a_country_that_fails_is_named_with_notebook_cell_and_reason(built):
    _, _, outcome, _ = built
    (failed,) = outcome.failed
    assert (failed.name, failed.notebook, failed.cell) == ("QMX/review.en", "review.ipynb", 5)
    assert failed.message == "KeyError: 'missing'"
    assert outcome.exit_status == 1


def test_a_country_that_fails_leaves_no_file_and_stops_no_other(built):
    folder, _, outcome, told = built
    assert [one.name for one in outcome.made] == ["QMA/review.fr", "QMB/review.es"]
    assert sorted(digests(folder / "out")) == [
        "QMA/review.fr.docx", "QMA/review.fr.html", "QMA/review.fr.ipynb", "QMA/review.fr.pdf",
        "QMB/review.es.docx", "QMB/review.es.html", "QMB/review.es.ipynb", "QMB/review.es.pdf",
        "index.html", "manifest.json",
    ]  # fmt: skip
    assert {one.name for one in told} == {"QMA/review.fr", "QMB/review.es", "QMX/review.en"}


def test_the_manifest_lists_every_file_with_its_hash_and_names_no_place(built):
    folder, _, _, _ = built
    text = (folder / "out" / "manifest.json").read_text(encoding="utf-8")
    said = json.loads(text)
    listed = {file["path"]: file["sha256"] for one in said["documents"] for file in one["files"]}
    found = digests(folder / "out")
    assert listed == {name: sha for name, sha in found.items() if "/" in name}
    assert said["documents"][0]["parameters"] == {"country": "QMA", "lang": "fr", "fails": False}
    assert {"typst", "pandoc", "a87-workbench"} <= said["versions"].keys()
    assert said["documents"][0]["digest"] and said["asof"] == "2026-05-01"
    assert str(folder) not in text and said["failed"][0]["name"] == "QMX/review.en"


def test_the_record_is_the_executed_notebook_without_machine_or_clock(built):
    folder, _, _, _ = built
    text = (folder / "out" / "QMA" / "review.fr.ipynb").read_text(encoding="utf-8")
    record = json.loads(text)
    assert record["metadata"]["a87"]["parameters"]["country"] == "QMA"
    assert any(cell.get("outputs") for cell in record["cells"])
    assert "papermill" not in record["metadata"] and str(TESTS) not in text


def test_a_second_build_elsewhere_is_byte_equal(built, tmp_path, monkeypatch):
    folder = built[0]
    for name, value in (("PYTHONHASHSEED", "4711"), ("TZ", "Asia/Kathmandu"), ("LC_ALL", "de_DE")):
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    notebook = a_notebook(tmp_path)
    again = [a_job(notebook, "QMA", "fr"), a_job(notebook, "QMX", "en", fails=True),
             a_job(notebook, "QMB", "es")]  # fmt: skip
    build(again, tmp_path / "elsewhere", PACK, 1)
    assert digests(tmp_path / "elsewhere") == digests(folder / "out")


def test_a_rerun_makes_only_what_is_missing_or_touched_and_ends_byte_equal(tmp_path):
    notebook, out = a_notebook(tmp_path, PLAIN), tmp_path / "out"
    jobs = [
        a_job(notebook, "QMA", lang, "digest-of-the-register", ("html",)) for lang in ("en", "fr")
    ]
    build(jobs, out, PACK, 1)
    first = digests(out)
    (out / "QMA" / "review.fr.html").write_text("touched")
    outcome = build(jobs, out, PACK, 1)
    assert [one.anew for one in outcome.made] == [False, True] and outcome.anew == 1
    assert digests(out) == first
    (out / "QMA" / "review.en.ipynb").unlink()
    changed = [jobs[0], a_job(notebook, "QMA", "fr", "another-digest", ("html",))]
    assert build(changed, out, PACK, 1).anew == 2
    times = {path: path.stat().st_mtime_ns for path in out.rglob("review.*")}
    assert build(changed, out, PACK, 1).anew == 0
    assert times == {path: path.stat().st_mtime_ns for path in out.rglob("review.*")}
    assert build(changed, out, PACK, 1, force=True).anew == 2


def test_one_new_entry_makes_only_the_documents_it_touches_again(exercise_register, tmp_path):
    """A review reads its country's entries and those of the GCM; nothing else changes its key."""
    register = tmp_path / "exercise.db"
    shutil.copy(exercise_register, register)

    def keys() -> dict[str, str]:
        asked = [
            declared(country=country, cycle=2025, asof="2025-12-15", known_at="", language=lang,
                     register=str(register))
            for country in ("QMA", "QMB")
            for lang in ("en", "fr")
        ]  # fmt: skip
        jobs = jobs_of(asked, REVIEW, ("html",), str(register))
        return {job.name: job.key({}) for job in jobs}

    before = keys()
    assert len(set(before.values())) == 4 and keys() == before
    fact = tmp_path / "fact.yaml"
    fact.write_text(
        "- {kind: evidence_received, country: QMA, cycle: 2025, happened_on: 2025-06-01,"
        " type: survey, title: A survey}"
    )
    with opened_register(str(register)) as on:
        record(on, facts_from_yaml(fact), by="somebody")
    after = keys()
    assert {name for name in before if before[name] != after[name]} == {
        "QMA/review.en", "QMA/review.fr",
    }  # fmt: skip


PLANTS = """
import builtins, os, random, sys
from pathlib import Path
import matplotlib as mpl
import numpy as np
from a87lib import framework
from a87lib.report import figures
found = [
    name for name, there in {
        "builtins": hasattr(builtins, "planted"),
        "environment": "A87_PLANTED" in os.environ,
        "module": hasattr(figures, "planted"),
        "settings": mpl.rcParams["font.size"] == 99,
        "cache": hasattr(framework.load, "planted"),
        "folder": Path("planted").exists() or Path.home().joinpath("planted-by-a87").exists(),
        "path": "planted" in sys.path,
        "globals": "planted" in globals(),
        "numpy": np.geterr()["divide"] == "raise",
    }.items() if there
]
builtins.planted = figures.planted = framework.load.__dict__["planted"] = planted = country
os.environ["A87_PLANTED"] = country
mpl.rcParams["font.size"] = 99
np.seterr(divide="raise")
sys.path.append("planted")
drawn = (random.random(), np.random.random())
"""


def test_no_report_sees_what_another_has_left(tmp_path):
    """Two reports by one worker, one after the other; each plants state and looks for it."""
    shown = 'doc.paragraph(f"found: {found}; drawn: {drawn}")'
    notebook = a_notebook(tmp_path, (*CELLS[:3], PLANTS, shown))
    jobs = [a_job(notebook, code, "en", formats=("html",)) for code in ("QMA", "QMB")]
    outcome = build(jobs, tmp_path / "out", PACK, 1)
    assert not outcome.failed
    pages = [(tmp_path / "out" / code / "review.en.html").read_text() for code in ("QMA", "QMB")]
    assert all("found: []; drawn: (0." in page for page in pages)
    drawn = [page.split("drawn: ")[1].split("<")[0] for page in pages]
    assert drawn[0] != drawn[1]


def test_two_batches_do_not_make_one_pack_at_the_same_time(tmp_path):
    job = a_job(a_notebook(tmp_path, PLAIN), "QMA", "en")
    with Folder(tmp_path / "out").alone(), pytest.raises(Problems, match="pack_being_made"):
        build([job], tmp_path / "out", PACK, 1)


def test_a_misspelt_parameter_stops_the_run_before_anything_is_made(tmp_path):
    notebook = a_notebook(tmp_path)
    wrong = Job(notebook, Misspelt(contry="QMA"), "QMA/review.en")
    with pytest.raises(Problems) as raised:
        build([a_job(notebook, "QMB", "en"), wrong], tmp_path / "out", PACK)
    (problem,) = raised.value.problems
    assert (problem.code, problem.found) == ("unknown_parameter", "contry")
    assert all("contry" in told(problem, language) for language in LANGUAGES)
    assert "country" in str(problem.args["known"])
    assert not (tmp_path / "out").exists()


def test_a_parameter_of_another_type_or_name_is_refused():
    with pytest.raises(ValueError, match="valid string"):
        Asked(country=7, lang="en")
    with pytest.raises(ValueError, match="Extra inputs"):
        Asked(country="QMA", lang="en", contry="QMB")


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "a/../b", ".x", "a b", ""])
def test_no_document_leaves_the_folder_of_its_pack(tmp_path, name):
    job = Job(a_notebook(tmp_path), Asked(country="QMA", lang="en"), name)
    with pytest.raises(Problems, match="document_name"):
        check([job])


def test_a_notebook_without_parameters_or_that_is_none_is_refused(tmp_path):
    bare, none = tmp_path / "bare.ipynb", tmp_path / "none.ipynb"
    bare.write_text(writes(new_notebook(cells=[new_code_cell("x = 1")])))
    none.write_text("{")
    for path, code in ((bare, "notebook_without_parameters"), (none, "notebook_unreadable"),
                       (tmp_path / "absent.ipynb", "no_such_file")):  # fmt: skip
        with pytest.raises(Problems, match=code):
            check([Job(path, Asked(country="QMA", lang="en"), "x")])


def test_every_problem_told_has_its_words_in_three_languages():
    codes = ("unknown_parameter", "unknown_format", "document_name", "notebook_unreadable",
             "notebook_without_parameters", "document_title", "link_to_nowhere", "cell_failed",
             "figure_without_description")  # fmt: skip
    for code in codes:
        for language in LANGUAGES:
            assert has(f"problem.{code}", language) and has(f"problem.{code}.fix", language)


def test_a_disk_that_fills_leaves_the_old_files_and_no_part(tmp_path):
    paths = {form: tmp_path / f"x.{form}" for form in ("html", "pdf")}
    put({"html": b"old", "pdf": b"old"}, paths)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(OSError):
            put({"html": b"new", "pdf": b"x" * 8192}, paths)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert left == {"x.html": b"old", "x.pdf": b"old"}


DISTURBED = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import test_batch as t
if __name__ == "__main__":
    if sys.argv[5] != "0":
        t.limit_files(int(sys.argv[5]))
    t.build(t.three(Path(sys.argv[2]), sys.argv[4]), Path(sys.argv[3]), t.PACK, 1)
"""


def limit_files(size: int) -> None:
    """Let no file of this process grow larger, as if the disk were full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def three(notebook: Path, digest: str) -> list[Job]:
    """Three documents that depend on something with this digest."""
    return [a_job(notebook, c, "en", digest, ("html", "pdf")) for c in ("QMA", "QMB", "QMC")]


class Disturbed:
    """A folder in which the packs `before` and `after` are made turn by turn."""

    def __init__(self, folder: Path) -> None:
        self.notebook, self.out = a_notebook(folder, PLAIN), folder / "out"
        self.script = folder / "run.py"
        self.script.write_text(DISTURBED)
        self.packs = {name: self.made(name) for name in ("before", "after")}

    def made(self, name: str) -> dict[str, str]:
        """The pack, made by this process without disturbance."""
        assert build(three(self.notebook, name), self.out, PACK, 1).exit_status == 0
        return digests(self.out)

    def begun(self, name: str, limit: int = 0) -> subprocess.Popen[bytes]:
        """A process that makes the pack."""
        call = [sys.executable, str(self.script), str(TESTS), str(self.notebook), str(self.out)]
        return subprocess.Popen(
            [*call, name, str(limit)], start_new_session=True, stderr=subprocess.DEVNULL
        )


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory):
    return Disturbed(tmp_path_factory.mktemp("disturbed"))


@pytest.mark.parametrize("alone", [True, False])
def test_a_batch_killed_leaves_the_pack_of_before_and_a_rerun_completes_it(disturbed, alone):
    """Killed alone or with all that it has started (a hundred times: scripts/soak_batch.py)."""
    disturbed.made("before")
    batch = disturbed.begun("after")
    last = time.monotonic() + 90
    while not (disturbed.out / ".new").exists() and time.monotonic() < last:
        time.sleep(0.02)
    with contextlib.suppress(subprocess.TimeoutExpired):
        batch.wait(random.uniform(0, 1))
    (os.kill if alone else os.killpg)(batch.pid, signal.SIGKILL)
    batch.wait()
    left = {n: sha for n, sha in digests(disturbed.out).items() if not n.startswith(".new/")}
    assert left in disturbed.packs.values()
    assert disturbed.made("after") == disturbed.packs["after"]


def test_a_full_disk_leaves_the_pack_of_before_and_a_rerun_completes_it(disturbed):
    disturbed.made("before")
    largest = max(path.stat().st_size for path in disturbed.out.rglob("review.*"))
    assert disturbed.begun("after", limit=largest - 1).wait() == 1
    assert digests(disturbed.out) == disturbed.packs["before"]
    assert disturbed.made("after") == disturbed.packs["after"]


def test_private_folders_of_killed_runs_are_swept_and_those_of_living_ones_stay(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for process in (ended.pid, os.getpid()):
        (tmp_path / f"{PREFIX}{process}-x" / "ipython").mkdir(parents=True)
    sweep()
    assert [path.name for path in tmp_path.iterdir()] == [f"{PREFIX}{os.getpid()}-x"]


def test_a_worker_that_dies_is_told_and_the_rest_is_made(tmp_path):
    deadly = "import os\nif fails: os.kill(int(os.environ['JPY_PARENT_PID']), 9)"
    path = a_notebook(tmp_path, (CELLS[0], deadly, *PLAIN[1:]))
    jobs = [
        a_job(path, "QMA", "en", formats=("html",)),
        a_job(path, "QMX", "en", formats=("html",), fails=True),
    ]
    outcome = build(jobs, tmp_path / "out", PACK, 1)
    assert [one.name for one in outcome.failed] == ["QMX/review.en"]
    assert [one.name for one in outcome.made] == ["QMA/review.en"]
    assert outcome.exit_status == 1 and isinstance(outcome.made[0], Made) and batch.TRIES == 2


def test_changed_code_or_words_make_a_document_again(tmp_path, monkeypatch):
    job = a_job(a_notebook(tmp_path), "QMA", "en", "same")
    before = job.key({})
    assert before == job.key({}) and len(before) == 64
    (tmp_path / "package" / "catalogues").mkdir(parents=True)
    monkeypatch.setattr("a87lib.__file__", str(tmp_path / "package" / "__init__.py"))
    seen = {before}
    for text in ("one", "two"):
        (tmp_path / "package" / "catalogues" / "x.en.po").write_text(text)
        code_digest.cache_clear()
        seen.add(job.key({}))
    code_digest.cache_clear()
    assert len(seen) == 3
