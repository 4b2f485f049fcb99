"""The peers of `batch.py`: papermill in a loop with nbconvert, and R Markdown."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pypandoc
from batch_content import Content

QUIET = ["--log-level=40"]  # its kernels would warn, each time, that they listen on ports
DRAWING = Path(__file__).with_name("batch_drawing.py")
R_DRAWING = Path(__file__).with_name("batch_drawing.R")
R_LOOP = """times <- c()
for (n in 0:last) {
  begun <- proc.time()[["elapsed"]]
  rmarkdown::render(paste0(n, ".Rmd"), quiet = TRUE, envir = new.env())
  times <- c(times, proc.time()[["elapsed"]] - begun)
}
cat(mean(times[-1]))
"""
SHOW = """for part in parts[{first}:{last}]:
    show(part)"""


def latex(part: str) -> str:
    """How the peer's PDF is made."""
    if part == "html":
        return ""
    return ", XeLaTeX, pandoc" if shutil.which("xelatex") else ", printed by Chromium, pandoc"


def by_papermill(content: list[Content], folder: Path, part: str) -> Callable[[int], object]:
    """papermill as everybody uses it: an ordinary kernel, the file saved after each cell."""
    logging.getLogger("papermill").setLevel(logging.ERROR)
    place = folder / f"papermill-{part}"
    place.mkdir(exist_ok=True)
    for number, one in enumerate(content):
        (place / f"{number}.json").write_text(json.dumps(one.plain()), encoding="utf-8")
        nbformat.write(_notebook(one), place / f"{number}.ipynb")

    def one(number: int) -> None:
        source, made = place / f"{number}.ipynb", place / f"{number}.made.ipynb"
        given = {"content": str(place / f"{number}.json")}
        papermill.execute_notebook(
            source, made, given, progress_bar=False, kernel_name="python3", extra_arguments=QUIET
        )
        page = made.with_suffix(".html")
        page.write_text(_exported("HTMLExporter", made)[0], encoding="utf-8")
        if part == "all":
            _printed(made, page)
            pypandoc.convert_file(str(page), "docx", outputfile=str(page.with_suffix(".docx")))

    return one


def _notebook(one: Content) -> Any:
    """One cell for each section of the review."""
    new = nbformat.v4.new_code_cell
    cells = [new("content = ''", metadata={"tags": ["parameters"]})]
    cells.append(new(DRAWING.read_text(encoding="utf-8") + "\nparts = read(content)"))
    cells += [new(SHOW.format(first=first, last=last)) for first, last in _sections(one)]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})


def _sections(one: Content) -> Iterator[tuple[int, int]]:
    """Where sections begin and end."""
    starts = [n for n, part in enumerate(one.parts) if part.get("level") == 2]
    yield from zip(starts, [*starts[1:], len(one.parts)], strict=True)


def _exported(name: str, notebook: Path) -> tuple[Any, Any]:
    import nbconvert

    exporter = getattr(nbconvert, name)()
    if name == "HTMLExporter":
        exporter.embed_images = True
    made: tuple[Any, Any] = exporter.from_filename(str(notebook))
    return made


def _printed(notebook: Path, page: Path) -> None:
    target = page.with_suffix(".pdf")
    if shutil.which("xelatex"):
        target.write_bytes(_exported("PDFExporter", notebook)[0])
        return
    from opening import chromium  # where it is needed: it brings all that the tests bring

    with chromium() as browser:
        sheet = browser.new_page()
        sheet.goto(page.as_uri())
        sheet.pdf(path=str(target))


def by_r_markdown(content: list[Content], folder: Path) -> float:
    """Seconds for one report of rmarkdown::render in one R session, the first not counted."""
    place = folder / "r"
    place.mkdir(exist_ok=True)
    shutil.copy(R_DRAWING, place / "drawing.R")
    for number, one in enumerate(content):
        (place / f"{number}.json").write_text(json.dumps(one.plain()), encoding="utf-8")
        (place / f"{number}.Rmd").write_text("\n".join(_chunks(one, number)), encoding="utf-8")
    script = place / "all.R"
    script.write_text(f"last <- {len(content) - 1}\n{R_LOOP}", encoding="utf-8")
    environment = {**os.environ, "RSTUDIO_PANDOC": str(Path(pypandoc.get_pandoc_path()).parent)}
    done = subprocess.run(  # noqa: S603 - our own script
        ["Rscript", script.name],  # noqa: S607 - as installed
        cwd=place, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    pages = [(place / f"{number}.html").read_text("utf-8") for number in range(len(content))]
    for one, text in zip(content, pages, strict=True):
        rows, figures = text.count("<tr") - len(one.tables), text.count("<img ")
        if (rows, figures) != (one.rows, len(one.figures)):
            raise RuntimeError(f"R Markdown: {rows} rows and {figures} figures, not {one.rows}"
                               f" and {len(one.figures)}")  # fmt: skip
    return float(done.stdout.split()[-1])


def _chunks(one: Content, number: int) -> Iterable[str]:
    """An R Markdown document: a chunk for what stands together, one for each figure."""
    yield "---\ntitle: Review\noutput:\n  html_document:\n    theme: null\n    highlight: null"
    yield "    mathjax: null\n    self_contained: true\n---\n```{r, include=FALSE}"
    yield 'knitr::opts_chunk$set(echo = FALSE, dev = "svg"); source("drawing.R")'
    yield f'parts <- jsonlite::fromJSON("{number}.json", simplifyVector = FALSE)$parts\n```\n'
    placed = enumerate(one.parts, 1)
    for figure, group in groupby(placed, lambda pair: pair[1]["is"] == "figure"):
        members = list(group)
        if not figure:
            first, last = members[0][0], members[-1][0]
            yield f"```{{r, results='asis'}}\nfor (part in parts[{first}:{last}]) show(part)\n```\n"
            continue
        for place, part in members:
            size = f"fig.width={part['width']}, fig.height={part['height']}"
            yield f"```{{r, {size}}}\ndraw(parts[[{place}]])\n```\n"
