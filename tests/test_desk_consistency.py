"""What cannot both be true is refused at entry, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest

from a87lib import register
from a87lib.desk.acting import Acting
from a87lib.desk.council import add_action
from a87lib.desk.evidence import Attachment, Evidence, erase, keep
from a87lib.desk.records import correct, correction_from_yaml, load, record
from a87lib.desk.stating import stated
from a87lib.facts import Fact
from a87lib.intake import facts_from_yaml
from a87lib.problems import Problems

REPORT = "{kind: report_received, happened_on: 2023-04-20, cycle: 2023, country: UGA}"


def facts(folder: Path, *lines: str) -> list:
    path = folder / "facts.yaml"
    path.write_text("".join(f"- {line}\n" for line in lines), encoding="utf-8")
    return facts_from_yaml(path)


@pytest.fixture
def opened(tmp_path: Path):
    address = str(tmp_path / "register.db")
    register.make(address, "real", "test", lambda new: None)
    with register.open(address) as on:
        yield on


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (
            (
                REPORT,
                "{kind: report_finalised, happened_on: 2023-04-01, cycle: 2023, country: UGA}",
            ),
            "finalised_before_received",
        ),
        (
            (
                "{kind: seat_taken, happened_on: 2023-01-01, seat: ngo-1, holder: One}",
                "{kind: seat_taken, happened_on: 2023-02-01, seat: ngo-1, holder: Two}",
            ),
            "seat_held_twice",
        ),
        (
            (
                "{kind: decision_made, happened_on: 2023-02-01, meeting: 9, country: UGA,"
                " subject: grant_status, consensus: true}",
            ),
            "decision_at_meeting_not_held",
        ),
        (
            (
                "{kind: meeting_held, happened_on: 2023-02-01, meeting: 9}",
                "{kind: attendance_recorded, happened_on: 2023-02-01, meeting: 9, seat: ngo-1,"
                " presence: present}",
            ),
            "seat_not_held",
        ),
    ],
)
def test_contradictions_are_refused_and_nothing_is_written(opened, tmp_path, lines, code) -> None:
    """Each kind of contradiction is named by its code and by the line that brings it."""
    with pytest.raises(Problems) as refused:
        record(opened, facts(tmp_path, *lines), by="test")
    assert [problem.code for problem in refused.value.problems] == [code]
    assert "facts.yaml:" in refused.value.problems[0].where
    assert opened.head().no == 0


def test_a_correction_may_not_contradict_what_is_on_file(opened, tmp_path) -> None:
    """A correction that moves the final report before the report's receipt is refused."""
    final = "{kind: report_finalised, happened_on: 2023-09-01, cycle: 2023, country: UGA}"
    numbers = record(opened, facts(tmp_path, REPORT, final), by="test")
    path = tmp_path / "correction.yaml"
    path.write_text("happened_on: 2023-04-01\n", encoding="utf-8")
    fact = correction_from_yaml(opened, numbers[1], path)
    with pytest.raises(Problems, match="finalised_before_received"):
        correct(opened, numbers[1], fact, by="test")
    assert opened.head().no == 2


def test_a_folder_with_a_contradiction_is_not_loaded(opened, tmp_path) -> None:
    """Loading is all or nothing."""
    folder = tmp_path / "folder"
    folder.mkdir()
    facts(
        folder,
        REPORT,
        "{kind: report_finalised, happened_on: 2023-01-01, cycle: 2023, country: UGA}",
    )
    with pytest.raises(Problems, match="finalised_before_received"):
        load(opened, folder)
    assert opened.head().no == 0


def at_once(where: str, *does: Callable[[register.Register], object]) -> list[str]:
    """What became of each, begun at the same moment: the codes of what was refused, in order."""
    start, told = Barrier(len(does)), []

    def one(each: Callable[[register.Register], object]) -> None:
        with register.open(where, patience=60) as on:
            start.wait()
            try:
                each(on)
            except Problems as refused:
                told.extend(problem.code for problem in refused.problems)

    threads = [Thread(target=one, args=(each,)) for each in does]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    return sorted(told)


def test_of_two_who_contradict_each_other_at_once_one_is_refused(
    where: str, tmp_path: Path
) -> None:
    """Whether recorded, loaded or corrected: what the other just wrote is looked at."""
    register.make(where, "real", "test", lambda new: None)
    for cycle in range(2018, 2024):
        early = f"{{kind: report_finalised, happened_on: 2018-04-01, country: UGA, cycle: {cycle}}}"
        late = REPORT.replace("2023", str(cycle))
        final, report = facts(tmp_path, early), facts(tmp_path, late)
        folder = a_folder(tmp_path, str(cycle), late)
        other = (
            (lambda on, f=folder: load(on, f)) if cycle % 2 else
            (lambda on, f=report: record(on, f, by="b"))
        )  # fmt: skip
        told = at_once(where, lambda on, f=final: record(on, f, by="a"), other)
        assert told == ["finalised_before_received"]
    with register.open(where) as on:
        assert on.head().no == 6 and on.verify() == []


def test_of_two_corrections_that_contradict_each_other_at_once_one_is_refused(
    where: str, tmp_path: Path
) -> None:
    """Each would do alone: a report moved after the final one, a final one moved before it."""
    register.make(where, "real", "test", lambda new: None)
    for cycle in range(2018, 2022):
        with register.open(where) as on:
            final = REPORT.replace("received", "finalised").replace("-04-", "-08-")
            said = [each.replace("2023", str(cycle)) for each in (REPORT, final)]
            first, second = record(on, facts(tmp_path, *said), by="x")
        later = facts(tmp_path, said[0].replace("-04-", "-07-"))[0]
        sooner = facts(tmp_path, said[1].replace("-08-", "-05-"))[0]
        told = at_once(
            where,
            lambda on, no=first, fact=later: correct(on, no, fact, by="a"),
            lambda on, no=second, fact=sooner: correct(on, no, fact, by="b"),
        )
        assert told == ["finalised_before_received"]


def test_two_who_agree_actions_at_once_number_them_apart(where: str, tmp_path: Path) -> None:
    """What a verb reads of a meeting is still so when it writes."""
    register.make(where, "fictional", "test", lambda new: None)
    with register.open(where) as on:
        record(on, facts(tmp_path, "{kind: meeting_called, happened_on: 2023-01-01, meeting: 9,"
                         " mode: remote, starts_at: 2023-02-01}", HELD), by="x")  # fmt: skip
    by = Acting("sec", alone=True)
    agreed = [lambda on, n=n: add_action(on, 9, f"do {n}", by=by) for n in range(4)]
    assert at_once(where, *agreed) == []
    with register.open(where) as on:
        numbers = [entry.body.no for entry in on.facts(kinds=("action_agreed",))]
    assert numbers == ["1", "2", "3", "4"]


def test_a_document_linked_while_it_is_erased_is_gone_or_refused(where: str) -> None:
    """Whoever is first: no entry goes on naming a document whose bytes are gone."""
    register.make(where, "real", "test", lambda new: None)
    said = Evidence(country="UGA", cycle=2023, type="survey", title="A survey")
    for n in range(6):
        file = Attachment("a.txt", f"of child {n}".encode())
        sha256 = file.document.sha256
        with register.open(where) as on:
            keep(on, said, file, by="x")
        told = at_once(
            where,
            lambda on, f=file: keep(on, said, f, by="a"),
            lambda on, d=sha256: erase(on, d, by="b"),
        )
        assert told in ([], ["document_erased"])
        with register.open(where) as on:
            assert on.links(sha256) == []
            with pytest.raises(Problems):
                on.document(sha256)
            assert [d for d in on.verify() if d.tampering] == []


TAKEN = "{kind: seat_taken, happened_on: 2023-01-01, seat: ngo-1, holder: One}"
HELD = "{kind: meeting_held, happened_on: 2023-02-01, meeting: 9}"
ON_FILE_AND_LOADED = {
    "finalised_before_received": (
        (REPORT,),
        ("{kind: report_finalised, happened_on: 2023-04-01, cycle: 2023, country: UGA}",),
    ),
    "seat_held_twice": (
        (TAKEN,),
        ("{kind: seat_taken, happened_on: 2023-02-01, seat: ngo-1, holder: Two}",),
    ),
    "meeting_held_twice": ((HELD,), ("{kind: meeting_held, happened_on: 2023-03-01, meeting: 9}",)),
    "decision_at_meeting_not_held": (
        (HELD,),
        (
            "{kind: decision_made, happened_on: 2023-01-31, meeting: 9, country: UGA,"
            " subject: grant_status, consensus: true}",
        ),
    ),
    "seat_not_held": (
        (TAKEN, HELD),
        (
            "{kind: attendance_recorded, happened_on: 2023-02-01, meeting: 9, seat: ngo-2,"
            " presence: present}",
        ),
    ),
}


def a_folder(parent: Path, name: str, *lines: str) -> Path:
    """A folder of facts to load."""
    folder = parent / name
    folder.mkdir()
    facts(folder, *lines)
    return folder


def test_a_folder_may_not_contradict_what_is_on_file(where: str, tmp_path: Path) -> None:
    """Loading looks at the register too, and adds nothing where a fact contradicts what is there;
    what contradicts nothing can still be loaded, twice."""
    register.make(where, "real", "test", lambda new: None)
    with register.open(where) as on:
        for code, (on_file, loaded) in ON_FILE_AND_LOADED.items():
            record(on, [f for f in facts(tmp_path, *on_file) if _missing(on, f)], by="test")
            before = on.head()
            with pytest.raises(Problems) as refused:
                load(on, a_folder(tmp_path, code, *loaded))
            assert [problem.code for problem in refused.value.problems] == [code]
            assert refused.value.problems[0].where.startswith("facts.yaml:1")
            assert on.head() == before
        good = a_folder(
            tmp_path,
            "good",
            "{kind: seat_left, happened_on: 2023-03-01, seat: ngo-1}",
            "{kind: seat_taken, happened_on: 2023-03-02, seat: ngo-1, holder: Two}",
            "{kind: report_finalised, happened_on: 2023-09-01, cycle: 2023, country: UGA}",
        )
        assert [load(on, good) for _ in range(2)] == [(3, 0), (0, 3)]


def _missing(on: register.Register, fact: Fact) -> bool:
    return all((e.kind, e.body) != (fact.kind, fact.body) for e in on.facts())


def test_a_folder_may_correct_what_it_contradicts(opened, tmp_path: Path) -> None:
    """A folder that says how the entry on file is to be read does not contradict it."""
    late = "{kind: report_received, happened_on: 2023-05-20, cycle: 2023, country: UGA}"
    record(opened, facts(tmp_path, late), by="test")
    final = "{kind: report_finalised, happened_on: 2023-05-01, cycle: 2023, country: UGA}"
    with pytest.raises(Problems, match="finalised_before_received"):
        load(opened, a_folder(tmp_path, "alone", final))
    right = late.replace("2023-05-20", "2023-04-20").replace("}", ", corrects: 1}")
    assert load(opened, a_folder(tmp_path, "corrected", final, right)).added == 2


def test_a_contradiction_that_was_on_file_does_not_keep_a_folder_out(opened, tmp_path) -> None:
    """Only what the folder brings is held against it."""
    opened.append(stated(facts(tmp_path, REPORT), "test"))
    early = "{kind: report_finalised, happened_on: 2023-01-01, cycle: 2023, country: UGA}"
    opened.append(stated(facts(tmp_path, early), "test"))
    assert load(opened, a_folder(tmp_path, "more", TAKEN)).added == 1
