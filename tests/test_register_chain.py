"""What is hashed: canonical bodies, headers and salts, for any content."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a87lib.facts import canonical
from a87lib.register import Head, chain
from a87lib.register.links import Link, judge
from a87lib.register.rows import instant_text

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_canonical_json_comes_back_and_is_one(body: dict[str, object]) -> None:
    """Any body is read back as it was, and has one canonical text in any order of keys."""
    text = canonical(body)
    assert json.loads(text) == body
    assert canonical(json.loads(text)) == text
    assert canonical(dict(reversed(body.items()))) == text
    assert "\n" not in text
    text.encode("utf-8")


@given(TEXT, TEXT, TEXT, TEXT)
def test_digests_tell_salt_and_body_apart(salt: str, body: str, salt2: str, body2: str) -> None:
    """Two bodies have the same digest only with the same salt and the same body."""
    salt, salt2 = salt.replace("\n", ""), salt2.replace("\n", "")
    same = (salt, body) == (salt2, body2)
    assert (chain.body_digest(salt, body) == chain.body_digest(salt2, body2)) == same


@given(st.lists(st.none() | st.integers() | TEXT, min_size=16, max_size=16), st.integers(0, 15))
def test_the_hash_covers_every_column(header: list[object], place: int) -> None:
    """A change of any column, or of the hash before, is another hash."""
    changed = [*header]
    changed[place] = "something else entirely"
    own = chain.entry_hash("a", header)
    assert chain.entry_hash("a", [*header]) == own
    assert chain.entry_hash("b", header) != own
    assert (chain.entry_hash("a", changed) == own) == (changed == header)


def test_neighbouring_columns_do_not_run_together() -> None:
    """Moving a character from one column to the next is another hash; so are 1 and "1"."""
    assert chain.entry_hash("p", ["ab", "c"]) != chain.entry_hash("p", ["a", "bc"])
    assert chain.entry_hash("p", ["a", None]) != chain.entry_hash("p", ["a", ""])
    assert chain.entry_hash("p", [1]) != chain.entry_hash("p", ["1"])


def test_salts_of_shipped_data_are_derived_and_others_random() -> None:
    """The same secret and content give the same salt; without a secret no two are the same."""
    assert chain.derived_salt("s", ["a", 1]) == chain.derived_salt("s", ["a", 1])
    assert chain.derived_salt("s", ["a", 1]) != chain.derived_salt("t", ["a", 1])
    assert chain.derived_salt("s", ["a", 1]) != chain.derived_salt("s", ["a", 2])
    assert chain.random_salt() != chain.random_salt()


@given(st.datetimes(), st.datetimes())
def test_instants_sort_as_texts(first: datetime, second: datetime) -> None:
    """Instants are kept as texts of one length that sort as the instants do."""
    one, two = first.replace(tzinfo=UTC), second.replace(tzinfo=UTC)
    assert (instant_text(one) < instant_text(two)) == (one < two)
    assert datetime.fromisoformat(instant_text(one)) == one


def test_instants_are_kept_in_utc() -> None:
    """An instant given in another zone is kept in UTC."""
    given_ = datetime(2024, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert instant_text(given_) == "2023-12-31T23:00:00.000000Z"


@pytest.mark.parametrize("text", ["", "12", "12:abc", ":", "x:" + "a" * 64, "-1:" + "a" * 64])
def test_a_head_is_number_and_hash(text: str) -> None:
    """What is not number:hash is refused; what is comes back."""
    with pytest.raises(ValueError, match="number:hash"):
        Head.of(text)
    head = Head(12, "a" * 64)
    assert Head.of(str(head)) == head


@given(st.integers(1, 30), st.data())
def test_any_removal_is_named(length: int, data: st.DataObject) -> None:
    """Whichever entries are taken out, exactly those are named (those at the end as missing)."""
    links = [Link(n, str(n - 1), str(n)) for n in range(1, length + 1)]
    gone = data.draw(st.sets(st.integers(1, length)))
    left = [link for link in links if link.no not in gone]
    judged = list(judge(left, "0", Head(length, str(length))))
    end = left[-1].no if left else 0
    assert {no for code, no, _ in judged if code == "removed"} == {no for no in gone if no < end}
    assert ("tail_missing" in {code for code, _, _ in judged}) == (end < length)
    assert {code for code, _, _ in judged} <= {"removed", "tail_missing"}


@given(st.integers(2, 20), st.data())
def test_any_reordering_is_named(length: int, data: st.DataObject) -> None:
    """Whatever the order entries are brought into, those that stand elsewhere are named."""
    order = data.draw(st.permutations(range(1, length + 1)))
    links = [Link(no, str(was - 1), str(was)) for no, was in enumerate(order, start=1)]
    judged = list(judge(links, "0", Head(length, str(length))))
    moved = {no for no, was in enumerate(order, start=1) if no != was}
    assert {no for code, no, _ in judged if code == "reordered"} == moved
    assert {code for code, _, _ in judged} <= {"reordered", "head_changed"}
