"""Making packs of documents: what `a87 review`, `a87 briefing` and `a87 letters` have in common."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from a87lib.cli.options import Command
from a87lib.language import LANGUAGES, format_number, preferred, say
from a87lib.problems import problem, usage
from a87lib.report.jobs import FORMATS, Job

if TYPE_CHECKING:
    from a87lib.report.batch import Finish, Outcome
    from a87lib.report.manifest import Pack

DASK_WITHIN = "10s"  # until a scheduler has answered


def listed(text: str) -> list[str]:
    """What a list with commas names, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(",")))


def known_formats(text: str, known: Sequence[str] = FORMATS) -> tuple[str, ...]:
    """The formats that a list names, if all are known; otherwise a problem of usage."""
    chosen = tuple(listed(text))
    for name in chosen:
        if name not in known:
            raise usage("unknown_format", "--format", name, known=", ".join(known))
    return chosen


def packed(formats: Sequence[str] = FORMATS) -> Callable[[Command], Command]:
    """Gives a command the options of what is in its pack, and where it goes."""

    def decorated(command: Command) -> Command:
        for option in (
            click.option("--out", help="Folder of the pack, or an address such as s3://bucket/pack."),
            _several("--format", "formats", formats, "Formats."),
            _several("--lang", "lang", LANGUAGES, "Languages."),
        ):  # fmt: skip
            command = option(command)
        return command

    return decorated


def _several(option: str, name: str, known: Sequence[str], text: str) -> Callable[..., Any]:
    """An option that takes a list with commas, or is given again for each: all count."""
    return click.option(
        option, name, multiple=True, help=f"{text}  [default: {','.join(known)}]",
        callback=lambda _context, _option, given: ",".join(given or known),
    )  # fmt: skip


@dataclass(frozen=True)
class Making:
    """How a pack is to be made, as the options of commands say (see `making`).

    workers: processes, None for as many as cores. dask: address of a scheduler. force: make all.
    """

    workers: int | None = None
    dask: str | None = None
    force: bool = False


REFERENCE = click.option(
    "--reference", type=click.Path(path_type=Path), help="A reference DOCX of your own."
)


def making(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options of how its pack is made; it gets them as `how`."""

    @wraps(command)
    def wrapped(jobs: int | None, dask: str | None, force: bool, **others: Any) -> Any:
        return command(how=Making(jobs, dask, force), **others)

    options = (
        click.option("--jobs", type=click.IntRange(min=1), help="Processes; else one per core."),
        click.option("--force", is_flag=True, help="Make all again, unchanged or not."),
        click.option("--dask", help="Address of a Dask scheduler to work on, instead of --jobs."),
    )
    for option in options:
        wrapped = option(wrapped)
    return wrapped


def build(
    jobs: list[Job],
    out: Path | str,
    pack: Pack,
    how: Making,
    started: float,
    finish: Finish | None = None,
) -> int:
    """Makes the documents of a pack, tells what failed, closes with number, place and seconds."""
    from tqdm import tqdm

    from a87lib.report import batch

    language = preferred()
    bar = tqdm(total=len(jobs), desc=say("cli.review_progress", language), unit="", leave=False)
    opened = time.monotonic() - started
    try:
        with _executor(how.dask) as executor:
            outcome = batch.build(
                jobs,
                out,
                pack,
                workers=how.workers,
                progress=lambda _: _one_more(bar),
                executor=executor,
                finish=finish,
                force=how.force,
            )
    except OSError as error:
        raise problem("folder_not_writable", str(out), error.strerror or str(error)) from None
    finally:
        bar.close()
    for failed in outcome.failed:
        told = say("cli.review_failed", language, name=failed.name, notebook=failed.notebook,
                   cell=failed.cell, message=failed.message)  # fmt: skip
        click.echo(told, err=True)
    _tell(outcome, opened, language)
    seconds = format_number(time.monotonic() - started, language, 0)
    count = len(outcome.made)
    click.echo(say("cli.review_closing", language, count=count, where=str(out), seconds=seconds))
    return outcome.exit_status


def _one_more(bar: Any) -> None:
    bar.update()


def _tell(outcome: Outcome, opened: float, language: str) -> None:
    """What was made and what was kept, how the time splits, and the memory of all processes.

    On standard error: standard output has the closing line alone.
    """
    kept = len(outcome.made) - outcome.anew
    click.echo(say("cli.pack_kept", language, made=outcome.anew, kept=kept), err=True)
    parts = {"opening": opened, **outcome.seconds}
    click.echo(say("cli.pack_parts", language, parts=_listed(parts, "part", language)), err=True)
    if outcome.work:
        click.echo(
            say("cli.pack_work", language, parts=_listed(outcome.work, "work", language)), err=True
        )
    if outcome.memory:
        megabytes = format_number(outcome.memory / 2**20, language, 0)
        click.echo(say("cli.pack_memory", language, megabytes=megabytes), err=True)


def _listed(seconds: dict[str, float], kind: str, language: str) -> str:
    return ", ".join(
        f"{say(f'cli.pack_{kind}.{name}', language)} {format_number(taken, language, 1)} s"
        for name, taken in seconds.items()
    )


@contextmanager
def _executor(where: str | None) -> Iterator[Executor | None]:
    """The executor of a Dask cluster; a problem of usage where there is none."""
    if where is None:
        yield None
        return
    try:
        client: Any = import_module("distributed").Client(where, timeout=DASK_WITHIN)
    except ImportError:
        raise usage("dask_missing", found=where) from None
    except (OSError, ValueError) as error:
        raise usage("dask_not_reached", "--dask", where, why=str(error).splitlines()[0]) from None
    with client:
        yield client.get_executor(pure=False, retries=2)
