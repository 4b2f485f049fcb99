"""Many documents at once: each notebook in its own kernel, on all cores, whole or not at all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from a87lib.report import jobs as checking
from a87lib.report.crew import TRIES as TRIES
from a87lib.report.crew import Crew, Died, cores
from a87lib.report.homes import sweep
from a87lib.report.jobs import Job
from a87lib.report.making import NEW, RECORD, Failed, Made, kept, make
from a87lib.report.manifest import Pack, index, manifest, versions
from a87lib.report.peak import Peak
from a87lib.report.places import Place, place_of

Result = Made | Failed
Finish = Callable[[tuple[Made, ...], Place, Crew], tuple[Made, ...]]


@dataclass(frozen=True)
class Outcome:
    """What became of a batch, in the order of its jobs.

    seconds: what the parts of the batch took, one after the other (`looking` at what lies there
    already, `making`, `finishing`, `moving`). work: what the steps of making took, all processes
    together. memory: bytes of all processes at their most, 0 where it is not known.
    """

    made: tuple[Made, ...]
    failed: tuple[Failed, ...] = field(default=())
    seconds: dict[str, float] = field(default_factory=dict)
    work: dict[str, float] = field(default_factory=dict)
    memory: int = 0

    @property
    def exit_status(self) -> int:
        """0 where everything was made, else 1."""
        return 1 if self.failed else 0

    @property
    def anew(self) -> int:
        """How many documents were made in this run; the others lay there, unchanged."""
        return sum(one.anew for one in self.made)


def build(
    jobs: list[Job],
    out: Path | str,
    pack: Pack,
    workers: int | None = None,
    progress: Callable[[Result], None] | None = None,
    executor: Executor | None = None,
    finish: Finish | None = None,
    force: bool = False,
) -> Outcome:
    """Make the documents of a pack below `out`, its manifest.json and its index.html.

    What lies there and was made from the very same is kept, unless `force` is set. Until all is
    made the pack that lies there is left alone. A job that fails is told with notebook, cell and
    reason, leaves no file, and stops no other.
    out: a folder, or an address that fsspec knows. workers: processes (None: one for each core).
    progress: called with each result as it comes. executor: where to work instead (a Dask client's
    executor has the same interface). finish: makes further files of the documents made.
    Raises Problems before anything runs where a job cannot be right or another batch is making
    this pack, and OSError where files cannot be written there.
    """
    checking.check(jobs)
    sweep()
    place, known, clock = place_of(out), versions(), Clock()
    with place.alone(), Peak() as peak, Crew(workers or cores(), executor) as crew:
        try:
            results = _lying(jobs, place, known, force)
            clock.lap("looking")
            for result in _made(jobs, results, place, known, crew, progress):
                results[result.name] = result
            clock.lap("making")
            made = tuple(one for job in jobs if isinstance(one := results[job.name], Made))
            failed = tuple(one for job in jobs if isinstance(one := results[job.name], Failed))
            made = finish(made, place, crew) if finish is not None else made
            place.write(f"{NEW}/manifest.json", manifest(pack, made, failed, known))
            place.write(f"{NEW}/index.html", index(pack, made))
        except OSError:
            crew.end()
            place.clear()
            raise
        clock.lap("finishing")
        _moved(jobs, made, failed, place)
        clock.lap("moving")
    work = sum((Counter(one.seconds) for one in made), Counter[str]())
    return Outcome(made, failed, clock.seconds, dict(work), peak.bytes)


class Clock:
    """What the parts of a batch took, one after the other."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, part: str) -> None:
        """The part has ended."""
        now = time.perf_counter()
        self.seconds[part], self._last = now - self._last, now


def _lying(jobs: list[Job], place: Place, known: dict[str, str], force: bool) -> dict[str, Result]:
    """What need not be made. What an ended batch has left of other editions is removed."""
    if force:
        place.clear()
        return {}
    found: dict[str, Result] = {}
    for job in jobs:
        one = kept(job, place, known)
        if one is not None:
            found[job.name] = one
            for path, _, _ in one.files if not one.below else ():
                place.remove(f"{NEW}/{path}")
    return found


def _made(
    jobs: list[Job],
    results: dict[str, Result],
    place: Place,
    known: dict[str, str],
    crew: Crew,
    progress: Callable[[Result], None] | None,
) -> Iterator[Result]:
    """The rest, as it comes."""
    for result in results.values():
        if progress is not None:
            progress(result)
    left = [(job, job.key(known)) for job in jobs if job.name not in results]
    for (job, _), made in crew.each(partial(_one, place, known), left):
        failed = Failed(job.name, job.notebook.name, 0, str(made))
        result = failed if isinstance(made, Died) else made
        if progress is not None:
            progress(result)
        yield result


def _one(place: Place, known: dict[str, str], asked: tuple[Job, str]) -> Result:
    job, key = asked
    return make(job, place, known, key)


def _moved(
    jobs: list[Job], made: tuple[Made, ...], failed: tuple[Failed, ...], place: Place
) -> None:
    """Everything to its own name, records last of each document, the manifest last of all."""
    for one in made:
        for path, _, _ in one.files:
            place.move(f"{NEW}/{path}", path)
    gone = {one.name for one in failed}
    for job in jobs:
        for form in (*job.formats, RECORD) if job.name in gone else ():
            place.remove(f"{job.name}.{form}")
    place.move(f"{NEW}/index.html", "index.html")
    place.move(f"{NEW}/manifest.json", "manifest.json")
    place.clear()
