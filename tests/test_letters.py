"""Letters and records: on what they rest, what they tell, and to whom they tell nothing."""

from __future__ import annotations

import nbformat
import pytest
from briefings import letter, words
from canaries import CANARY, planted

from a87lib.framework import version_in
from a87lib.language import LANGUAGES, all_told
from a87lib.problems import Problems
from a87lib.report import docx, letters
from a87lib.report.letters.parameters import KINDS
from a87lib.report.review.opening import PROJECT

SAMPLES = {
    "interest-answer": {"country": "QMK"},
    "status-notice": {"country": "QMB", "cycle": 2025},
    "comments": {"country": "QMC", "cycle": 2025},
    "dialogue": {"country": "QMC"},
    "inactivity": {"country": "QMD"},
    "reactivation": {"country": "QME"},
    "invitation": {"meeting": 22},
    "minutes": {"meeting": 21},
    "overview": {"cycle": 2025},
    "bulletin": {"since": "2025-10-01"},
    "profile": {"country": "QMA"},
}


@pytest.fixture(scope="module")
def marked(exercise_register, tmp_path_factory):
    return planted(exercise_register, tmp_path_factory.mktemp("canaries"))


def opened(register, kind, language="en", asof="2025-12-15", **about):
    return letters.opened(kind, asof, language=language, register=register, **about)


def said(register, kind, language="en", **changes):
    return words(letter(opened(register, kind, language, **(SAMPLES[kind] | changes))).main)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_letter_can_be_made_in_every_language(exercise_register, kind, language):
    """Each says as of when, from what it was made, and under which paragraph it is sent."""
    this = opened(exercise_register, kind, language, **SAMPLES[kind])
    text = words(letter(this).main)
    assert this.file.digest in text and KINDS[kind].paragraph in text
    assert version_in(this.file.framework.version, language) in text
    assert this.file.day(this.asked.asof) in text
    assert KINDS[kind].paragraph in this.file.framework.paragraphs


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("inactivity", {"country": "QMA"}),
        ("reactivation", {"country": "QMA"}),
        ("dialogue", {"country": "QMA"}),
        ("dialogue", {"country": "QMB"}),
        ("interest-answer", {"country": "QMI"}),
        ("status-notice", {"country": "QMG", "cycle": 2025}),
        ("comments", {"country": "QMG", "cycle": 2025}),
        ("minutes", {"meeting": 22}),
        ("invitation", {"meeting": 23}),
    ],
)
def test_no_letter_without_ground_on_file(exercise_register, kind, about):
    """Nobody is told of a decision, a dialogue or comments that are not on file."""
    with pytest.raises(Problems) as refused:
        letters.body(opened(exercise_register, kind, **about))
    assert [p.code for p in refused.value.problems] == ["letter_without_ground"]


def test_a_bulletin_does_not_begin_after_its_end(exercise_register):
    """A window that can hold nothing is refused, and both days are named."""
    opened(exercise_register, "bulletin", since="2025-12-15")
    with pytest.raises(Problems) as refused:
        opened(exercise_register, "bulletin", since="2025-12-16")
    assert refused.value.exit_status == 2
    text = all_told(refused.value.problems, "en")
    assert "16 December 2025" in text and "15 December 2025" in text


def test_inactivity_is_told_only_after_the_decision(exercise_register):
    """On the eve of the 18th meeting there is no letter; on its day there is."""
    with pytest.raises(Problems):
        letters.body(opened(exercise_register, "inactivity", asof="2024-06-11", country="QMD"))
    this = opened(exercise_register, "inactivity", asof="2024-06-12", country="QMD")
    text = words(letters.body(this))
    assert "meeting 18 of 12 June 2024" in text and "suspended" in text


def test_the_notice_tells_signs_duties_and_the_next_date(exercise_register):
    """Bastrelle learns its status, that two signs are present, and what is due next."""
    text = said(exercise_register, "status-notice")
    assert text.count("Yes") >= 2 and "30 April 2026" in text and "no verdict" in text


def test_comments_come_item_by_item_with_the_reply(exercise_register):
    """As many rows as comments, in their order."""
    this = opened(exercise_register, "comments", **SAMPLES["comments"])
    rows = letter(this).main.xpath("//tbody/tr")
    sent = this.country.shown.of("comments_sent", 2025)
    assert [words(row[0]) for row in rows] == [i.no for e in sent for i in e.body.items]


def test_minutes_tell_attendance_debates_decisions_and_actions(exercise_register):
    """The 21st: three decisions by consensus, three actions, five items minuted."""
    text = said(exercise_register, "minutes")
    assert text.count("By consensus") == 3 and text.count("26 members present") >= 3
    assert "Amberlonde" in said(exercise_register, "minutes", "fr")  # a country's seat, by its name
    assert "Dialogue with Corvatania" in text and "A dialogue on progress is opened." in text


def test_minutes_say_where_a_decision_has_no_effect(exercise_register):
    """The 16th had no quorum: its decisions stand in the minutes as not valid."""
    text = said(exercise_register, "minutes", meeting=16)
    assert text.count("Not valid") >= 2


def test_the_invitation_has_an_agenda_that_adds_up(exercise_register):
    """The draft agenda is in it, said to be a draft, with its 130 minutes."""
    text = said(exercise_register, "invitation")
    assert "130" in text and "draft" in text and "In person" in text


def test_the_bulletin_tells_no_failure(exercise_register):
    """What somebody did not do, or a status lost, is no news for the bulletin."""
    this = opened(exercise_register, "bulletin", since="2017-01-01")
    text = words(letters.body(this)).lower()
    assert "granting" in text or "grant" in text
    assert "inactiv" not in text and "absence" not in text


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_letter_shows_nothing_that_its_reader_may_not_see(marked, kind):
    """Public pages and records of members hold no internal text, letters only the country's own."""
    where, texts = marked
    assert texts > 300
    this = opened(where, kind, **SAMPLES[kind])
    main = words(letter(this).main)
    if KINDS[kind].circle != "country":
        assert CANARY not in main
    secret = [
        entry
        for entry in this.file.whole.entries
        if entry.visibility in ("reviewers", "subgroup") and getattr(entry.body, "text", None)
    ]
    assert secret and not any(e.body.text in main for e in secret)


def test_notebooks_are_thin_and_declare_what_their_letter_needs():
    """At most eight code cells of six lines, no logic, and the parameters of the kind."""
    for kind, about in KINDS.items():
        path = PROJECT / "notebooks" / "letters" / f"{kind}.ipynb"
        cells = [c for c in nbformat.read(path, 4).cells if c.cell_type == "code"]
        assert len(cells) <= 8 and all(not c.outputs for c in cells)
        assert all(name in cells[0].source for name in (*about.needs, "asof", "language"))
        assert all(len(c.source.splitlines()) <= 6 for c in cells[1:])


def test_a_docx_letter_uses_styles(exercise_register):
    """The addressee's lines and headings bear styles, so that an office can restyle them."""
    import io

    from docx import Document

    this = opened(exercise_register, "invitation", "fr", **SAMPLES["invitation"])
    made = Document(io.BytesIO(docx.render(letter(this))))
    styles = {p.style.name for p in made.paragraphs if p.text.strip()}
    assert {"Heading 1", "Kicker", "Facts"} <= styles


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_column_of_the_minutes_is_narrower_than_a_word_in_it(exercise_register, language):
    """A word processor would break “intergouvernementales” anywhere, without a hyphen."""
    import io

    from docx import Document

    made = Document(io.BytesIO(docx.render(letter(opened(exercise_register, "minutes", language,
                                                         **SAMPLES["minutes"])))))  # fmt: skip
    table = next(t for t in made.tables if len(t.columns) == 4)
    text = "\n".join(cell.text for cell in table.columns[0].cells)
    longest = max(map(len, text.split()))
    assert longest > 15 and table.columns[0].width.pt - 8.5 > longest * 5.6
