"""Drafts beside the register: made by whoever is first, and no save of them waits for another."""

from __future__ import annotations

import threading

import pytest
from crowd import Barrier, at_once
from workflow import ANA, COUNTRY, CYCLE, assigned, declared, opened

from a87lib import register
from a87lib.desk.reviewing import drafts
from a87lib.register.draft_store import drafts_of
from a87lib.register.drafts import Key, Overtaken
from a87lib.register.within import undisturbed

MANY = 8


def _first(where: str, person: int, start: Barrier) -> None:
    with register.open(where, patience=60) as on:
        start.wait()
        drafts_of(on).save(Key(str(person), "QMA", CYCLE, "assessment"), "text", 0, "x")


def test_eight_processes_ask_for_drafts_at_once(where: str) -> None:
    """None fails, and every draft is there, though none of them was the first to make the place."""
    register.make(where, "fictional", "test")
    assert at_once(_first, [(where, n) for n in range(MANY)]) == [0] * MANY
    with register.open(where) as on:
        assert [d.key.owner for d in drafts_of(on).all()] == [str(n) for n in range(MANY)]


def test_an_autosave_does_not_wait_for_a_save(where: str) -> None:
    """While a save holds the register, a draft is saved; the save itself goes on afterwards."""
    holding, saved = threading.Event(), threading.Event()
    with opened(where) as on:
        assigned(on)
        declared(on, ANA)

        def slow() -> None:
            with register.open(where) as own, undisturbed(own):
                holding.set()
                assert saved.wait(20)  # the register is locked until the draft is saved

        thread = threading.Thread(target=slow)
        thread.start()
        assert holding.wait(20)
        version = drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", {"evidence": {}}, 0)
        saved.set()
        thread.join(20)
    assert version == 1 and not thread.is_alive()


def test_a_draft_of_another_version_is_neither_saved_nor_dropped(where: str) -> None:
    """A save from no, an older or a later version is refused; dropping an older does nothing."""
    key = Key("ana", "QMA", CYCLE, "assessment")
    with opened(where) as on:
        held = drafts_of(on)
        assert held.save(key, "one", 0, "ana") == 1 and held.save(key, "two", 1, "ana") == 2
        for version in (0, 1, 3):
            with pytest.raises(Overtaken) as told:
                held.save(key, "mine", version, "ana")
            assert (told.value.yours, told.value.stored) == ("mine", held.load(key))
        held.drop(key, 1)
        assert held.load(key) is not None
        held.drop(key, 2)
        with pytest.raises(Overtaken) as told:
            held.save(key, "mine", 2, "ana")
        assert told.value.stored is None and told.value.problems[0].code == "draft_dropped"
