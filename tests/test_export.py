"""`a87 export`: what a reader may see, as CSV tables that read back unchanged."""

from __future__ import annotations

import csv
import hashlib
import json

import pytest
from canaries import CANARY, planted

from a87lib import export, register
from a87lib.cli import group
from a87lib.export.cells import LIVE, back, cell
from a87lib.export.tables import Column
from a87lib.problems import Problems

TEXT = Column("source", "string")


@pytest.fixture(scope="module")
def marked(exercise_register, tmp_path_factory):
    return planted(exercise_register, tmp_path_factory.mktemp("canaries"))


@pytest.mark.parametrize("role", ["secretariat", "reviewer", "subgroup", "member", "public"])
def test_an_export_reads_back_unchanged(exercise_register, tmp_path, role):
    """Every table read from the files equals the one that was written, value by value."""
    with register.open(exercise_register) as on:
        wanted = export.tables(on, role)
        export.write(tmp_path, on, role)
    found = export.read(tmp_path)
    assert [t.name for t in found] == [t.name for t in wanted]
    for before, after in zip(wanted, found, strict=True):
        assert after.rows == before.rows and after.columns == before.columns
        assert after.keys == before.keys and dict(after.refers) == dict(before.refers)


def test_the_same_entries_give_the_same_bytes(exercise_register, tmp_path):
    """Two exports are equal, file by file."""
    for name in ("a", "b"):
        with register.open(exercise_register) as on:
            export.write(tmp_path / name, on)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == ["countries.csv", "datapackage.json", "entries.csv", "observations.csv",
                     "vocabularies.csv"]  # fmt: skip
    assert all(
        (tmp_path / "a" / f).read_bytes() == (tmp_path / "b" / f).read_bytes() for f in files
    )


def test_the_description_fits_the_files(exercise_register, tmp_path):
    """Fields, keys, sizes and digests are those of the files; references lead somewhere."""
    with register.open(exercise_register) as on:
        export.write(tmp_path, on, "member")
    told = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert told["profile"] == "tabular-data-package" and told["visible_to"] == "member"
    ids = {row["id"] for row in export.read(tmp_path)[0].rows}
    for resource in told["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert len(content) == resource["bytes"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        lines = list(csv.reader(content.decode().splitlines()[:1]))
        assert lines[0] == [field["name"] for field in resource["schema"]["fields"]]
    assert {row["entry"] for row in export.read(tmp_path)[1].rows} <= ids


def test_no_number_tells_of_what_is_hidden(exercise_register):
    """A reader's entries are numbered through, so that no gap counts the others."""
    with register.open(exercise_register) as on:
        for role in ("public", "member"):
            rows = export.tables(on, role)[0].rows
            assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize(("role", "circles"), [
    ("public", {"public"}), ("member", {"public", "members"}),
    ("subgroup", {"public", "members", "country", "subgroup"}),
])  # fmt: skip
def test_an_export_holds_only_what_its_reader_may_see(marked, tmp_path, role, circles):
    """No internal text, and no entry of a narrower circle."""
    where, _ = marked
    with register.open(where) as on:
        export.write(tmp_path / "out", on, role)
    rows = export.read(tmp_path / "out")[0].rows
    assert {row["visibility"] for row in rows} == circles
    if role != "subgroup":
        assert CANARY.encode() not in b"".join(f.read_bytes() for f in (tmp_path / "out").iterdir())


def test_reviewers_assessments_are_in_the_secretariats_export_alone(exercise_register):
    """A reviewer cannot read others' assessments from an export."""
    with register.open(exercise_register) as on:
        kinds = {r: {row["kind"] for row in export.tables(on, r)[0].rows}
                 for r in ("secretariat", "reviewer")}  # fmt: skip
    assert "assessment_made" in kinds["secretariat"] and "assessment_made" not in kinds["reviewer"]


def test_a_focal_point_gets_the_own_country_and_what_is_public(exercise_register):
    """Comments to one country are not exported to another's focal point."""
    with register.open(exercise_register) as on:
        rows = export.tables(on, "focal_point", "QMC")[0].rows
    closed = {row["country"] for row in rows if row["visibility"] != "public"}
    assert closed == {"QMC"}


@pytest.mark.parametrize("text", [*(f"{mark}1+1" for mark in LIVE), "", "plain", 'a,"b"\n'])
def test_text_is_inert_and_comes_back(text):
    """No text cell begins as a formula would; the reader takes the mark away."""
    written = cell(TEXT, text)
    assert not written.startswith(LIVE[:-1]) and back(TEXT, written) == text


def test_a_changed_file_is_told_by_its_name(exercise_register, tmp_path):
    """One byte more, and the file is refused."""
    with register.open(exercise_register) as on:
        export.write(tmp_path, on)
    with (tmp_path / "entries.csv").open("ab") as file:
        file.write(b"x")
    with pytest.raises(Problems) as refused:
        export.read(tmp_path)
    assert [(p.code, p.where) for p in refused.value.problems] == [
        ("export_changed", "entries.csv")
    ]


def test_the_command_needs_a_country_for_a_focal_point(exercise_register, tmp_path):
    """Wrong usage ends before anything is written."""
    where = ["--register", exercise_register]
    with pytest.raises(Problems) as refused:
        group.main(["export", str(tmp_path / "x"), "--visible-to", "focal_point", *where],
                   standalone_mode=False)  # fmt: skip
    assert refused.value.exit_status == 2 and not (tmp_path / "x").exists()
