"""Where a register is: a file by its path, or a database by its URL."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from a87lib.facts import fictional
from a87lib.problems import usage

VARIABLE = "A87_REGISTER"
DEFAULT, EXERCISE = "data/pathfinders.db", "data/exercise.db"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a register is: `path` for a file, `url` for a database server; never both."""

    path: Path | None = None
    url: URL | None = None

    def __str__(self) -> str:
        """The address as it may be shown: without a password."""
        if self.url is None:
            return str(self.path)
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)

    @classmethod
    def of(cls, text: str | Path) -> Address:
        """The address that a path or URL names; a problem of usage for any other URL."""
        name = str(text).strip()
        if not name:
            raise usage("register_address", found=name)
        if isinstance(text, Path) or not re.match(r"[A-Za-z][\w+.-]+:", name):
            return cls(path=Path(name))
        try:
            url = make_url(name if "://" in name else f"{name}//")
        except (ArgumentError, ValueError):
            raise usage("register_address", found=name.split("@")[-1]) from None
        if url.get_backend_name() == "sqlite" and url.database:
            return cls(path=Path(url.database))
        if url.get_backend_name() in ("postgresql", "postgres"):
            return cls(url=url.set(drivername="postgresql+psycopg"))
        raise usage("register_address", found=url.render_as_string(hide_password=True))


def chosen(given: str | None = None, default: str = DEFAULT) -> str:
    """The register that was named, else the one that A87_REGISTER names, else the default."""
    return given or os.environ.get(VARIABLE) or default


def embedded(country: str | None = None, below: Path | None = None) -> str:
    """The register that comes with the project: that of the invented countries if this is one.

    below: the project's folder, for documents and screens, which run in folders of their own;
    commands take it, like every path, from where one stands, as `a87 init` makes it there.
    """
    name = EXERCISE if country and fictional(country) else DEFAULT
    return name if below is None else str(below / name)
