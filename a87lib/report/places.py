"""Where a pack lies: a folder, or a store that fsspec reaches; each file whole or not at all.

A pack is made below ``.new`` in its place and moved to its names when all of it is there: until
then the pack of before lies untouched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from a87lib.problems import problem, usage

NEW = ".new"  # what is being made, below its place


class Place(Protocol):
    """Files by their names in the pack, such as ``QMA/review.fr.html``."""

    def read(self, name: str) -> bytes | None:
        """The content; None where there is no such file."""

    def there(self, name: str) -> bool:
        """Whether there is such a file."""

    def write(self, name: str, content: bytes) -> None:
        """Put a file, whole or not at all. Raises OSError."""

    def move(self, name: str, to: str) -> None:
        """Give a file another name, if it is there; what had that name before is replaced."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def clear(self) -> None:
        """Remove what is below ``.new``."""

    def alone(self) -> Any:
        """A context in which no other batch puts a pack here. Raises Problems where one does."""


@dataclass(frozen=True)
class Folder:
    """A folder of this machine, or one that several machines share."""

    path: Path

    def read(self, name: str) -> bytes | None:
        """See Place."""
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def there(self, name: str) -> bool:
        """See Place."""
        return (self.path / name).is_file()

    def write(self, name: str, content: bytes) -> None:
        """See Place."""
        put({"": content}, {"": self.path / name})

    def move(self, name: str, to: str) -> None:
        """See Place."""
        source, target = self.path / name, self.path / to
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)

    def remove(self, name: str) -> None:
        """See Place."""
        (self.path / name).unlink(missing_ok=True)

    def clear(self) -> None:
        """See Place."""
        shutil.rmtree(self.path / NEW, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See Place. The folder is made where there is none."""
        self.path.mkdir(parents=True, exist_ok=True)
        with locked(self.path):
            yield


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder for this process alone, as far as others ask; ends with the process by itself."""
    try:
        import fcntl
    except ImportError:  # not on Windows, where nothing stops a second batch
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise problem("pack_being_made", found=folder.name) from None
    else:
        yield
    finally:
        os.close(held)


@dataclass(frozen=True)
class Store:
    """A place that fsspec reaches by its address, such as ``s3://bucket/pack``.

    Such stores keep an object whole or not at all. Nothing keeps two batches apart.
    """

    address: str

    def _reach(self, name: str) -> tuple[Any, str]:
        filesystem, root = import_module("fsspec.core").url_to_fs(self.address)
        return filesystem, str(PurePosixPath(root) / name)

    def read(self, name: str) -> bytes | None:
        """See Place."""
        filesystem, path = self._reach(name)
        try:
            content: bytes = filesystem.cat_file(path)
        except FileNotFoundError:
            return None
        return content

    def there(self, name: str) -> bool:
        """See Place."""
        filesystem, path = self._reach(name)
        return bool(filesystem.exists(path))

    def write(self, name: str, content: bytes) -> None:
        """See Place. On a shared folder (``file://``) through another name."""
        filesystem, path = self._reach(name)
        filesystem.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
        if "file" in filesystem.protocol:
            put({"": content}, {"": Path(path)})
        else:
            filesystem.pipe_file(path, content)

    def move(self, name: str, to: str) -> None:
        """See Place."""
        filesystem, source = self._reach(name)
        _, target = self._reach(to)
        if not filesystem.exists(source):
            return
        filesystem.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
        if "file" in filesystem.protocol:
            Path(source).replace(target)
        else:
            filesystem.mv(source, target)

    def remove(self, name: str) -> None:
        """See Place."""
        filesystem, path = self._reach(name)
        if filesystem.exists(path):
            filesystem.rm_file(path)

    def clear(self) -> None:
        """See Place."""
        filesystem, path = self._reach(NEW)
        if filesystem.exists(path):
            filesystem.rm(path, recursive=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See Place."""
        yield


def place_of(where: Path | str) -> Folder | Store:
    """The place named: a path, or an address with ``://``. Raises Problems where it needs more."""
    if "://" not in str(where):
        return Folder(Path(where))
    try:
        import_module("fsspec.core").url_to_fs(str(where))
    except (ImportError, ValueError) as error:
        raise usage("store_not_reached", "--out", str(where), why=str(error)) from None
    return Store(str(where))


def put(contents: dict[str, bytes], paths: dict[str, Path]) -> None:
    """Write all contents beside their places, flush them to disk, then move them there.

    The last comes last: where it lies, all else lies. Raises OSError, having removed its parts.
    """
    parts = {form: path.with_name(f"{path.name}.part") for form, path in paths.items()}
    try:
        for form, content in contents.items():
            parts[form].parent.mkdir(parents=True, exist_ok=True)
            with parts[form].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for form in contents:
            parts[form].replace(paths[form])
    except BaseException:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise
