"""From what is said of a seat at a meeting to what is recorded of it."""

from __future__ import annotations

from collections.abc import Mapping

from a87lib.facts.codes import Coded
from a87lib.meetingfile import CouncilFile, in_the_room, movements
from a87lib.problems import Problem
from a87lib.rules.slots import clock

PRESENT, LEFT, BACK = "present", "left", "back"
MARKS = (PRESENT, "apology", "absent", LEFT, BACK)
Movement = tuple[Mapping[str, object], int | None, bool]
"""A body, the number of the entry that it corrects, and whether it withdraws that one."""


def movement(
    file: CouncilFile, meeting: int, seat: str, what: str, at: str | None
) -> list[Movement] | Problem:
    """What to record where a seat is marked so; nothing where that is on file; or why it cannot be.

    Whoever leaves the room stays recorded as present at the meeting (TR-SEAT-4), and is not counted
    from then on.
    """
    told = movements(file, meeting).get(seat, [])
    here = seat in in_the_room(file, meeting)
    gone = bool(told) and told[-1].body.presence == PRESENT and not here
    if what == PRESENT and gone:
        what = BACK
    if what in (LEFT, BACK):
        if at is None or clock(at) is None:
            return Problem("clock_time_needed", found=at or "")
        if what == LEFT and not here:
            return Problem("seat_not_in_the_room", args={"seat": Coded("seat", seat)})
        if what == BACK and not gone:
            return Problem("seat_has_not_left", args={"seat": Coded("seat", seat)})
        moment = "left_at" if what == LEFT else "came_at"
        return [({"seat": seat, "presence": PRESENT, moment: at}, None, False)]
    if told and told[-1].body.presence == what:
        return []
    body = {"seat": seat, "presence": what}
    if what == PRESENT and at is not None:
        body["came_at"] = at
    last = told[-1].no if told else None
    withdrawn: list[Movement] = [
        ({"seat": seat, "presence": e.body.presence}, e.no, True) for e in told[:-1]
    ]
    return [*withdrawn, (body, last, False)]
