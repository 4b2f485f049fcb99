"""Making packs of documents: what `a87 review`, `a87 briefing` and `a87 letters` have in common."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from a87lib.language import format_number, preferred, say
from a87lib.problems import problem, usage
from a87lib.report.jobs import FORMATS, Job

if TYPE_CHECKING:
    from a87lib.report.making import Made
    from a87lib.report.manifest import Pack


def listed(text: str) -> list[str]:
    """What a list with commas names, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(",")))


def known_format(name: str) -> str:
    """The format, if it is one of ours; otherwise a problem of usage."""
    if name not in FORMATS:
        raise usage("unknown_format", "--format", name, known=", ".join(FORMATS))
    return name


def build(
    jobs: list[Job],
    out: Path,
    pack: Pack,
    workers: int,
    dask: str | None,
    started: float,
    finish: Callable[[tuple[Made, ...]], tuple[Made, ...]] | None = None,
) -> int:
    """Makes the documents of a pack, tells what failed, closes with number, place and seconds."""
    from tqdm import tqdm

    from a87lib.report import batch

    language = preferred()
    bar = tqdm(total=len(jobs), desc=say("cli.review_progress", language), unit="", leave=False)
    try:
        outcome = batch.build(
            jobs,
            out,
            pack,
            workers=workers,
            progress=lambda _: _one_more(bar),
            executor=_executor(dask) if dask else None,
            finish=finish,
        )
    except OSError as error:
        raise problem("folder_not_writable", str(out), error.strerror or "") from None
    finally:
        bar.close()
    for failed in outcome.failed:
        told = say("cli.review_failed", language, name=failed.name, notebook=failed.notebook,
                   cell=failed.cell, message=failed.message)  # fmt: skip
        click.echo(told, err=True)
    seconds = format_number(time.monotonic() - started, language, 0)
    count = len(outcome.made)
    click.echo(say("cli.review_closing", language, count=count, where=str(out), seconds=seconds))
    return outcome.exit_status


def _one_more(bar: Any) -> None:
    bar.update()


def _executor(where: str) -> Executor:
    """The executor of a Dask cluster; a problem of usage where Dask is not installed."""
    try:
        client: Any = import_module("distributed").Client(where)
    except ImportError:
        raise usage("dask_missing", found=where) from None
    executor: Executor = client.get_executor()
    return executor
