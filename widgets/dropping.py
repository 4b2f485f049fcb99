"""A place where one file is dropped or chosen."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from a87lib.desk.evidence import Attachment
from a87lib.desk.sending import plain_name
from a87lib.language import format_number
from widgets.controls import said
from widgets.files import kilobytes

LARGEST = 19 * 2**20
"""Bytes sent at once: with its frame, less than what the server takes in one message."""
Given = Callable[[Attachment | None], object]


def dropping(key: str, language: str, given: Given, accept: str = "") -> w.Box:
    """The place `screen.<key>`; given: called with the file, or None when it is taken away."""
    choose = w.FileUpload(
        accept=accept,
        multiple=False,
        description=said(f"{key}.choose", language),
        icon="",
        tooltip="",
    )
    remove = w.Button(description=said(f"{key}.remove", language))
    held = w.HTML()

    def show(file: Attachment | None) -> None:
        if file is None:
            words = said("intake.no_file", language)
            held.value = f'<p class="note">{escape(words)}</p>'
        else:
            size = kilobytes(file.data, language)
            words = said("intake.held", language, name=file.name, size=size)
            held.value = f'<p class="a87-held">{escape(words)}</p>'
        remove.layout.display = "none" if file is None else None
        given(file)

    def took(change: Any) -> None:
        if change["new"]:
            each = change["new"][-1]
            choose.value, held.value = (), ""  # the same name again is an answer, too
            show(Attachment(plain_name(each["name"]), bytes(each["content"])))

    choose.observe(took, "value")
    remove.on_click(lambda _: show(None))
    show(None)
    return w.VBox([w.HTML(_head(key, language)), choose, held, remove]).add_class("a87-drop")


def _head(key: str, language: str) -> str:
    """Title and hint, and what the page itself says of files that it cannot send."""
    title, hint = said(f"{key}.title", language), said(f"{key}.hint", language)
    head = f'<h3 class="a87-h3">{escape(title)}</h3><p class="note">{escape(hint)}</p>'
    return head + limits(language)


def limits(language: str) -> str:
    """What the page itself says of files that it cannot send, and while it sends one."""
    mib = format_number(LARGEST >> 20, language)
    large, one = said("intake.too_large", language, most=mib), said("intake.too_many", language)
    sending = said("intake.sending", language)
    return (
        f'<p class="a87-refused a87-too-large" role="alert" data-most="{LARGEST}" hidden>'
        f"{escape(large)}</p>"
        f'<p class="a87-refused a87-too-many" role="alert" hidden>{escape(one)}</p>'
        f'<p class="a87-sending" role="status" hidden>{escape(sending)}</p>'
    )
