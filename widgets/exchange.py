"""The comments that were sent, each with the country's answer beside it."""

from __future__ import annotations

from html import escape

from a87lib.desk.reviewing.commenting import Comment
from a87lib.desk.reviewing.replying import Exchange
from a87lib.language import format_instant
from widgets.controls import said
from widgets.judging import badge, label, text


def exchanged(found: Exchange, language: str) -> str:
    """Comment by comment with its answer, and what became of the report."""
    items = "".join(_answered(each, found, language) for each in found.comments)
    return f'<div class="a87-doc">{items}</div>{_final(found, language)}'


def comment(each: Comment, language: str) -> str:
    """A comment: its number, what it is about, its words."""
    about = "" if not each.about else f" · {about_words(each.about, language)}"
    head = said("comments.item", language, no=each.no) + about
    return f"<p><b>{escape(head)}</b></p>{text(each.text)}"


def about_words(about: str, language: str) -> str:
    """What a comment is about: a criterion by its name, anything else as it was written."""
    try:
        return label("criterion", about, language)
    except KeyError:
        return about


def _answered(each: Comment, found: Exchange, language: str) -> str:
    answer = found.answers.get(each.no)
    if answer is None:
        told = f'<p class="note">{escape(said("comments.no_answer", language))}</p>'
    else:
        shown = badge("reply", answer.reply, language)
        told = f"<p>{escape(said('comments.answer', language))} {shown}</p>"
        told += text(answer.text) if answer.text else ""
    return (
        f'<div class="a87-said">{comment(each, language)}<div class="a87-answer">{told}</div></div>'
    )


def _final(found: Exchange, language: str) -> str:
    lines = []
    if found.replied_at is not None:
        at = format_instant(found.replied_at, language)
        lines.append(said("comments.replied_at", language, at=at))
    if found.finalised_at is not None:
        at = format_instant(found.finalised_at, language)
        lines.append(said("comments.finalised_at", language, at=at))
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
