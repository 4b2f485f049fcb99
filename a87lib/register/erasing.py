"""Bodies blanked because a recorded erasure says so."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from a87lib.problems import Problem, Problems
from a87lib.register.tables import entry, entry_body, head, possible


def blank(connection: Connection, numbers: Sequence[int]) -> None:
    """Blanks the bodies, each with its salt, so that no guess at what stood there can be checked.

    The erasures must have been recorded in the same transaction. Raises Problems for an entry that
    is not there, is erased already, or is itself the record of an erasure.
    """
    joined = entry_body.join(entry, entry.c.no == entry_body.c.no)
    query = select(entry.c.no, entry.c.kind, entry_body.c.text).select_from(joined)
    asked = query.where(entry.c.no.in_(possible(numbers)))
    there = {row[0]: row for row in connection.execute(asked)}
    problems = []
    last = connection.execute(select(head.c.no)).scalar_one()
    for no in numbers:
        if no not in there:
            problems.append(Problem("no_such_entry", found=str(no), args={"last": last}))
        elif there[no].kind == "erasure_recorded":
            problems.append(Problem("erasure_not_erased", found=str(no)))
        elif there[no].text is None:
            problems.append(Problem("erased_already", found=str(no)))
    if problems:
        raise Problems(problems)
    blanked = update(entry_body).where(entry_body.c.no.in_(numbers)).values(text=None, salt=None)
    connection.execute(blanked)
