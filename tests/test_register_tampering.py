"""`verify` finds every way of tampering with a register, and names the entry and no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from databases import behind_its_back
from entries import FIGURE, at, report
from sqlalchemy import select

from a87lib import register
from a87lib.facts import canonical
from a87lib.register import Head, chain, tables


@pytest.fixture
def filled(where: str) -> Iterator[str]:
    """A register of seven entries, the third with figures, the last correcting the first."""
    register.make(where, "fictional", "test")
    entries = [report(2020 + n, recorded_at=at(f"2024-01-0{n + 1}T00:00:00")) for n in range(6)]
    entries[2] = report(2022, observations=[FIGURE, FIGURE._replace(sex="male")])
    with register.open(where) as on:
        on.append(entries)
        on.append([report(2020, corrects=1)])
    yield where


def found(where: str, head: Head | None = None) -> list[tuple[str, int]]:
    with register.open(where) as on:
        return [(d.code, d.no) for d in on.verify(head)]


def head_of(where: str) -> Head:
    with register.open(where) as on:
        return on.head()


def shifted(by: int, first: int, last: int) -> list[str]:
    """Statements that move entries first … last, with all that belongs to them, by some numbers."""
    order = range(last, first - 1, -1) if by > 0 else range(first, last + 1)
    return [
        f"UPDATE {table} SET {column} = {no + by} WHERE {column} = {no}"
        for no in order
        for table, column in (("entry", "no"), ("entry_body", "no"), ("observation", "entry_no"))
    ]


def removed(no: int) -> list[str]:
    return [
        f"DELETE FROM observation WHERE entry_no = {no}",
        f"DELETE FROM entry_body WHERE no = {no}",
        f"DELETE FROM entry WHERE no = {no}",
    ]


def copied(no: int, to: int, previous: str, own: str) -> list[str]:
    """Statements that plant a copy of an entry under another number."""
    columns = ", ".join(name for name in chain.HEADER if name not in ("corrects", "slot", "label"))
    return [
        f"INSERT INTO entry (no, {columns}, previous_hash, hash) "
        f"SELECT {to}, {columns}, {previous}, {own} FROM entry WHERE no = {no}",
        f"INSERT INTO entry_body SELECT {to}, text, salt FROM entry_body WHERE no = {no}",
    ]


def rehashed(where: str, no: int) -> str:
    """The statement that gives an entry the hash that its changed columns ask for."""
    with register.open(where) as on, on._reading() as connection:
        columns = [tables.entry.c[name] for name in ("previous_hash", *chain.HEADER)]
        row = connection.execute(select(*columns).where(tables.entry.c.no == no)).one()
    return f"UPDATE entry SET hash = '{chain.entry_hash(row[0], row[1:])}' WHERE no = {no}"


def test_an_untouched_register_has_nothing_to_tell(filled: str) -> None:
    """No discrepancy is found where nobody did anything, whatever head is noted on the way."""
    assert found(filled) == []
    head = head_of(filled)
    with register.open(filled) as on:
        on.append([report()])
    assert found(filled, head) == []
    assert head_of(filled) != head


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'report_finalised'",
        "country = 'QMB'",
        "country = NULL",
        "cycle = 2019",
        "meeting = 5",
        "happened_on = '2023-04-21'",
        "precision = 'month'",
        "recorded_at = '2023-01-01T00:00:00.000000Z'",
        "recorded_by = 'somebody'",
        "corrects = 2",
        "withdrawn = 1",
        "slot = 'x'",
        "visibility = 'reviewers'",
        "source = 'letter '",
        "label = 'x'",
    ],
)
def test_a_changed_column_is_found(filled: str, change: str) -> None:
    """A change of any column of an entry is found, and only there."""
    behind_its_back(filled, f"UPDATE entry SET {change} WHERE no = 4")
    assert found(filled) == [("changed", 4)]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ('UPDATE entry_body SET text = \'{"document":"other.pdf"}\' WHERE no = 4', "body_changed"),
        ("UPDATE entry_body SET salt = 'other' WHERE no = 4", "body_changed"),
        ("UPDATE entry_body SET text = NULL, salt = NULL WHERE no = 4", "body_removed"),
        ("DELETE FROM entry_body WHERE no = 4", "body_removed"),
        ("UPDATE entry SET body_digest = 'x' WHERE no = 4", "body_changed"),
    ],
)
def test_a_changed_or_removed_body_is_found(filled: str, statement: str, code: str) -> None:
    """A body that is not the one recorded, or that is gone without a recorded erasure, is found."""
    behind_its_back(filled, statement)
    assert (code, 4) in found(filled)
    assert {no for _, no in found(filled)} == {4}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE observation SET value_number = 12.6 WHERE entry_no = 3 AND seq = 0",
        "UPDATE observation SET status = 'missing' WHERE entry_no = 3 AND seq = 1",
        "DELETE FROM observation WHERE entry_no = 3 AND seq = 1",
        "DELETE FROM observation WHERE entry_no = 3",
        "UPDATE observation SET seq = 2 WHERE entry_no = 3 AND seq = 0",
    ],
)
def test_changed_figures_are_found(filled: str, statement: str) -> None:
    """A figure changed, removed or moved to another place of its entry is found."""
    behind_its_back(filled, statement)
    assert found(filled) == [("observations_changed", 3)]


def test_figures_added_to_an_entry_are_found(filled: str) -> None:
    """An entry that came without figures cannot be given some later."""
    behind_its_back(filled, "UPDATE observation SET entry_no = 4, seq = 0 WHERE seq = 1")
    assert found(filled) == [("observations_changed", 3), ("observations_changed", 4)]


def test_a_removed_entry_is_found(filled: str) -> None:
    """An entry taken out leaves a gap in the numbers and in the chain."""
    behind_its_back(filled, *removed(4))
    assert found(filled) == [("removed", 4)]


def test_several_removed_entries_are_found(filled: str) -> None:
    """Each of the entries taken out is named, from the beginning too."""
    behind_its_back(filled, *removed(2), *removed(3), *removed(5))
    assert found(filled) == [("removed", 2), ("removed", 3), ("removed", 5)]


def test_a_removed_first_entry_is_found(filled: str) -> None:
    """The chain begins with what the register is, so that its first entry is missed."""
    behind_its_back(filled, "UPDATE entry SET corrects = NULL WHERE no = 7", *removed(1))
    assert ("removed", 1) in found(filled)


def test_a_removed_entry_is_found_where_the_others_were_renumbered(filled: str) -> None:
    """Closing the gap does not close the chain."""
    moved = [*removed(4), *shifted(-1, 5, 7)]
    behind_its_back(filled, *moved)
    assert ("removed", 4) in found(filled)
    behind_its_back(filled, "UPDATE head SET no = 6")
    assert found(filled) == [("changed", 3)]  # 3 changed or one removed behind it: both break there


def test_an_inserted_entry_is_found(filled: str) -> None:
    """An entry planted between two others, the later ones moved up, is found, and only that one."""
    planted = copied(3, 5, "(SELECT hash FROM entry WHERE no = 4)", "'0'")
    planted[0] = planted[0].replace("(SELECT hash FROM entry WHERE no = 4)", "'planted'")
    behind_its_back(filled, *shifted(1, 5, 7), "UPDATE head SET no = 8", *planted)
    codes = found(filled)
    assert ("inserted", 5) in codes
    assert {no for _, no in codes} == {5}


def test_an_entry_added_after_the_head_is_found(filled: str) -> None:
    """An entry written past the register's own way of writing is found at the end."""
    last = head_of(filled).hash
    behind_its_back(filled, *copied(4, 8, f"'{last}'", "'0'"))
    assert found(filled) == [("changed", 8), ("inserted", 8)]


def test_reordered_entries_are_found(filled: str) -> None:
    """Two entries that changed places are both named, and no other."""
    swap = [*shifted(100, 4, 4), *shifted(-1, 5, 5), *shifted(-99, 104, 104)]
    behind_its_back(filled, *swap)
    assert found(filled) == [("reordered", 4), ("reordered", 5)]


def test_a_missing_tail_is_found(filled: str) -> None:
    """Entries cut off the end are missed by the head row."""
    behind_its_back(filled, *removed(7), *removed(6))
    assert found(filled) == [("tail_missing", 7)]


def test_a_missing_tail_is_found_against_a_head_noted_elsewhere(filled: str) -> None:
    """Where the head row was set back too, the head that a second party noted shows the loss."""
    noted = head_of(filled)
    cut = "no = 6, hash = (SELECT hash FROM entry WHERE no = 6)"
    behind_its_back(filled, *removed(7), f"UPDATE head SET {cut}")
    assert found(filled) == []
    assert found(filled, noted) == [("tail_missing", 7)]


def test_a_rewritten_chain_is_found_against_a_head_noted_elsewhere(filled: str) -> None:
    """Who recomputes every hash still does not come to the head that was noted."""
    noted = head_of(filled)
    behind_its_back(filled, "UPDATE entry SET source = 'other' WHERE no = 7")
    behind_its_back(
        filled,
        rehashed(filled, 7),
        "UPDATE head SET hash = (SELECT hash FROM entry WHERE no = 7)",
    )
    assert found(filled) == []
    assert found(filled, noted) == [("head_unknown", 7)]


def test_an_entry_changed_and_rehashed_is_found(filled: str) -> None:
    """Giving a changed entry a new hash breaks the chain behind it."""
    behind_its_back(filled, "UPDATE entry SET source = 'other' WHERE no = 4")
    behind_its_back(filled, rehashed(filled, 4))
    assert found(filled) == [("changed", 4)]


def test_orphans_are_found(filled: str) -> None:
    """Bodies and figures of no entry are found."""
    behind_its_back(
        filled,
        "INSERT INTO entry_body VALUES (99, '{}', 'x')",
        "UPDATE observation SET entry_no = 98 WHERE entry_no = 3 AND seq = 1",
    )
    expected = [("observations_changed", 3), ("orphan_observation", 98), ("orphan_body", 99)]
    assert found(filled) == expected


def test_another_name_or_kind_is_found(filled: str) -> None:
    """The chain begins with the register's name and kind: neither can be changed afterwards."""
    behind_its_back(filled, "UPDATE meta SET name = 'other'")
    assert found(filled) != []


def test_a_missing_trigger_is_found(filled: str) -> None:
    """A protection that was taken away, or on PostgreSQL switched off, is named."""
    if filled.startswith("postgresql:"):
        behind_its_back(filled, "ALTER TABLE entry DISABLE TRIGGER entry_no_change")
        name = "entry_no_change"
    else:
        import sqlite3

        connection = sqlite3.connect(filled)
        connection.execute("DROP TRIGGER entry_no_update")
        connection.close()
        name = "entry_no_update"
    with register.open(filled) as on:
        assert [(d.code, d.detail) for d in on.verify()] == [("protection_missing", name)]


def test_an_erased_entry_is_erased_and_not_tampered_with(filled: str) -> None:
    """A recorded erasure blanks the body, is told as such, and leaves the chain whole."""
    record = report(kind="erasure_recorded", country=None, body={"entry": 4})
    with register.open(filled) as on:
        before = on.entry(4)
        assert on.erase([record], [4]) == [8]
        after = on.entry(4)
        (told,) = on.verify()
        assert (told.code, told.no, told.detail, told.tampering) == ("erased", 4, "8", False)
        assert before.body_json is not None
        assert after == before._replace(body_json=None)
        (typed,) = [entry for entry in on.facts() if entry.no == 4]
        assert typed.body.document is None
        assert typed.cycle == 2023


def test_an_erasure_that_was_not_carried_out_is_found(filled: str) -> None:
    """What an erasure names must not stand there any longer."""
    with register.open(filled) as on:
        record = report(kind="erasure_recorded", country=None, body={"entry": 4})
        on.append([record])
    assert found(filled) == [("not_erased", 4)]


def test_what_was_erased_is_nowhere_in_the_files(tmp_path) -> None:
    """After an erasure no file of the register holds the text or its salt."""
    where = tmp_path / "register.db"
    register.make(where, "fictional", "test")
    secret = "Zebulon Quillfeather"
    with register.open(where) as on:
        on.append([report(body={"text": secret}), *(report(2000 + n) for n in range(50))])
        assert any(secret.encode() in path.read_bytes() for path in tmp_path.iterdir())
        record = report(kind="erasure_recorded", country=None, body=canonical_erasure(1))
        on.erase([record], [1])
        assert not any(secret.encode() in path.read_bytes() for path in tmp_path.iterdir())


def canonical_erasure(no: int) -> dict[str, int]:
    assert canonical({"entry": no}) == f'{{"entry":{no}}}'
    return {"entry": no}
