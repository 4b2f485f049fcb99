"""The agenda with a clock: planned minutes beside the minutes taken, which the browser counts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from a87lib.report.briefing.agenda import hour, total
from a87lib.report.briefing.papers import Item
from widgets.controls import said

RIGHT = ' class="right"'
COLUMNS = {"item": "", "title": "", "time": "", "planned": RIGHT, "taken": RIGHT, "button": ""}


def clock(items: Sequence[Item], name: str, language: str) -> str:
    """The agenda as a table with a button for each item.

    name: under which the browser keeps what each item took; the register never hears of it.
    """
    titles = "".join(
        f'<th scope="col"{side}>{escape(said(f"clock.{key}", language))}</th>'
        for key, side in COLUMNS.items()
    )
    words = "".join(
        f' data-{key}="{escape(said(f"clock.{key}", language), quote=True)}"'
        for key in ("start", "stop")
    )
    over = escape(said("clock.over", language, time="{time}"), quote=True)
    caption = escape(said("clock.caption", language))
    rows = "".join(_row(place, item, language) for place, item in enumerate(items, 1))
    rows += _whole(items, language)
    return (
        f'<div class="a87-doc" data-clock="{escape(name, quote=True)}"{words} data-over="{over}">'
        f'<div class="table" role="region" tabindex="0" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody>"
        f'</table></div><p class="note">{escape(said("clock.note", language))}</p></div>'
    )


def _row(place: int, item: Item, language: str) -> str:
    """A row; the clock knows it by its place, because printed agendas have numbers twice."""
    no, title = escape(item.no, quote=True), escape(item.title)
    objective = f"<br><small>{escape(item.objective)}</small>" if item.objective else ""
    own = getattr(item.entry.body, "language", None) if item.entry is not None else None
    foreign = f' lang="{escape(own, quote=True)}"' if own and own != language else ""
    minutes = "" if item.minutes is None else f"{item.minutes:g}"
    start = escape(said("clock.start", language))
    return (
        f'<tr><th scope="row">{no}</th><td{foreign}><b>{title}</b>{objective}</td>'
        f"<td>{_span(item)}</td>"
        f'<td class="right">{minutes}</td>'
        f'<td class="right" data-spent="{place}" data-minutes="{minutes or 0}">0:00</td>'
        f'<td><button type="button" class="a87-clock" data-item="{place}" aria-pressed="false">'
        f'<span data-word>{start}</span><span class="aside"> {no}. {title}</span></button>'
        f"</td></tr>"
    )


def _span(item: Item) -> str:
    return "–".join(filter(None, (hour(item.starts), hour(item.ends))))


def _whole(items: Sequence[Item], language: str) -> str:
    planned = total(list(items))
    minutes = "" if planned is None else f"{planned:g}"
    name = escape(said("clock.whole", language))
    return (
        f'<tr class="total"><th scope="row">–</th><td><b>{name}</b></td><td>–</td>'
        f'<td class="right"><b>{minutes}</b></td>'
        f'<td class="right" data-whole data-minutes="{minutes or 0}">0:00</td><td>–</td></tr>'
    )
