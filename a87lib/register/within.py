"""A register seen from inside a transaction that is under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from sqlalchemy import Connection

from a87lib.register.address import Address
from a87lib.register.refusals import told_plainly
from a87lib.register.store import Kind, Register
from a87lib.register.writing import Clock

Given = ParamSpec("Given")
Result = TypeVar("Result")
Verb: TypeAlias = Callable[Concatenate[Register, Given], Result]


class Within(Register):
    """Reads and writes on one connection; whoever began the transaction ends it."""

    def __init__(
        self, address: Address, connection: Connection, kind: Kind, name: str, clock: Clock
    ) -> None:
        super().__init__(address, connection.engine, kind, name, clock)
        self._connection = connection
        self._erased = False

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told_plainly(self.address):
            yield self._connection

    _reading = _writing

    def close(self) -> None:
        """The transaction that this is within closes it."""

    def _checkpoint(self) -> None:
        """Waits for the end of the transaction."""
        self._erased = True


@contextmanager
def undisturbed(on: Register, *, dry_run: bool = False) -> Iterator[Register]:
    """The register as it is once nobody else can write: what is done in it is done all or not.

    dry_run: take everything back in the end.
    """
    with on._writing() as connection:
        on._writer(connection, None)  # on PostgreSQL others wait from here on
        inside = Within(on.address, connection, on.kind, on.name, on._clock)
        yield inside
        if dry_run:
            connection.rollback()
    if inside._erased:
        on._checkpoint()


def as_one(verb: Verb[Given, Result]) -> Verb[Given, Result]:
    """Has a verb look at the register and write to it while nobody else can write."""

    @wraps(verb)
    def whole(on: Register, /, *given: Given.args, **named: Given.kwargs) -> Result:
        with undisturbed(on) as inside:
            return verb(inside, *given, **named)

    return whole
