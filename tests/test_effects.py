"""What a decision does to a country's status, and who is in the room while it is taken."""

from __future__ import annotations

from datetime import date

from council import archive, decided, find, full, fw, held, was

from a87lib.rules import council_file
from a87lib.rules.effects import effect
from a87lib.rules.gcm_quorum import quorum_now

GRANT = decided("grant_status", "2024-05-02", country="QMA", consensus=True, quorum=True)
DAY, ON = "2024-05-02", date(2024, 5, 2)


def changed(*rows: dict) -> tuple[str, str, str, bool] | None:
    """Country, status before and after, and whether it changed, by the last of these facts."""
    told = archive(rows)
    found = effect(told, told.entries[-1], fw())
    if found is None:
        return None
    return found.country, str(found.before.value), str(found.after.value), found.changed


def test_a_valid_decision_changes_the_status_of_its_country() -> None:
    """Granted, then declared inactive; each beside what was before."""
    assert changed(GRANT) == ("QMA", "none", "active", True)
    inactive = decided("declare_inactive", "2025-05-02", country="QMA", consensus=True, quorum=True)
    assert changed(GRANT, inactive) == ("QMA", "active", "inactive", True)


def test_an_invalid_or_idle_decision_changes_nothing() -> None:
    """Without consensus, or to do what is done already."""
    assert changed({**GRANT, "consensus": False}) == ("QMA", "none", "none", False)
    again = {**GRANT, "happened_on": "2025-05-02"}
    assert changed(GRANT, again) == ("QMA", "active", "active", False)


def test_only_decisions_on_a_country_s_status_have_such_an_effect() -> None:
    """Not the offer of support to it, nor a decision about the GCM itself."""
    assert changed(GRANT, decided("offer_support", "2025-05-02", country="QMA")) is None
    assert changed(decided("governance", "2025-05-02", meeting=20)) is None


MEMBERS = ("chair", "pathfinder-1", "partner-1", "un-igo-1", "workers-1", "employers-1", "ngo-1")
OTHERS = ("pathfinder-2", "pathfinder-3", "pathfinder-4", "pathfinder-5", "partner-2", "partner-3",
          "region-1", "region-2", "region-3")  # fmt: skip
ROOM = [*full(), held(19, DAY), *(was(seat, "present", 19, DAY) for seat in (*MEMBERS, *OTHERS))]


def test_who_has_left_the_room_is_not_counted_any_more() -> None:
    """Sixteen make the quorum; when one goes it is gone, though the meeting had had it."""
    gone = {**was("region-3", "present", 19, DAY), "left_at": "16:30"}
    for rows, present, reached in ((ROOM, 16, True), ([*ROOM, gone], 15, False)):
        there, presence = quorum_now(council_file(archive(rows), ON, 19), fw())
        assert (there.present, there.reached, len(presence.seats)) == (present, reached, present)


def test_who_has_left_the_seat_since_was_in_the_room() -> None:
    """The quorum of a meeting is that of its day, whenever it is asked about."""
    since = {"kind": "seat_left", "happened_on": "2024-06-01", "seat": "ngo-1"}
    later = council_file(archive([*ROOM, since]), date(2024, 7, 1), 19)
    assert quorum_now(later, fw())[0].reached
    assert str(find([*ROOM, since], "gcm.quorum", "2024-07-01", meeting=19).answer) == "yes"


def test_a_presence_put_right_later_does_not_bring_back_who_has_left() -> None:
    """A correction of the first record of a seat stands where that one stood."""
    came = {**was("region-3", "present", 19, DAY), "came_at": "14:00"}
    gone = {**was("region-3", "present", 19, DAY), "left_at": "16:30"}
    place = len(ROOM) + 1
    right = {**came, "came_at": "13:30", "corrects": place}
    there, _ = quorum_now(council_file(archive([*ROOM, came, gone, right]), ON, 19), fw())
    assert there.present == 15
