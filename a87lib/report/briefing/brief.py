"""The chair's brief: at most two pages, with the decisions worded (TR-SEC-1)."""

from __future__ import annotations

from a87lib.meetingfile import agenda as set_agenda
from a87lib.report import documents as doc
from a87lib.report.briefing import actions, membership
from a87lib.report.briefing.agenda import CHECKS, facts, items, total
from a87lib.report.briefing.cycle import count, owing
from a87lib.report.briefing.decisions import numbered
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.overview import present
from a87lib.report.briefing.pieces import columns
from a87lib.report.inline import Piece
from a87lib.rules import Answer, sentence
from a87lib.rules.in_force import in_force

MOST_DECISIONS = 12
MOST_POINTS = 6
LONGEST = 3200
"""What two pages hold: the drafts, the points to watch, and the letters of all drafts together."""


def brief(this: Briefing) -> doc.Element:
    """The meeting in short, the decisions with their wording, what to watch."""
    parts = [doc.paragraph(_lead(this), kind="lead"), facts(this)]
    parts += [doc.section(3, this.say("brief.decisions")), _decisions(this)]
    points = _points(this)
    if points:
        parts += [doc.section(3, this.say("brief.watch")), doc.items(points)]
    return doc.stack(*parts)


def _lead(this: Briefing) -> str:
    found = items(this)
    whole = total(found)
    needed = int(in_force(this.framework, "gcm.quorum", this.asof))
    told = []
    if found:
        told.append(this.say("brief.items", count=len(found)))
    if whole is not None:
        told.append(this.say("brief.minutes", count=int(whole)))
    told.append(this.say("brief.quorum", needed=needed))
    return " ".join(told)


def _decisions(this: Briefing) -> doc.Element:
    """The drafts that fit; the paper of draft decisions has the rest."""
    found = numbered(this)
    if not found:
        return doc.paragraph(this.say("nothing.decisions"))
    shown, letters = [], 0
    for no, each in found[:MOST_DECISIONS]:
        letters += len(each.text)
        if letters > LONGEST:
            break
        shown.append((no, each.about, each.text, doc.code(each.paragraph)))
    names = ("decision_no", "about", "wording", "paragraph")
    table = doc.table(this.say("brief.table"), columns(this, names, (0.8, 1.6, 4.7, 1.2)), shown)
    left = len(found) - len(shown)
    if not left:
        return table
    link = doc.link("#decisions", this.say("brief.more", count=left))
    return doc.stack(table, doc.paragraph(link))


def _points(this: Briefing) -> list[Piece]:
    """What the chair should know before the meeting."""
    told: list[Piece] = []
    if set_agenda(this.council, this.asked.meeting) is not None:
        checked = (this.findings[rule, ""] for rule in CHECKS)
        told += [sentence(f, this.language) for f in checked if f.answer is Answer.NO]
    rows = owing(this)
    if rows:
        received = count(this, rows, "cycle.report_received")
        told.append(this.say("brief.reports", cycle=this.cycle, count=received, owed=len(rows)))
    signs = [country.name for country in this.countries if present(country)]
    if signs:
        told.append(this.say("brief.signs", count=len(signs), countries=signs))
    late = [task for task in actions.agreed(this) if actions.overdue(this, task)]
    if late:
        told.append(this.say("brief.overdue", count=len(late)))
    told += list(membership.notes(this))
    return told[:MOST_POINTS]
