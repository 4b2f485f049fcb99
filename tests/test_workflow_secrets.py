"""Nobody learns what their role or recusal hides: canaries searched on every surface of a87lib."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path

import pytest
from reviewing import pages, words
from workflow import (
    ANA,
    BEN,
    CHAIR,
    CLEO,
    COUNTRY,
    CYCLE,
    DAN,
    DAY,
    FOC,
    MEMBER,
    OBSERVER,
    SEC,
    judged,
    opened,
)

from a87lib import framework
from a87lib.countryfile import Archive
from a87lib.desk import backup as backups
from a87lib.desk import evidence
from a87lib.desk.acting import Acting
from a87lib.desk.administering import everybody, give_roles
from a87lib.desk.permissions import VERBS, allowed, reader
from a87lib.desk.reviewing import (
    assessing,
    assigning,
    commenting,
    concluding,
    declaring,
    desks,
    drafts,
    replying,
)
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.commenting import Comment
from a87lib.desk.reviewing.reopening import reopen
from a87lib.desk.reviewing.replying import Answer
from a87lib.export.tables import tables
from a87lib.facts import canonical
from a87lib.language import LANGUAGES, told
from a87lib.problems import Problems
from a87lib.register import Conflict, NewEntry, Register
from a87lib.register.drafts import Overtaken
from a87lib.report.review.opening import read
from a87lib.report.review.parameters import declared as asked_for
from a87lib.rules import findings_for

PUBLIC = Acting("stranger")
EVE, FAY, FOZ = map(Acting, ("eve", "fay", "foz"))
READING = [assessing.own, assessing.others, concluding.conclusions, replying.exchange]
OFFICE = {"log", "conflict", "name", "draft-ana", "draft-ben", "assess-ana", "assess-eve"}
OWN = {"assess-ana", "assess-eve", "draft-ana", "conclude", "comment", "reply", "draft-comment"}
COUNTRYS = {"comment", "reply", "country", "members"}
MAY: dict[Acting, set[str]] = {
    SEC: OFFICE - {"draft-ana", "draft-ben"} | COUNTRYS | {"conclude", "reviewers", "subgroup"},
    ANA: OWN | COUNTRYS | {"reviewers", "subgroup"},
    EVE: OWN - {"draft-ana"} | COUNTRYS | {"reviewers", "subgroup"},
    BEN: COUNTRYS | {"draft-ben", "reviewers", "subgroup"},
    CLEO: set(),
    DAN: set(),
    FAY: {"members"},
    CHAIR: COUNTRYS | {"conclude", "subgroup"},
    MEMBER: {"members"},
    OBSERVER: {"members"},
    FOC: COUNTRYS | {"draft-reply"},
    FOZ: set(),
    PUBLIC: set(),
}
"""Which canaries each may come to see. Ana and Eve delivered, Ben did not; Cleo declared nothing
yet, Dan is recused, Fay reviews nothing."""


def canary(name: str) -> str:
    return f"Zq-{name}-canary"


DOCUMENT = evidence.Attachment(f"{canary('country')}.txt", f"{canary('country')}\n".encode())


NAMES = sorted({*OFFICE, *OWN, *COUNTRYS, "draft-reply", "reviewers", "subgroup"})


def planted(where: Path, *, more: bool = False) -> Register:
    """A review in full swing with a canary in every confidential field.

    more: with further things on file that reviewers who did not deliver, and all others, may not
    see; recorded before what they may.
    """
    on = opened(where)
    for person in ("ana", "ben", "cleo", "eve", "fay"):
        give_roles(on, SEC, person, "reviewer", name=f"{person} {canary('name')}")
    circles = ("reviewers", "subgroup", "country", "members")
    on.append([_evidence(circle) for circle in circles])
    sent = evidence.Evidence(country=COUNTRY, cycle=CYCLE, type="survey", title=canary("country"))
    evidence.keep(on, sent, DOCUMENT, by="sec")
    wishes = [Wish(COUNTRY, "ana", "lead"), *(Wish(COUNTRY, w) for w in ("ben", "cleo", "eve"))]
    if more:
        give_roles(on, SEC, "gus", "reviewer")
        wishes = [Wish(COUNTRY, "gus"), *wishes]
    assigning.assign(on, SEC, CYCLE, wishes)
    if more:
        declaring.declare(on, Acting("gus"), COUNTRY, CYCLE, "none")
        assessing.deliver(on, Acting("gus"), COUNTRY, CYCLE, judged("not for Ben"))
        declaring.pin(on, SEC, "QMB", "fay", "declared", reason="hidden from all but Fay")
        declaring.lift(on, SEC, "QMB", "fay", reason="and lifted")
    declaring.pin(on, SEC, COUNTRY, "dan", "declared", reason=canary("conflict"))
    for who in (ANA, BEN, EVE):
        declaring.declare(on, who, COUNTRY, CYCLE, "none", canary("conflict"))
    for who in (ANA, EVE):
        assessing.deliver(on, who, COUNTRY, CYCLE, judged(canary(f"assess-{who.person}")))
    draft = {"evidence": {"text": canary("draft-ben")}}
    drafts.save(on, BEN, COUNTRY, CYCLE, "assessment", draft, 0)
    for_ana = Acting("sec", on_behalf_of="ana", reason=canary("log"))
    for each in judged(canary("conclude")):
        concluding.conclude(on, for_ana, COUNTRY, CYCLE, each, override=canary("log"))
    commenting.send(on, ANA, COUNTRY, CYCLE, [Comment("1", canary("comment"), "evidence")])
    replying.reply(on, FOC, COUNTRY, CYCLE, [Answer("1", "disagree", canary("reply"))])
    for part, who in (("assessment", ANA), ("comments", ANA), ("reply", FOC)):
        name = {"assessment": "draft-ana", "comments": "draft-comment", "reply": "draft-reply"}
        drafts.save(on, who, COUNTRY, CYCLE, part, {"x": canary(name[part])}, 0)
    reopen(on, SEC, COUNTRY, CYCLE, "assessment", until=DAY, reason=canary("log"), person="eve")
    return on


def _evidence(circle: str) -> NewEntry:
    body = {"type": "survey", "title": canary(circle)}
    return NewEntry(
        kind="evidence_received", country=COUNTRY, cycle=CYCLE, happened_on=DAY,
        body_json=canonical(body), recorded_by="sec", visibility=circle, source=canary(circle),
    )  # fmt: skip


def surfaces(on: Register, who: Acting) -> Iterator[tuple[str, object]]:
    """Everything that a87lib tells a person: name of the surface, what it says."""
    seer = reader(on, who)
    entries = list(on.facts(visible_to=seer))
    yield "facts", [(e.kind, e.country, e.cycle, e.body, e.source, e.visibility) for e in entries]
    yield "digest", on.digest(visible_to=seer)
    archive = Archive(entries, hides=seer.hides)
    yield "countries", archive.countries
    for country in archive.countries:
        found = findings_for(archive.file(country, DAY), framework.load())
        yield "findings", [(f.rule, f.answer, [(r.key, r.args) for r in f.because]) for f in found]
    if who is not SEC:  # whose export is that of its role
        yield "export", [(t.name, [_plain(row) for row in t.rows]) for t in tables(on, seer)]
    for country in (COUNTRY, "QMB", "QMZ"):
        for call in READING:
            yield (
                f"{call.__name__} {country}",
                answered(lambda c=call, n=country: c(on, who, n, CYCLE)),
            )
        for part in drafts.VERBS:
            yield (
                f"draft {part} {country}",
                answered(lambda p=part, n=country: drafts.load(on, who, n, CYCLE, p)),
            )
        yield f"log {country}", answered(lambda n=country: desks.log(on, who, n))
        yield f"verbs {country}", [v for v in VERBS if allowed(on, who, v, country, CYCLE)]
        yield f"second {country}", list(seconds(on, who, country))
    sha256 = DOCUMENT.document.sha256
    yield "document", answered(lambda: on.document(sha256, visible_to=seer).content)
    yield "links", [(e.kind, e.body_json) for e in on.links(sha256, visible_to=seer)]
    yield "mine", answered(lambda: desks.mine(on, who))
    yield "files", answered(lambda: desks.files(on, who, CYCLE))
    yield "workload", answered(lambda: assigning.workload(on, who, CYCLE))
    yield "people", answered(lambda: [(p.id, p.name) for p in everybody(on, who)])
    yield "backup", answered(lambda: backups.backup(on, who, Path(f"{on.address}.{who.person}")))


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in ("id", "corrects", "entry")}


def seconds(on: Register, who: Acting, country: str) -> Iterator[object]:
    """What somebody is told who is second, or is refused, wherever something can be written."""
    one = Judgement("evidence", "shown", "mine")
    stale = {code.criterion: 9 for code in judged()}
    for call in (
        lambda: concluding.conclude(on, who, country, CYCLE, one),
        lambda: assessing.deliver(on, who, country, CYCLE, judged("mine"), replacing=stale),
        lambda: commenting.send(on, who, country, CYCLE, [Comment("1", "mine")]),
        lambda: replying.reply(on, who, country, CYCLE, [Answer("1", "agree")]),
        lambda: replying.finalise(on, who, country, CYCLE, replacing=9),
        lambda: drafts.save(on, who, country, CYCLE, "comments", {"x": "mine"}, 9),
        lambda: drafts.save(on, who, country, CYCLE, "assessment", {"x": "mine"}, 9),
        lambda: declaring.lift(on, who, country, "dan", reason=" "),
        lambda: assigning.assign(on, who, CYCLE, [Wish(country, "nobody")]),
        lambda: assigning.unassign(on, who, country, CYCLE, "nobody", reason="x"),
    ):
        yield answered(call)


def answered(call: Callable[[], object]) -> object:
    """What a call gives, or everything that its refusal says."""
    try:
        given = call()
    except Problems as refused:
        texts = [told(p, language) for p in refused.problems for language in LANGUAGES]
        more: list[object] = []
        if isinstance(refused, (Conflict, Overtaken)):
            more = [refused.yours, refused.stored, refused.difference]
        return [str(refused), texts, *more]
    if isinstance(given, list):
        return [asdict(each) if is_dataclass(each) else each for each in given]
    return asdict(given) if is_dataclass(given) else given


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secrets") / "r.db"
    planted(path).close()
    return path


@pytest.fixture(scope="module")
def where_more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secrets") / "r.db"
    planted(path, more=True).close()
    return path


@contextmanager
def reading(where: Path) -> Iterator[Register]:
    from workflow import Clock

    from a87lib import register

    with register.open(where, clock=Clock()) as on:
        yield on


def test_every_confidential_field_holds_a_canary(where: Path) -> None:
    """Otherwise the tests below could not fail."""
    with reading(where) as on:
        everything = f"{list(on.entries())} {everybody(on, SEC)} {drafts.drafts_of(on).all()}"
    assert [name for name in NAMES if canary(name) not in everything] == []


@pytest.mark.parametrize("who", MAY, ids=lambda who: who.person)
def test_nobody_comes_upon_what_is_hidden_from_them(where: Path, who: Acting) -> None:
    """Reads, exports, drafts, log, lists, refusals, conflicts: only what the role may see."""
    seen: dict[str, list[str]] = {}
    with reading(where) as on:
        before = on.head()
        for surface, said in surfaces(on, who):
            for name in NAMES:
                if canary(name) in repr(said):
                    seen.setdefault(name, []).append(surface)
        assert on.head() == before  # nothing was written on the way
    leaked = {name: found for name, found in seen.items() if name not in MAY[who]}
    assert leaked == {}
    assert set(seen) == MAY[who]  # and what they may see, they do


@pytest.mark.parametrize(
    "who", [BEN, CLEO, DAN, FAY, CHAIR, MEMBER, OBSERVER, FOC, FOZ, PUBLIC], ids=lambda w: w.person
)
def test_what_is_hidden_changes_nothing_for_them(
    where: Path, where_more: Path, who: Acting
) -> None:
    """Two registers that differ in what a person may not see alone give equal results."""
    with reading(where) as less, reading(where_more) as more:
        told_, told_more = dict(surfaces(less, who)), dict(surfaces(more, who))
    assert [name for name in told_ if told_[name] != told_more[name]] == []
    assert told_.keys() == told_more.keys()


def test_what_is_more_is_seen_by_who_may(where: Path, where_more: Path) -> None:
    """Otherwise the test above could not fail."""
    with reading(where) as less, reading(where_more) as more:
        for who in (ANA, SEC):
            told_, told_more = dict(surfaces(less, who)), dict(surfaces(more, who))
            assert told_["others QMA"] != told_more["others QMA"]


@pytest.mark.parametrize("circle", ["reviewer", "subgroup", "focal_point", "member", "public"])
def test_no_review_document_tells_who_reviews(where: Path, circle: str) -> None:
    """No section of any edition names a reviewer, a conflict, a step, a draft, an assessment."""
    asked = asked_for(country=COUNTRY, cycle=CYCLE, asof=DAY, register=str(where))
    text = " ".join(said for _, said in pages(read(asked, circle)))
    hidden = OFFICE | {"draft-comment", "draft-reply", "draft-ana"}
    assert [name for name in hidden if canary(name) in text] == []
    shown = canary("comment") in text
    assert shown == (circle in ("reviewer", "subgroup", "focal_point"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_countrys_reply_stands_beside_the_conclusion(where: Path, language: str) -> None:
    """What the country answers to a comment about a criterion is printed with the conclusion."""
    asked = asked_for(
        country=COUNTRY, cycle=CYCLE, asof=DAY, register=str(where), language=language
    )
    section = words(read(asked), "evidence")
    conclusion, reply = section.find(canary("conclude")), section.find(canary("reply"))
    assert 0 < conclusion < reply < section.find(canary("conclude"), conclusion + 1)
