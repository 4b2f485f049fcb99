"""Evidence and other received documents: kept whole, once, under their digest; never opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from a87lib.desk.records import erasures
from a87lib.desk.stating import stated
from a87lib.facts import KINDS, Fact, PartialDate, Visibility
from a87lib.intake.content import Kind, content_of, media_type, named_as
from a87lib.intake.workbooks import Fault, Refused, fault, settings
from a87lib.intake.workbooks.faults import escaped
from a87lib.problems import problem
from a87lib.register import Document, Register
from a87lib.register.within import as_one

UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was sent: what its sender called it, and its bytes."""

    name: str
    data: bytes
    document: Document = field(init=False)

    def __post_init__(self) -> None:
        kind = media_type(content_of(self.data)) or UNKNOWN_TYPE
        object.__setattr__(self, "document", Document.of(self.data, kind))


def check_attachments(attachments: Iterable[Attachment]) -> Iterator[Fault]:
    """What is wrong with files: too large, of a kind that is not kept, not what their name says."""
    most = settings().evidence.bytes
    for each in attachments:
        content = content_of(each.data)
        if len(each.data) > most:
            yield _about(each, fault("evidence_too_large", len(each.data), most=most >> 20))
        elif media_type(content) is None:
            yield _about(each, fault("evidence_type_refused", content, kind=Kind(content)))
        elif not named_as(each.name, content):
            yield _about(each, fault("evidence_name_differs", content, kind=Kind(content)))


def _about(attachment: Attachment, made: Fault) -> Fault:
    return replace(made, where=escaped(attachment.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence that came by itself, after or without a workbook."""

    country: str
    cycle: int
    type: str
    title: str
    about: str | None = None
    visibility: Visibility = "country"
    source: str = ""


def keep(
    on: Register, evidence: Evidence, attachment: Attachment, *, by: str, dry_run: bool = False
) -> int:
    """Records a piece of evidence with its file: the number of its entry.

    A file that is kept already is linked once more. Raises Refused where the file is not kept.
    """
    if faults := list(check_attachments([attachment])):
        raise Refused(faults)
    said: dict[str, Any] = {"type": evidence.type, "title": evidence.title}
    said |= {"document": attachment.document.reference, "document_name": attachment.name}
    if evidence.about is not None:
        said["about"] = evidence.about
    fact = Fact(
        kind="evidence_received",
        when=PartialDate.of(on.today()),
        body=KINDS["evidence_received"].model_validate(said),
        country=evidence.country,
        cycle=evidence.cycle,
        visibility=evidence.visibility,
        source=evidence.source,
    )
    return on.append(stated([fact], by), keeping=[attachment.document], dry_run=dry_run)[0]


@as_one
def erase(on: Register, sha256: str, *, by: str, reason: str | None = None) -> Sequence[int]:
    """Blanks a document and what its links say (personal data): the numbers of the records."""
    linked = on.links(sha256)
    if not linked:
        raise problem("document_unknown", found=sha256[:16])
    numbers = [entry.no for entry in linked]
    recorded = erasures(on, numbers, by=by, reason=reason, document=f"sha256:{sha256}")
    return on.erase(recorded, numbers, sha256)
