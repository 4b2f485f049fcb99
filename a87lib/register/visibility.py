"""Who may see which entries; decided here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, not_, or_

from a87lib.facts import DESK_KINDS, VISIBILITIES, Visibility, sees
from a87lib.register.tables import entry

ROLES: dict[str, Visibility] = {
    "secretariat": "reviewers",
    "reviewer": "reviewers",
    "subgroup": "subgroup",
    "chair": "subgroup",
    "focal_point": "country",
    "member": "members",
    "observer": "members",
    "public": "public",
}
"""The circle that a role belongs to: it sees what is meant for that circle and wider ones."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads.

    circle: the narrowest circle the reader belongs to. countries: where that circle is `country`,
    the countries whose file it is; of other countries, and of all where none is named, the reader
    sees what is public. own: the circle where it is another one for a country. closed: countries
    whose file is closed to the reader, so that not even what is public is there. unseen: kinds of
    entries that the reader does not come to see here. withheld: kind, country and cycle of entries
    that the reader is not to see yet.
    """

    circle: Visibility
    countries: frozenset[str] = frozenset()
    own: frozenset[tuple[str, Visibility]] = frozenset()
    closed: frozenset[str] = frozenset()
    unseen: frozenset[str] = DESK_KINDS
    withheld: frozenset[tuple[str, str, int]] = frozenset()

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
        unseen = frozenset() if who == "secretariat" else DESK_KINDS
        return cls(circle, frozenset() if country is None else frozenset({country}), unseen=unseen)

    def sees(self, visibility: Visibility, country: str | None) -> bool:
        """Whether the reader may see an entry about a country (None: about none)."""
        return country not in self.closed and sees(self.circle_for(country), visibility)

    def sees_all_of(self, country: str | None) -> bool:
        """Whether nothing about a country (None: about the GCM) can be hidden from the reader.

        Any entry may be narrowed to the reviewers, whatever its kind; so from everybody else
        something may be hidden, and only who sees all may take silence for an answer.
        """
        whole = VISIBILITIES[0]
        if country is None and (self.closed or any(circle != whole for _, circle in self.own)):
            return False
        return country not in self.closed and self.circle_for(country) == whole

    def hides(self, country: str | None, kind: str, cycle: int | None) -> bool:
        """Whether entries of a kind about a country (in a cycle) may be hidden from the reader."""
        if not self.sees_all_of(country):
            return True
        return any(
            (kind, country) == (named, about) and cycle in (None, year)
            for named, about, year in self.withheld
        )

    def circle_for(self, country: str | None) -> Visibility:
        """The circle the reader belongs to where it is about this country."""
        for code, circle in self.own:
            if code == country:
                return circle
        if self.circle != "country" or country in self.countries:
            return self.circle
        return "public"

    def condition(self) -> ColumnElement[bool]:
        """The same as `sees`, for a query on the table of entries; `unseen` kinds left out."""
        met = [self._circles()]
        if self.unseen:
            met.append(entry.c.kind.not_in(sorted(self.unseen)))
        if self.closed:
            open_ = entry.c.country.not_in(sorted(self.closed))
            met.append(or_(entry.c.country.is_(None), open_))
        for kind, country, cycle in sorted(self.withheld):
            there = (entry.c.country == country, entry.c.cycle == cycle)
            other = (entry.c.country.is_(None), entry.c.cycle.is_(None))
            met.append(or_(entry.c.kind != kind, *other, not_(and_(*there))))
        return and_(*met)

    def _circles(self) -> ColumnElement[bool]:
        special = dict(self.own)
        if self.circle == "country":
            for code in self.countries - special.keys():
                special[code] = "country"
        seen = _seen_by("public" if self.circle == "country" else self.circle)
        general = entry.c.visibility.in_(seen)
        if not special:
            return general
        elsewhere = or_(entry.c.country.is_(None), entry.c.country.not_in(sorted(special)))
        found = [and_(elsewhere, general)]
        for code, circle in sorted(special.items()):
            met = entry.c.visibility.in_(_seen_by(circle))
            found.append(and_(entry.c.country == code, met))
        return or_(*found)


def _seen_by(circle: Visibility) -> list[str]:
    return [visibility for visibility in VISIBILITIES if sees(circle, visibility)]
