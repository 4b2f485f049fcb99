"""Who may see which entries; decided here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_

from a87lib.facts import VISIBILITIES, Visibility, sees
from a87lib.register.tables import entry

ROLES: dict[str, Visibility] = {
    "secretariat": "reviewers",
    "reviewer": "reviewers",
    "subgroup": "subgroup",
    "focal_point": "country",
    "member": "members",
    "public": "public",
}
"""The circle that a role belongs to: it sees what is meant for that circle and wider ones."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads.

    circle: the narrowest circle the reader belongs to. countries: where that circle is `country`,
    the countries whose file it is; of other countries, and of all where none is named, the reader
    sees what is public.
    """

    circle: Visibility
    countries: frozenset[str] = frozenset()

    @classmethod
    def of(cls, who: Reader | str, country: str | None = None) -> Reader:
        """A reader from a role or the name of a circle; ValueError for anything else.

        country: whose file is read, where only one is.
        """
        if isinstance(who, Reader):
            return who
        circle = ROLES.get(who, who)
        if circle not in VISIBILITIES:
            raise ValueError(f"{who!r} is neither a role ({', '.join(ROLES)}) nor a circle")
        return cls(circle, frozenset() if country is None else frozenset({country}))

    def sees(self, visibility: Visibility, country: str | None) -> bool:
        """Whether the reader may see an entry about a country (None: about none)."""
        return sees(self.circle_for(country), visibility)

    def sees_all_of(self, country: str | None) -> bool:
        """Whether nothing about a country (None: about the GCM) can be hidden from the reader.

        Any entry may be narrowed to the reviewers, whatever its kind; so from everybody else
        something may be hidden, and only who sees all may take silence for an answer.
        """
        return self.circle_for(country) == VISIBILITIES[0]

    def circle_for(self, country: str | None) -> Visibility:
        """The circle the reader belongs to where it is about this country."""
        if self.circle != "country" or country in self.countries:
            return self.circle
        return "public"

    def condition(self) -> ColumnElement[bool]:
        """The same as `sees`, for a query on the table of entries."""
        if self.circle != "country":
            return entry.c.visibility.in_(_seen_by(self.circle))
        own = and_(entry.c.country.in_(self.countries), entry.c.visibility.in_(_seen_by("country")))
        return or_(entry.c.visibility == "public", own)


def _seen_by(circle: Visibility) -> list[str]:
    return [visibility for visibility in VISIBILITIES if sees(circle, visibility)]
