"""How the server runs, checked before it starts."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from packaging.version import Version

from a87lib.problems import Problem, Problems, usage

MINIMUM = {
    "voila": "0.5.13",
    "jupyter_server": "2.20",
    "nbconvert": "7.17.1",
    "tornado": "6.5.5",
    "jupyterlab": "4.5.7",
}
"""Below these there are published vulnerabilities."""

SECRET = "A87_PROXY_SECRET"  # noqa: S105 - the name of a variable
SECRET_FILE = "A87_PROXY_SECRET_FILE"  # noqa: S105 - the name of a variable
SHORTEST_SECRET = 32
PING = 30
LOOK_FOR_IDLE = 10
ORDER = (
    "overview", "country", "calendar", "reviews", "focal", "intake", "meeting", "packs",
    "administration",
)  # fmt: skip
SCREEN = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Proxy:
    """The proxy in front of a team's server.

    origin: what stands before the path in the browser's address line. secret: shared by proxy and
    server.
    """

    origin: str
    secret: bytes

    @property
    def host(self) -> str:
        """The host, with its port where it has one."""
        return urlsplit(self.origin).netloc


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a server is told.

    screens: name of each dashboard and its notebook. per_user, total: how many may be open at once.
    idle: seconds without use after which an open screen is closed. proxy: None for one person's
    own machine. ping: seconds between two questions to a page whether it is still there.
    """

    screens: Mapping[str, Path]
    port: int
    per_user: int
    total: int
    idle: int
    proxy: Proxy | None = None
    ping: int = PING

    @property
    def look(self) -> int:
        """Seconds between two looks for screens that nobody uses."""
        return max(1, min(LOOK_FOR_IDLE, self.idle // 4))


def check_versions(found: Mapping[str, str] | None = None) -> None:
    """Raises Problems for every package that is too old to be safe."""
    have = {name: version(name) for name in MINIMUM} if found is None else found
    old = [
        Problem("serve_version", name, have[name], {"least": least})
        for name, least in MINIMUM.items()
        if Version(have[name]) < Version(least)
    ]
    if old:
        raise Problems(old, exit_status=2)


def screens_in(root: Path) -> dict[str, Path]:
    """The dashboards of a folder by name; the folder may hold nothing else.

    Hidden files and folders are passed over: nothing but the notebooks found now is ever read.
    """
    if not root.is_dir():
        raise usage("serve_root", found=root.name)
    found: dict[str, Path] = {}
    for path in sorted(root.iterdir()):
        if path.name.startswith("."):
            continue
        plain = path.is_file() and not path.is_symlink() and path.suffix == ".ipynb"
        if not plain or not SCREEN.fullmatch(path.stem):
            raise usage("serve_root_holds", root.name, path.name)
        found[path.stem] = path
    if not found:
        raise usage("serve_root", found=root.name)
    return {name: found[name] for name in sorted(found, key=_place)}


def _place(name: str) -> tuple[int, str]:
    """Where a screen stands among the others: those in ORDER first, then by name."""
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def proxy_at(public_url: str | None, secret_file: Path | None) -> Proxy:
    """The proxy by its public address, with the secret from a file or from the environment."""
    parts = urlsplit(public_url or "")
    plain = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if not plain or parts.username or parts.query or parts.fragment:
        raise usage("serve_public_url", "--public-url", public_url or "")
    return Proxy(f"{parts.scheme}://{parts.netloc}".lower(), _secret(secret_file))


def _secret(file: Path | None) -> bytes:
    named = file or (Path(os.environ[SECRET_FILE]) if os.environ.get(SECRET_FILE) else None)
    if named is None:
        secret = os.environ.get(SECRET, "").encode()
    else:
        try:
            secret = named.read_bytes().strip()
            readable = named.stat().st_mode & 0o007
        except OSError:
            raise usage("serve_secret_file", found=named.name) from None
        if os.name == "posix" and readable:
            raise usage("serve_secret_open", found=named.name)
    if len(secret) < SHORTEST_SECRET or not secret.isascii() or b" " in secret:
        raise usage("serve_secret", least=SHORTEST_SECRET, variable=SECRET, file=SECRET_FILE)
    return secret
