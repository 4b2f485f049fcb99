"""What the briefing of a meeting holds, and what it never says."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from itertools import pairwise

import briefings
import pikepdf
import pypdf
import pytest
from briefings import document, opened, words
from lxml import html

from a87lib.language import LANGUAGES
from a87lib.problems import Problems
from a87lib.report import briefing
from a87lib.report.briefing import (
    actions,
    agenda,
    matters,
    membership,
    overview,
    papers,
    received,
    wording,
)
from a87lib.report.briefing.packing import Together, portions
from a87lib.report.making import Made
from a87lib.report.peak import available
from a87lib.report.places import Folder


@pytest.fixture(scope="module")
def exercise(exercise_register):
    return {language: opened(exercise_register, language=language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def printed(exercise_register):
    return {language: briefings.printed(exercise_register, language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("meeting", [8, 22])
def test_every_paper_says_something_in_every_language(
    exercise_register, public_register, meeting, language
):
    """No paper is empty, on invented and on public facts, and each has its number."""
    register = public_register if meeting == 8 else exercise_register
    this = opened(register, meeting, language)
    for place, key in enumerate(this.papers, 1):
        text = words(briefing.paper(this, key))
        assert text.startswith(f"{place}. {this.say(f'paper.{key}')}") and len(text) > 40, key


def test_the_minutes_of_a_draft_agenda_add_up(exercise):
    """The items follow on one another from the hour of the call to the end."""
    found = agenda.items(exercise["en"])
    assert agenda.hour(found[0].starts) == "10:00"
    assert all(a.ends == b.starts for a, b in pairwise(found))
    assert agenda.total(found) == found[-1].ends - found[0].starts == 130
    assert sum(item.minutes for item in found) == 130


def test_the_printed_agenda_is_kept_with_its_two_items_vi(public_register):
    """Nothing of the 8th agenda is put right; the check says what is wrong with it."""
    this = opened(public_register, 8)
    found = agenda.items(this)
    assert [item.no for item in found] == ["I", "II", "III", "IV", "V", "VI", "VI"]
    assert agenda.total(found) == 120
    answers = {rule: str(this.findings[rule, ""].answer) for rule in agenda.CHECKS}
    assert answers["agenda.numbering"] == "no" and answers["agenda.dates"] == "no"


def test_a_paper_bears_the_minutes_of_the_item_named_for_it(public_register):
    """--point report=II puts the report under item II with its seven minutes."""
    this = opened(public_register, 8, points="overview=II")
    (item,) = papers.under(agenda.items(this), "overview")
    assert (item.no, item.minutes) == ("II", 7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_draft_decision_names_a_paragraph_of_the_framework(exercise, language):
    """A decision without its paragraph would be the program's own."""
    this = exercise[language]
    found = wording.drafts(this)
    assert len(found) >= 8
    assert all(each.paragraph in this.framework.paragraphs and each.text for each in found)


def test_nothing_on_inactivity_is_said_while_a_ground_is_open(exercise):
    """Fenwold lacks a conclusion: no draft, no candidate, whatever its signs are."""
    this = exercise["en"]
    about = {(m.subject, m.open) for m in matters.matters(this) if m.country.code == "QMF"}
    assert about == {("conclude_dialogue", True)}
    assert not any(each.paragraph == "AF-REV-12" for each in wording.drafts(this))


def test_complete_grounds_are_something_to_consider_and_never_a_verdict(exercise_register):
    """On the eve of its decision Dolmera's grounds were complete: the GCG may wish to consider."""
    this = opened(exercise_register, 18, asof="2024-06-11")
    (draft,) = [each for each in wording.drafts(this) if each.paragraph == "AF-REV-12"]
    assert draft.about == "Dolmera" and "may wish to consider" in draft.text
    assert not re.search(r"decides|declares", draft.text)
    day_before_support = opened(exercise_register, 18, asof="2023-09-30")
    assert not [d for d in wording.drafts(day_before_support) if d.paragraph == "AF-REV-12"]


def test_a_dialogue_that_was_decided_is_not_put_to_the_meeting_again(exercise):
    """Corvatania's dialogue was opened at the 21st meeting; Bastrelle's was not."""
    found = {
        m.country.code: m for m in matters.matters(exercise["en"]) if m.subject == "open_dialogue"
    }
    assert found["QMC"].decided == 21 and not found["QMC"].ripe
    assert found["QMB"].decided is None and found["QMB"].ripe


def test_cut_off_and_as_of_are_both_stated(exercise_register):
    """What came on the cut-off day itself is in the papers; what came after is listed apart."""
    this = opened(exercise_register, cutoff="2025-11-23")
    text = words(briefing.paper(this, "received"))
    assert "23 November 2025" in text and "15 December 2025" in text
    kinds = {(row.country.code, row.kind) for row in received.received(this)}
    earlier = received.received(opened(exercise_register, cutoff="2025-11-24"))
    assert ("QMA", "report_published") in kinds
    assert ("QMA", "report_published") not in {(row.country.code, row.kind) for row in earlier}


def test_the_reply_stands_in_the_row_of_the_finding(exercise):
    """Corvatania disputes: its own words stand beside the sign on evidence, in the same row."""
    this = exercise["en"]
    table = document(this).main.xpath("//h3[.='Corvatania']/following::table[1]")[0]
    (row,) = table.findall("./tbody/tr")
    assert "Sign d" in words(row[0]) and "Disagree" in words(row[2])


def test_reviews_are_listed_by_the_names_that_their_readers_know(exercise_register):
    """Jastovar is Yastovar in Spanish, and comes last."""
    reviews = tuple(f"{code}/review.es.pdf" for code in ("QMJ", "QMK", "QML"))
    this = opened(exercise_register, language="es", reviews=reviews)
    rows = document(this).main.xpath("//a[contains(@href, 'review.es')]/ancestor::tr")
    assert [words(row[0]) for row in rows] == ["Kandoreth", "Lumarenza", "Yastovar"]


def test_membership_names_vacancy_term_and_absence(exercise):
    """Region 4 is vacant, left before the end of its term; pathfinder 5 ends before the meeting;
    region 2 has reached the limit."""
    this = exercise["en"]
    assert membership.vacancies(this) == ["region-4"]
    assert [row.seat for row in membership.noted(this, "gcm.term_ending")] == ["pathfinder-5"]
    assert [row.seat for row in membership.noted(this, "gcm.absence_limit")] == ["region-2"]
    (left,) = membership.left_early(this)
    assert (left.seat, left.holder, left.until) == ("region-4", "Marazul", date(2025, 8, 31))
    assert "14 January 2027" in list(membership.notes(this))[1]
    french = words(membership.membership(exercise["fr"]))
    assert "Amberlonde" in french and "Amberlund" not in french  # a country has its own names
    found = {row.group: row for row in membership.groups(this)}
    assert sum(row.held for row in found.values()) == 31
    assert (found["governments"].seats, found["ngos"].present) == (17, 3)


def test_open_actions_say_how_late_they_are(exercise, public_register):
    """An overdue action has its days; what is not on file is never overdue."""
    this = exercise["en"]
    late = {task.text: actions.overdue(this, task) for task in actions.agreed(this)}
    assert late["Name a successor for region 4"] == (date(2025, 12, 15) - date(2025, 11, 30)).days
    assert late["Dialogue with Corvatania"] == 0
    real = opened(public_register, 8)
    assert not any(actions.overdue(real, task) for task in actions.others(real))


def test_a_briefing_on_public_facts_accuses_nobody(public_register):
    """No sign, no candidate, no draft about a country where nothing is declared complete."""
    this = opened(public_register, 8)
    assert matters.matters(this) == [] and wording.drafts(this) == []
    assert this.say("sign_letter", letter="a") not in words(document(this).main)


def pages_of(content: bytes) -> dict[str, int]:
    """Title of each bookmark -> number of its page, from 1."""
    reader = pypdf.PdfReader(io.BytesIO(content))

    def flat(entries):
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry)
            else:
                yield entry

    return {e.title: reader.get_destination_page_number(e) + 1 for e in flat(reader.outline)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_brief_on_two_pages_and_overview_on_one(exercise, printed, language):
    """The chair's brief ends where the agenda begins; all countries stand on one page."""
    this, pages = exercise[language], pages_of(printed[language])
    page = {key: pages[f"{this.number(key)}. {this.say(f'paper.{key}')}"] for key in this.papers}
    assert page["agenda"] - page["brief"] <= 2
    text = pypdf.PdfReader(io.BytesIO(printed[language])).pages[page["overview"] - 1].extract_text()
    assert all(country.name in text for country in this.countries)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text)  # days are written as everywhere else


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents_bookmarks_and_page_references_agree(exercise, printed, language):
    """The page printed for each paper is the page on which its heading stands."""
    this, pages = exercise[language], pages_of(printed[language])
    reader = pypdf.PdfReader(io.BytesIO(printed[language]))
    contents = reader.pages[0].extract_text()
    table = "".join(reader.pages[n].extract_text() for n in (2, 3))
    for key in this.papers:
        title = f"{this.number(key)}. {this.say(f'paper.{key}')}"
        spaced = re.escape(title).replace("\\ ", r"\s*")
        assert re.search(rf"{spaced}[ .]*\s*{pages[title]}\b", contents), title
        own = re.escape(this.say(f"paper.{key}")).replace("\\ ", r"\s*")
        assert re.search(rf"{own}[^\n]*?\s{pages[title]}\s", table), title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_keeps_its_tree_language_and_continuous_numbers(printed, language):
    """PDF/UA with the reader's language; the pages are numbered through."""
    with pikepdf.open(io.BytesIO(printed[language])) as opened_pdf:
        assert opened_pdf.Root.Lang == {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}[language]
        assert "/StructTreeRoot" in opened_pdf.Root and opened_pdf.Root.MarkInfo.Marked
        count = len(opened_pdf.pages)
    pages = pypdf.PdfReader(io.BytesIO(printed[language])).pages
    assert all(f"{n}/{count}" in page.extract_text() for n, page in enumerate(pages, 1))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"meeting": 0}, "not_a_meeting"),
        ({"meeting": 99}, "meeting_not_on_file"),
        ({"edition": "everybody"}, "unknown_edition"),
        ({"points": "report"}, "not_a_point"),
        ({"cutoff": "soon"}, "impossible_day"),
        ({"cutoff": "2026-01-01", "asof": "2025-12-15"}, "window_begins_after"),
        ({"reviews": ["../secret.html"]}, "not_a_document"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(exercise_register, changes, code):
    """Each wrong parameter is told as such, and nothing is made."""
    with pytest.raises(Problems) as refused:
        opened(exercise_register, **({"meeting": 22} | changes))
    assert [p.code for p in refused.value.problems] == [code]


def test_a_dash_in_the_table_of_statuses_means_not_on_file_alone(exercise, public_register):
    """Where no further sign is near, the column of warnings says that there is none."""
    for unknown, this in ((False, exercise["en"]), (True, opened(public_register, 8))):
        page = html.fragment_fromstring(overview.overview(this).html, create_parent="main")
        rows = [[cell.text_content().strip() for cell in row] for row in page.iter("tr")][1:]
        assert {cell == "–" for row in rows for cell in row[2:]} == {unknown}
        assert unknown or {"None", "n/a", "1 January 2027"} <= {row[-1] for row in rows}


def test_merged_pdfs_are_made_side_by_side_as_memory_allows(tmp_path):
    """One of forty reviews takes gigabytes: on a small machine they come one after the other."""
    review = Made("QMA/review.fr", None, {}, ())
    asked = [
        Together(Folder(tmp_path), f"{n}.pdf", None, (review,) * parts, "")
        for n, parts in enumerate((40, 41, 40))
    ]
    for memory, together in ((None, [3]), (1, [1, 1, 1]), (5 * 2**30, [2, 1]), (2**40, [3])):
        assert [len(some) for some in portions(asked, memory)] == together
    assert list(portions([], 1)) == []
    assert (available() or 0) > 0 or sys.platform != "linux"
