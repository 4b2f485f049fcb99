"""Who acts, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.desk.people import Person, person_of
from a87lib.register import Register


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who does something.

    person: the id of whoever is at the screen or the command line. on_behalf_of: for whom, where
    that is somebody else (only the secretariat may). reason: why, needed with `on_behalf_of`.
    alone: one person on their own machine, for whom nobody vouches: they hold the whole file and
    act as the secretariat.
    """

    person: str
    on_behalf_of: str | None = None
    reason: str | None = None
    alone: bool = False

    @property
    def principal(self) -> str:
        """Whose act it is."""
        return self.on_behalf_of or self.person

    @property
    def for_other(self) -> bool:
        """Whether somebody acts for somebody else."""
        return self.on_behalf_of is not None and self.on_behalf_of != self.person

    @property
    def own(self) -> Acting:
        """The same person, acting for nobody else."""
        return Acting(self.person, alone=self.alone)

    def itself(self, on: Register) -> Person:
        """The person who acts."""
        person = person_of(on, self.person)
        if not self.alone:
            return person
        return Person(
            person.id, person.name, person.organisation, person.roles | {"secretariat"},
            person.focal, person.country,
        )  # fmt: skip

    def whose(self, on: Register) -> Person:
        """The person whose act it is, with that person's roles."""
        return person_of(on, self.principal) if self.for_other else self.itself(on)
