"""The persons who work here, and the roles they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from a87lib.register import Register
from a87lib.register.persons import Kept, everybody, kept

Role = Literal[
    "secretariat", "chair", "reviewer", "subgroup", "focal_point", "member", "observer", "public"
]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as kept in the register.

    roles: see ROLES. focal: countries whose focal point the person is. country: where the person
    comes from, if that is kept: a conflict of interest that needs no declaration.
    """

    id: str
    name: str = ""
    organisation: str = ""
    roles: frozenset[str] = frozenset()
    focal: frozenset[str] = frozenset()
    country: str | None = None

    def has(self, *roles: str) -> bool:
        """Whether the person has one of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def home(self) -> frozenset[str]:
        """The countries that are the person's own."""
        return self.focal | (frozenset() if self.country is None else frozenset({self.country}))

    @property
    def words(self) -> str:
        """The roles as they are typed."""
        found = sorted(self.roles - {"focal_point"})
        found += [f"focal_point:{code}" for code in sorted(self.focal)]
        return " ".join(found + ([] if self.country is None else [f"country:{self.country}"]))


def person_of(on: Register, id: str) -> Person:
    """The person with this id; one without roles where nothing is kept."""
    found = kept(on, id)
    return Person(id) if found is None else _person(found)


def people(on: Register) -> list[Person]:
    """All persons that are kept, by their ids."""
    return [_person(each) for each in everybody(on)]


def _person(kept_: Kept) -> Person:
    words = [word.partition(":") for word in kept_.roles.split()]
    roles = {role for role, _, code in words if role in ROLES and (role != "focal_point" or code)}
    focal = frozenset(code for role, _, code in words if role == "focal_point" and code)
    country = next((code for role, _, code in words if role == "country" and code), None)
    return Person(kept_.id, kept_.name, kept_.organisation, frozenset(roles), focal, country)
