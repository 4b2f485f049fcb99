"""The head of the document, the review at a glance, and what is on file and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.countryfile import CountryFile
from a87lib.facts import PartialDate
from a87lib.framework import version_in
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review.decisions import questions
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import STATUSES, answered, day, sign_badge
from a87lib.report.review.signs import WARNING, signs, summary
from a87lib.rules import sentence

AREAS: dict[str, tuple[str, ...]] = {
    "application": (
        "interest_expressed", "interest_acknowledged", "calendar_set", "stakeholders_identified",
        "coordination_body_named", "situation_mapped", "workshop_held",
    ),
    "roadmap": ("roadmap_submitted", "roadmap_presented", "action_progress_stated"),
    "decisions": ("decision_made",),
    "reports": ("report_received", "report_finalised", "report_published"),
    "frameworks": ("indicator_framework_received",),
    "comments": ("comments_sent", "reply_received"),
    "evidence": ("evidence_received",),
    "participation": ("participation_recorded",),
    "conclusions": ("subgroup_concluded",),
    "dialogue": ("dialogue_opened", "dialogue_held", "support_offered", "support_given"),
    "statistics": ("statistics_received",),
    "statements": ("status_stated", "absence_stated", "claim_recorded"),
}  # fmt: skip
"""What a file may hold, by area."""
FIRST: dict[str, tuple[str, ...]] = {
    "active": (
        "cycle.report_received",
        "cycle.framework_updated",
        "cycle.report_finalised",
        "standing.commitments_kept",
    ),
    "candidate": ("candidacy.ready",),
    "inactive": ("standing.reactivation_ready",),
}
"""What to answer first about a country of a status."""


@dataclass(frozen=True, slots=True)
class Area:
    """How much is on file in an area, and of which day the latest is."""

    name: str
    count: int
    latest: PartialDate | None


def holdings(file: CountryFile) -> list[Area]:
    """What is on file by area."""
    found = []
    for name, kinds in AREAS.items():
        entries = [entry for kind in kinds for entry in file.of(kind)]
        last = max((entry.when for entry in entries), key=lambda when: when.last, default=None)
        found.append(Area(name, len(entries), last))
    return found


def head(this: Review) -> doc.Title:
    """The title with everything that the document states of itself."""
    indicators = this.framework.indicators
    key = "official" if indicators.official else "proposal"
    return doc.title(
        this.name,
        language=this.language,
        asof=this.asked.asof,
        known_at=this.known_at,
        digest=this.digest,
        framework=this.framework.version,
        country=this.asked.country,
        country_name=this.name,
        cycle=this.cycle,
        kind=this.say("kind"),
        notice=this.notice,
        more=(
            (this.say("edition"), this.say("edition.reviewers")),
            (
                this.say("indicator_framework"),
                this.say(f"framework.{key}", version=version_in(indicators.version, this.language)),
            ),
        ),
    )


def glance(this: Review) -> doc.Element:
    """What a reader should know first: status, report, signs, warning, what may be decided."""
    status = this.found("standing.status")
    found = signs(this)
    lead = doc.paragraph(f"{sentence(status, this.language)} {summary(this, found)}", kind="lead")
    rows: list[tuple[Piece, Piece]] = [
        (
            this.say("standing.status"),
            doc.badge(STATUSES[status.value], this.label("status", status.value)),
        ),
    ]
    rows += [
        (_named(this, rule), answered(this, finding))
        for rule in FIRST.get(status.value, ())
        if (finding := this.finding(rule, *_about(this, rule))) is not None
    ]
    parts = [lead, doc.definition_list(rows)]
    if status.value == "active":
        parts.append(_signs(this))
    warning = this.finding(WARNING)
    if warning is not None and warning.answer == "yes":
        parts.append(
            doc.callout("attention", this.say("section.warnings"), sentence(warning, this.language))
        )
    for question in questions(this):
        title = this.say(f"decisions.ask_{question.subject}", country=this.name)
        link = doc.link("#decisions", this.say("glance.to_decisions"))
        parts.append(doc.callout("decision", title, link))
    return doc.stack(*parts, _holdings(this))


def _about(this: Review, rule: str) -> tuple[int, ...]:
    return (this.cycle,) if rule.startswith("cycle.") else ()


def _named(this: Review, rule: str) -> str:
    name = this.rule_name(rule)
    if not rule.startswith("cycle."):
        return name
    return this.say("glance.of_cycle", what=name, cycle=this.cycle)


def _signs(this: Review) -> doc.Element:
    columns = [this.say("column.sign"), this.say("column.answer")]
    rows = [(this.rule_name(f.rule), sign_badge(this, f)) for f in signs(this)]
    return doc.table(this.say("glance.signs"), columns, rows)


def _holdings(this: Review) -> doc.Element:
    """What is on file and what is not; absence is no judgement."""
    rows = [
        (
            this.say(f"area.{area.name}"),
            area.count if area.count else doc.badge("missing", this.say("not_on_file")),
            day(this, area.latest) if area.latest is not None else this.say("no_date"),
        )
        for area in holdings(this.file)
    ]
    columns = [this.say(f"column.{name}") for name in ("area", "entries", "latest_day")]
    covered = bool(this.file.coverage.declarations) and this.sees_all
    kept = "glance.not_covered" if this.sees_all else "glance.not_covered_for_reader"
    note = this.say("glance.covered" if covered else kept)
    return doc.table(this.say("glance.holdings"), columns, rows, note=note, align="lrl")
