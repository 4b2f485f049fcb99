"""The register: entries kept, corrected, in conflict, read by country, instant and reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from entries import FIGURE, at, report

from a87lib import register
from a87lib.facts import VISIBILITIES
from a87lib.problems import Problems
from a87lib.register import Conflict, NewEntry, Reader, Register


@pytest.fixture
def on(where: str) -> Iterator[Register]:
    register.make(where, "fictional", "test")
    with register.open(where) as opened:
        yield opened


def refused(on: Register, *entries: NewEntry) -> list[str]:
    """The codes of the problems with which the register refuses the entries; nothing is kept."""
    before = on.head()
    with pytest.raises(Problems) as told:
        on.append(entries)
    assert on.head() == before
    return [problem.code for problem in told.value.problems]


def test_an_entry_comes_back_as_it_was_given(on: Register) -> None:
    """Every column, the body and the figures are read as they were written."""
    given = report(
        happened_on=date(2022, 4, 1),
        precision="month",
        meeting=12,
        recorded_at=at("2022-05-01T10:00:00.000001"),
        visibility="members",
        label="a#b",
        slot="x",
        observations=[FIGURE, FIGURE._replace(value_number=0, sex="female")],
        body={"text": "Ünï \u0000 «» 'quoted' \u2028 😀", "number": 0.1},
    )
    assert on.append([given]) == [1]
    (kept,) = on.entries()
    assert kept.body_json == given.body_json
    assert kept.observations == tuple(given.observations)
    for name in (
        "kind country cycle meeting happened_on precision recorded_at recorded_by corrects "
        "withdrawn slot visibility source label"
    ).split():
        assert getattr(kept, name) == getattr(given, name), name


def test_an_entry_without_an_instant_is_stamped_and_stamps_never_go_back(where: str) -> None:
    """The register's clock stamps; where the clock is set back, stamps still do not."""
    register.make(where, "fictional", "test")
    times = iter([at("2024-01-02T00:00:00"), at("2024-01-01T00:00:00"), at("2024-01-03T00:00:00")])
    with register.open(where, clock=lambda: next(times)) as on:
        for _ in range(3):
            on.append([report()])
        stamps = [entry.recorded_at for entry in on.entries()]
    assert stamps == [at("2024-01-02T00:00:00")] * 2 + [at("2024-01-03T00:00:00")]


def test_numbers_follow_one_another_and_a_refused_batch_leaves_no_gap(on: Register) -> None:
    """Numbers are given in order, without a gap after a batch that was refused."""
    assert on.append([report(2021), report(2022)]) == [1, 2]
    assert refused(on, report(2023), report(2024, country="FRA")) == [
        "country_in_fictional_register"
    ]
    assert on.append([report(2023)]) == [3]


def test_a_dry_run_says_the_number_and_keeps_nothing(on: Register) -> None:
    """A dry run finds what a run would find, and takes it back."""
    assert on.append([report()], dry_run=True) == [1]
    assert on.head().no == 0
    assert list(on.entries()) == []
    assert on.append([report()]) == [1]


@pytest.mark.parametrize(
    ("kind", "country", "code"),
    [
        ("fictional", "FRA", "country_in_fictional_register"),
        ("real", "QMA", "country_in_real_register"),
    ],
)
def test_real_and_fictional_countries_are_not_mixed(
    where: str, kind: register.Kind, country: str, code: str
) -> None:
    """A register holds real countries or fictional ones, in entries and in figures."""
    register.make(where, kind, "test")
    own = {"fictional": "QMA", "real": "FRA"}[kind]
    with register.open(where) as on:
        assert refused(on, report(country=country)) == [code]
        figure = FIGURE._replace(country=country)
        assert refused(on, report(country=own, observations=[figure])) == [code]
        assert on.append([report(country=own)]) == [1]


def test_a_correction_takes_over_what_it_does_not_say(on: Register) -> None:
    """A correction belongs to the same country, cycle and meeting and is seen by no more people."""
    first = report(2022, meeting=3, visibility="country", slot="first")
    (no,) = on.append([first])
    second = report(corrects=no, country=None, visibility="public", slot="first")
    on.append([replace(second, cycle=None)])
    _, kept = on.entries()
    assert (kept.corrects, kept.country, kept.cycle, kept.meeting) == (1, "QMA", 2022, 3)
    assert (kept.visibility, kept.slot) == ("country", None)


def test_a_correction_may_name_its_entry_by_name_or_label(on: Register) -> None:
    """Entries of one batch call one another by name; later ones by the label that was kept."""
    on.append([report(name="a"), report(corrects="a", name="b"), report(corrects="b", label="c")])
    on.append([report(corrects="c")])
    assert [entry.corrects for entry in on.entries()] == [None, 1, 2, 3]


def test_what_a_correction_may_not_do(on: Register) -> None:
    """A correction is of an entry on file, of its kind and country, and not recorded before it."""
    on.append([report(recorded_at=at("2022-05-01T00:00:00"))])
    assert refused(on, report(corrects=7)) == ["corrects_unknown"]
    assert refused(on, report(corrects="nobody")) == ["corrects_unknown"]
    assert refused(on, report(corrects=1, kind="report_finalised")) == ["corrects_other_kind"]
    assert refused(on, report(corrects=1, country="QMB")) == ["corrects_other_country"]
    early = report(corrects=1, recorded_at=at("2022-04-30T00:00:00"))
    assert refused(on, early) == ["recorded_before_corrected"]
    infinite = FIGURE._replace(value_number=float("nan"))
    assert refused(on, report(observations=[infinite])) == ["not_finite"]


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
def test_a_text_that_cannot_be_kept_is_refused(on: Register, sign: str) -> None:
    """NUL and half of a sign, wherever they stand; in a body NUL is kept as JSON writes it."""
    torn = FIGURE._replace(breakdown=f"a{sign}b")
    for changed in ({"source": sign}, {"recorded_by": sign}, {"slot": sign}, {"label": sign},
                    {"observations": [torn]}):  # fmt: skip
        assert refused(on, report(**changed)) == ["null_character"]
    for named in ((sign, "Ana"), ("ana", sign)):
        with pytest.raises(Problems, match="null_character"):
            on.name_person(*named)
    if sign == "\0":
        on.append([report(body={"document": sign})])
    else:
        assert refused(on, report(body={"document": sign})) == ["null_character"]


def test_a_correction_is_stamped_not_before_what_it_corrects(where: str) -> None:
    """Shipped data may carry instants ahead of this machine's clock; a correction follows them."""
    register.make(where, "fictional", "test")
    with register.open(where, clock=lambda: at("2024-01-01T00:00:00")) as on:
        on.append([report(recorded_at=at("2030-01-01T00:00:00"))])
        on.append([report(corrects=1)])
        assert [entry.recorded_at for entry in on.entries()] == [at("2030-01-01T00:00:00")] * 2


def test_the_second_correction_is_told_both_texts_and_the_difference(on: Register) -> None:
    """Who corrects what somebody else has corrected meanwhile gets a Conflict with both texts."""
    on.append([report(2022)])
    on.append([report(2022, corrects=1, body={"document": "new.pdf", "note": "same"})])
    with pytest.raises(Conflict) as told:
        on.append([report(2022, corrects=1, body={"document": "mine.pdf", "note": "same"})])
    conflict = told.value
    assert conflict.problems[0].code == "corrected_already"
    assert conflict.number == 2
    assert '"document": "mine.pdf"' in conflict.yours
    assert '"document": "new.pdf"' in conflict.stored
    changed = [
        row for row in conflict.difference.splitlines() if row[:1] in "+-" and "{" not in row
    ]
    assert '-  "document": "new.pdf",' in changed
    assert '+  "document": "mine.pdf",' in changed
    assert not any("note" in row for row in changed)
    assert on.head().no == 2


def test_a_slot_has_one_first_entry(on: Register) -> None:
    """The second to fill a slot is told; so is a batch that fills one twice."""
    on.append([report(slot="conclusion")])
    assert refused(on, report(slot="conclusion")) == ["slot_taken"]
    assert refused(on, report(slot="other"), report(slot="other")) == ["slot_taken_twice"]
    on.append([report(name="x")])
    assert refused(on, report(corrects=2), report(corrects=2)) == ["corrected_already_twice"]


def test_a_conflict_shows_nothing_that_the_writer_may_not_see(on: Register) -> None:
    """To a focal point, a conflict with a subgroup's entry tells neither text nor number."""
    on.append([report(slot="s", visibility="subgroup", body={"text": "secret"})])
    with pytest.raises(Conflict) as told:
        on.append([report(slot="s")], visible_to="focal_point")
    assert told.value.problems[0].code == "slot_taken_hidden"
    assert (told.value.stored, told.value.difference, told.value.number) == ("", "", 0)
    assert "secret" not in str(told.value)


def test_entries_are_read_by_country_meeting_and_kind(on: Register) -> None:
    """Each restriction holds, alone and with others, and the order is that of the numbers."""
    on.append(
        [
            report(country="QMA", meeting=1),
            report(country="QMB", meeting=1),
            report(country="QMA", kind="report_finalised", body={}),
            report(country=None, meeting=2, kind="meeting_held", body={}),
        ]
    )
    assert [e.no for e in on.entries()] == [1, 2, 3, 4]
    assert [e.no for e in on.entries(country="QMA")] == [1, 3]
    assert [e.no for e in on.entries(meeting=1)] == [1, 2]
    assert [e.no for e in on.entries(kinds={"report_finalised", "meeting_held"})] == [3, 4]
    assert [e.no for e in on.entries(country="QMA", meeting=1, kinds=["report_received"])] == [1]
    assert list(on.entries(country="QMC")) == []


def test_known_at_shows_what_was_recorded_by_then(on: Register) -> None:
    """An entry is known from the very instant it was recorded, to the microsecond."""
    instant = at("2022-05-01T10:00:00.000500")
    on.append([report(recorded_at=instant)])
    just_before = instant.replace(microsecond=499)
    assert [e.no for e in on.entries(known_at=instant)] == [1]
    assert list(on.entries(known_at=just_before)) == []


def test_an_instant_needs_a_time_zone(on: Register) -> None:
    """An instant without a time zone is nobody's instant: it is refused by name."""
    with pytest.raises(ValueError, match="no time zone"):
        on.append([report(recorded_at=datetime(2022, 1, 1))])  # noqa: DTZ001 - what is refused


def test_each_circle_sees_its_own_and_wider_ones(on: Register) -> None:
    """Reviewers see everything, the public only what is public, the others what lies between."""
    on.append([report(visibility=visibility) for visibility in VISIBILITIES])
    seen = {v: [e.visibility for e in on.entries("QMA", visible_to=v)] for v in VISIBILITIES}
    for place, visibility in enumerate(VISIBILITIES):
        assert seen[visibility] == list(VISIBILITIES[place:])
    with pytest.raises(ValueError, match="nobody"):
        list(on.entries(visible_to="nobody"))


def test_a_focal_point_sees_the_own_country_and_of_others_what_is_public(on: Register) -> None:
    """Country-level entries are shown to that country only."""
    on.append(
        [
            report(country="QMA", visibility="country"),
            report(country="QMB", visibility="country"),
            report(country="QMB", visibility="members"),
            report(country="QMB", visibility="public"),
            report(country="QMA", visibility="subgroup"),
        ]
    )
    reader = Reader("country", frozenset({"QMA"}))
    assert [e.no for e in on.entries(visible_to=reader)] == [1, 4]
    assert [e.no for e in on.entries("QMA", visible_to="focal_point")] == [1]
    assert [e.no for e in on.entries(visible_to="focal_point")] == [4]
    for entry in on.entries():
        assert reader.sees(entry.visibility, entry.country) == (entry.no in (1, 4))


def test_what_a_hidden_correction_corrects_is_hidden_too(on: Register) -> None:
    """An earlier version would show what the narrower correction was made to hide."""
    on.append(
        [
            report(name="a"),
            report(corrects="a", name="b"),
            report(corrects="b", visibility="reviewers"),
        ]
    )
    assert list(on.entries(visible_to="public")) == []
    assert [e.no for e in on.entries(visible_to="secretariat")] == [1, 2, 3]


def test_the_digest_for_a_reader_tells_nothing_of_what_is_hidden(where: str, tmp_path) -> None:
    """Two registers that look the same to a reader have the same digest for that reader."""
    other = str(tmp_path / "other.db")
    digests = []
    for address, hidden in ((where, 0), (other, 3)):
        register.make(address, "fictional", "test")
        instant = at("2022-05-01T00:00:00")
        with register.open(address) as on:
            secret = report(visibility="reviewers", recorded_at=instant)
            on.append([secret] * hidden)
            on.append([report(recorded_at=instant, name="a", observations=[FIGURE])])
            on.append([secret] * hidden)
            on.append([report(recorded_at=instant, corrects=on.head().no - hidden)])
            digests.append((on.digest(visible_to="public"), on.digest()))
    (public, everything), (other_public, other_everything) = digests
    assert public == other_public
    assert everything == public  # nothing was hidden in the first
    assert other_everything != public


@pytest.mark.parametrize(
    "changed",
    [
        {"cycle": 2023},
        {"source": "e-mail"},
        {"body_json": "{}"},
        {"happened_on": date(2022, 4, 21)},
        {"observations": [FIGURE]},
    ],
)
def test_the_digest_changes_with_what_a_reader_sees(on: Register, changed: dict) -> None:
    """Another date, source, body, cycle or figure is another digest."""
    entry = report(recorded_at=at("2022-05-01T00:00:00"))
    on.append([entry, replace(entry, **changed)])
    first, second = on.entries()
    assert register.digest([first]) != register.digest([second])


def test_typed_entries_say_what_was_stored(on: Register) -> None:
    """Each body becomes a model of its kind; months and years become the days they may be."""
    on.append(
        [
            report(happened_on=date(2024, 2, 1), precision="month", observations=[FIGURE]),
            report(happened_on=date(2024, 1, 1), precision="year"),
            report(corrects=1, withdrawn=True, body={}),
        ]
    )
    first, second, third = on.facts()
    assert first.body.document == "report-2022.pdf"
    assert (first.when.first, first.when.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (second.when.first, second.when.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert first.observations[0].value_number == 12.5
    assert first.recorded_at.tzinfo == UTC
    assert third.withdrawn
    assert third.corrects == 1


def test_an_entry_that_is_not_there_is_named(on: Register) -> None:
    """Asking for an entry beyond the last one tells the number and the last one."""
    on.append([report()])
    assert on.entry(1).no == 1
    with pytest.raises(Problems) as told:
        on.entry(2)
    assert told.value.problems[0].code == "no_such_entry"
    assert told.value.problems[0].args == {"last": 1}


def test_sqlite_keeps_what_it_said_it_kept(tmp_path) -> None:
    """Write-ahead log, full synchronisation, foreign keys and overwriting of what is erased."""
    register.make(tmp_path / "r.db", "fictional", "test")
    with register.open(tmp_path / "r.db") as on, on._reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_names_of_people_are_kept_apart_and_can_go(on: Register) -> None:
    """A person's name is kept once, may be corrected, and may be removed without a trace."""
    on.name_person("p1", "A. Person", "Ministry")
    on.name_person("p1", "B. Person")
    assert on.person("p1") == "B. Person"
    on.name_person("p1", None)
    assert on.person("p1") is None
