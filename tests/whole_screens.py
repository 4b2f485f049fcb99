"""Every screen as somebody gets it: all its parts, and the files that they hand out."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import ipywidgets as w
import pypdf
import pytest
from screens import fields, held, inside

from a87lib import register
from a87lib.language import say
from a87lib.serving.view import View
from widgets import (
    administration,
    administration_panel,
    calendar,
    country,
    focal,
    focal_panel,
    intake,
    meeting,
    overview,
    packs,
    reviews,
    reviews_panel,
    standing_in,
)
from widgets.opening import opened

Parts = Callable[[View], Iterator[str]]
HANDED = re.compile(r"base64,([A-Za-z0-9+/=]+)")


def told(where: str | Path, person: str, view: View) -> dict[str, str]:
    """What each screen holds for a person on a team's server: name of the screen, its texts."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(register.VARIABLE, str(where))
        patched.setenv("A87_SERVING", "team")
        patched.setenv("A87_USER", person)
        return {name: "\n".join(parts(view)) for name, parts in SCREENS.items()}


def handed(texts: str) -> Iterator[bytes]:
    """The files that a screen hands out: tables, forms, documents."""
    for found in sorted(set(HANDED.findall(texts))):
        yield base64.b64decode(found)


def words_of(data: bytes) -> str:
    """Everything that can be read in a file."""
    if data.startswith(b"%PDF"):
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return "\n".join(page.extract_text() for page in pages)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "\n".join(package.read(name).decode(errors="replace")
                             for name in package.namelist())  # fmt: skip
    return data.decode(errors="replace")


def _press(box: w.Widget, key: str, language: str) -> None:
    words = say(f"screen.{key}", language)
    for each in inside(box):
        if isinstance(each, w.Button) and each.description == words:
            each.click()


def _plain(panel: Callable[..., w.Box], model: Callable[..., object]) -> Parts:
    """A screen without parts that are opened."""

    def parts(view: View) -> Iterator[str]:
        yield held(panel(model(opened(view), view)))

    return parts


def _country(view: View) -> Iterator[str]:
    model = country.Country(opened(view), view)
    box = country.panel(model)
    for tab in country.TABS:
        model.tab = tab
        _press(box, "document.fetch", model.language)
        yield held(box)


def _reviews(view: View) -> Iterator[str]:
    model = reviews.Reviews(opened(view), view)
    box = reviews_panel.panel(model)
    yield held(box)
    for step in reviews.STEPS if model.file is not None else ():
        model.step = step
        if step == "paper" and model.known.open:
            _press(box, "paper.make", model.language)
            _press(box, "paper.print", model.language)
        yield held(box)


def _administration(view: View) -> Iterator[str]:
    model = administration.Administration(opened(view), view)
    box = administration_panel.panel(model)
    for tab in administration.TABS if model.may else administration.TABS[:1]:
        model.tab = tab
        yield held(box)
        if tab == "rounds":
            yield from _standing_in(box, model)


def _standing_in(box: w.Box, model: administration.Administration) -> Iterator[str]:
    """The form for somebody else's part, for everybody whose it may be, tried with the draft."""
    words = {key: say(f"screen.administration.field.{key}", model.language)
             for key in ("country", "whom", "round", "for_other")}  # fmt: skip
    named = {key: fields(box, text)[-1] for key, text in words.items()}
    named["for_other"].value = "asked by telephone"
    for round_, code in product(standing_in.DONE_FOR, model.names()):
        named["round"].value, named["country"].value = round_, code
        for _, person in named["whom"].options:
            named["whom"].value = person
            if round_ == "assessment":
                _press(box, "administration.press.deliver", model.language)
            yield held(box)


def _meeting(view: View) -> Iterator[str]:
    model = meeting.Meeting(opened(view), view)
    box = meeting.panel(model)
    for tab in meeting.TABS:
        model.tab = tab
        yield held(box)


SCREENS: dict[str, Parts] = {
    "overview": _plain(overview.panel, overview.Overview),
    "country": _country,
    "calendar": _plain(calendar.panel, calendar.Calendar),
    "reviews": _reviews,
    "focal": _plain(focal_panel.panel, focal.Focal),
    "administration": _administration,
    "intake": _plain(intake.panel, intake.Intake),
    "meeting": _meeting,
    "packs": _plain(packs.panel, packs.Packs),
}
