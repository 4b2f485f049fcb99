"""Taking in a country's workbook: all of it in one transaction with a receipt, or nothing."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from a87lib import framework
from a87lib.desk.evidence import Attachment, check_attachments
from a87lib.desk.outgoing import Base, base_entries, base_of, file_for, period_of, planned_actions
from a87lib.desk.receipts import Kept, Receipt, earlier_receipt
from a87lib.desk.stating import stated
from a87lib.facts import Fact, fictional
from a87lib.facts.when import PartialDate
from a87lib.intake import workbooks
from a87lib.intake.content import media_type
from a87lib.intake.workbooks import Context, Fault, Identity, Opened, Refused, Submission, fault
from a87lib.intake.workbooks.identity import NO_BASE
from a87lib.intake.workbooks.naming import normal
from a87lib.language import format_day, say
from a87lib.problems import Problems
from a87lib.register import Conflict, Document, NewEntry, Reader, Register
from a87lib.register.within import undisturbed

LOG = logging.getLogger("a87.submissions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What arrived: the workbook and what was sent with it.

    name: what the sender called the workbook. report: the report as a document of its own.
    evidence: the files that rows of the workbook name. country: whose it should be, if that is
    known. received_on: the day of receipt (today).
    """

    data: bytes
    name: str
    report: Attachment | None = None
    evidence: Sequence[Attachment] = ()
    country: str | None = None
    received_on: date | None = None

    @property
    def sha256(self) -> str:
        """The digest of the workbook: the name of the submission."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class _Desk:
    on: Register
    incoming: Incoming
    base: Base = field(default_factory=Base)

    def opened(self) -> Opened:
        opened = workbooks.opened(self.incoming.data)
        language, country = opened.identity.language, opened.identity.country
        wanted = self.incoming.country
        if wanted is not None and wanted != country:
            raise Refused([_not_expected(country, wanted, language)], language)
        if fictional(country) != (self.on.kind == "fictional"):
            raise Refused([fault(f"country_in_{self.on.kind}_register", country)], language)
        return opened

    def checked(self, opened: Opened) -> Submission:
        """The submission; Refused with everything wrong with the workbook and what came with it."""
        identity = opened.identity
        faults = [*self._outdated(identity), *check_attachments(self._attachments())]
        warnings: Sequence[Fault] = ()
        try:
            submission = workbooks.checked(opened.book, identity, self._context(identity))
        except Refused as refused:
            faults += refused.faults
            warnings = refused.warnings
        else:
            faults += self._not_named(submission)
            warnings = submission.warnings
        if faults:
            raise Refused(faults, identity.language, warnings)
        return submission

    def _attachments(self) -> list[Attachment]:
        report = self.incoming.report
        return [*self.incoming.evidence, *([] if report is None else [report])]

    def _context(self, identity: Identity) -> Context:
        received_on = self.incoming.received_on or self.on.today()
        file = file_for(self.on, identity.country, received_on)
        actions = {each.action: each.priority for each in planned_actions(file)}
        named = {"workbook": (f"sha256:{self.incoming.sha256}", self.incoming.name)}
        if (report := self.incoming.report) is not None:
            named["report"] = (report.document.reference, report.name)
        return Context(
            country=identity.country,
            received_on=received_on,
            actions=actions or None,
            periods={cycle: period_of(cycle) for cycle in identity.cycles},
            documents=named,
        )

    def _outdated(self, identity: Identity) -> Iterator[Fault]:
        entries = base_entries(self.on, identity.country)
        self.base = base_of(entries)
        if identity.base == self.base.digest:
            return
        known = identity.base == NO_BASE or any(e.hash.startswith(identity.base) for e in entries)
        language = identity.language
        own = _version(Base(identity.base, identity.base_on), language)
        code = "base_older" if known else "base_unknown"
        yield fault(code, own, current=_version(self.base, language))

    def _not_named(self, submission: Submission) -> Iterator[Fault]:
        names = [file.name for file in submission.files]
        for each in self.incoming.evidence:
            if normal(each.name) not in map(normal, names):
                yield fault("evidence_not_named", each.name, names=", ".join(names) or "–")

    def entries(self, submission: Submission, by: str) -> list[NewEntry]:
        """The submission as entries under its lasting name, each file beside its row."""
        facts = list(submission.facts)
        for file in submission.files:
            for each in self.incoming.evidence:
                if normal(each.name) == normal(file.name):
                    facts[file.fact] = _linked(facts[file.fact], each)
        identity, label = submission.identity, label_of(self.incoming.sha256)
        cycles = "-".join(map(str, identity.cycles))
        slot = f"submission:{identity.country}:{identity.purpose}:{cycles}:{identity.base}"
        return [
            replace(entry, label=f"{label}{number}", slot=slot if number == 1 else None)
            for number, entry in enumerate(stated(facts, by), start=1)
        ]

    def documents(self) -> list[Document]:
        kept = [Document.of(self.incoming.data, media_type("xlsx") or "")]
        return [*kept, *(each.document for each in self._attachments())]


def receive(
    on: Register,
    incoming: Incoming,
    *,
    by: str,
    visible_to: Reader | str | None = None,
    dry_run: bool = False,
) -> Receipt:
    """Takes in a workbook: its entries, figures and documents in one transaction.

    The same file again is the same submission: its receipt, and nothing new. Raises Refused with
    everything that is wrong; then nothing is written but one line in the log.
    """
    same = (label_of(incoming.sha256), incoming.name, incoming.sha256)
    if earlier := earlier_receipt(on, *same):
        return earlier
    try:
        return _received(_Desk(on, incoming), by, visible_to, dry_run)
    except Problems as refused:
        if meanwhile := earlier_receipt(on, *same):
            return meanwhile
        codes = sorted({problem.code for problem in refused.problems})
        LOG.warning(
            "submission refused sha256=%s problems=%d codes=%s",
            incoming.sha256, len(refused.problems), ",".join(codes),
        )  # fmt: skip
        raise


def label_of(sha256: str) -> str:
    """What the labels of a submission's entries begin with."""
    return f"workbook:{sha256}#"


def _received(desk: _Desk, by: str, visible_to: Reader | str | None, dry_run: bool) -> Receipt:
    on, incoming = desk.on, desk.incoming
    opened = desk.opened()
    submission = desk.checked(opened)
    entries, documents = desk.entries(submission, by), desk.documents()
    try:
        with undisturbed(on, dry_run=dry_run) as inside:
            if outdated := list(replace(desk, on=inside)._outdated(submission.identity)):
                raise Refused(outdated, submission.identity.language)
            numbers = inside.append(entries, visible_to=visible_to, keeping=documents)
    except Conflict as conflict:
        if not conflict.problems[0].code.startswith("slot_taken"):
            raise
        current = base_of(base_entries(on, submission.identity.country))
        language = submission.identity.language
        shown = _version(Base(submission.identity.base, submission.identity.base_on), language)
        older = fault("base_older", shown, current=_version(current, language))
        raise Refused([older], language) from conflict
    names = [incoming.name, *(each.name for each in desk._attachments())]
    return Receipt(
        name=incoming.name,
        sha256=incoming.sha256,
        country=submission.identity.country,
        cycles=submission.identity.cycles,
        language=submission.identity.language,
        entries=[(no, e.kind, e.cycle) for no, e in zip(numbers, entries, strict=True)],
        figures=sum(len(entry.observations) for entry in entries),
        documents=[
            Kept(name, d.sha256, d.media_type) for name, d in zip(names, documents, strict=True)
        ],
        warnings=[*submission.warnings, *_absent(submission, incoming)],
        empty=submission.empty,
        dry_run=dry_run,
    )


def _absent(submission: Submission, incoming: Incoming) -> list[Fault]:
    sent = {normal(each.name) for each in incoming.evidence}
    return [
        replace(file.where, warning=True)
        for file in submission.files
        if normal(file.name) not in sent
    ]


def _linked(fact: Fact, attachment: Attachment) -> Fact:
    link = {"document": attachment.document.reference, "document_name": attachment.name}
    stated_ = fact.body.model_dump(mode="json", exclude_unset=True)
    return replace(fact, body=type(fact.body).model_validate(stated_ | link))


def _not_expected(country: str, wanted: str, language: str) -> Fault:
    names = [framework.country_name(code, language) for code in (country, wanted)]
    return fault("country_not_expected", names[0], wanted=names[1])


def _version(base: Base, language: str) -> str:
    """A version of a country's file, as people are told it: its day and the digest."""
    if base.digest == NO_BASE:
        return say("intake.base.none", language)
    on = PartialDate.of(base.on) if base.on else None
    day = "–" if on is None else format_day(on.first, language)
    return say("intake.base", language, on=day, digest=base.digest)
