"""What a country review holds, and what it never says."""

from __future__ import annotations

import re

import pytest
from reviewing import SECTIONS, opened, pages, recorded, shown, words

from a87lib.countryfile import CountryFile
from a87lib.report import review
from a87lib.report.review import decisions, signs
from a87lib.report.review.actions import last_stated, priorities
from a87lib.report.review.comments import rows
from a87lib.report.review.glance import holdings
from a87lib.report.review.participation import by_group
from a87lib.report.review.ratifications import ratifications
from a87lib.report.review.series import series
from a87lib.report.review.sources import corrections
from a87lib.report.review.timeline import events

EXERCISE = [f"QM{letter}" for letter in "ABCDEFGHIJKL"]
PUBLIC = ["ETH", "MWI", "MEX", "NPL", "DEU", "CHL"]
LANGUAGES = ("en", "fr", "es")


@pytest.mark.parametrize("country", EXERCISE)
def test_every_section_of_every_exercise_country_says_something(exercise_register, country):
    """A review has all its sections whatever the country's status is."""
    this = opened(exercise_register, country)
    for section in SECTIONS:
        assert words(this, section) or section in ("timeline", "checklist"), section


def test_of_a_report_that_never_came_it_is_not_said_that_it_is_too_early(exercise_register):
    """Bastrelle's of 2024 and 2025 are awaited; of 2026, which is to come, it is too early."""
    page = shown(opened(exercise_register, "QMB"), "obligations")
    rows = [
        [cell.text_content() for cell in row] for row in page.findall(".//table")[-1].iter("tr")
    ]
    comments = {row[0]: row[3] for row in rows if row[0] in ("2024", "2025", "2026")}
    assert comments == {
        "2024": "Report awaited", "2025": "Report awaited", "2026": "Too early",
    }  # fmt: skip
    assert words(opened(exercise_register, "QMB"), "obligations").count("Report awaited") == 4


def test_a_report_is_called_due_only_of_who_owes_it(exercise_register, public_register):
    """Of every other country it is said whom the due date is for."""
    assert words(opened(exercise_register, "QMA"), "obligations").startswith("The 2025 progress")
    others = [opened(exercise_register, code) for code in ("QMD", "QMG", "QMI")]
    for this in (*others, opened(public_register, "DEU")):
        told = words(this, "obligations")
        assert told.startswith("For active pathfinder countries, the 20"), this.name


@pytest.mark.parametrize(("country", "language"), [*zip(PUBLIC, LANGUAGES * 2, strict=True)])
def test_a_public_review_accuses_nobody(public_register, country, language):
    """Where nothing is declared complete, no sign is present and nothing is said to be missing."""
    this = opened(public_register, country, language)
    assert {str(f.answer) for f in signs.signs(this)} == {"ask"}
    assert decisions.questions(this) == []
    text = " ".join(said for _, said in pages(this)).lower()
    forbidden = ("not listed", "non listé", "no figura en la lista")
    assert not [phrase for phrase in forbidden if phrase in text]
    for word in (this.say("sign.yes"), this.say("look.not_received")):
        assert word.lower() not in text


def test_what_a_third_party_says_of_ethiopia_is_marked_as_its_own(public_register):
    """`Did not submit in 2021` stands among the statements, with its source, and nowhere else."""
    this = opened(public_register, "ETH")
    said = this.say("statements.absence", what="Progress report", cycle=2021)
    own = dict(pages(this))
    assert said in own["third_parties"] and "USDOL/ILAB" in own["third_parties"]
    assert all(said not in text for section, text in own.items() if section != "third_parties")


def test_statements_that_conflict_stand_side_by_side(public_register):
    """Malawi became a pathfinder country in 2019 by one source and in March 2020 by another."""
    table = shown(opened(public_register, "MWI"), "third_parties").find(".//table")
    assert table is not None
    told = " ".join(table.text_content().split())
    assert "2019" in told and "March 2020" in told


def test_a_vague_date_is_printed_as_vaguely_as_it_is_known(public_register):
    """A statement of 2019 is not given a day, neither in the table nor in the figure's data."""
    this = opened(public_register, "MWI")
    assert not re.search(
        r"31 December 2019", words(this, "timeline") + words(this, "third_parties")
    )


def test_a_date_too_vague_to_tell_is_not_called_late(exercise_register, tmp_path):
    """A report of 2023 may have come by 30 April 2023: neither table nor figure says that it was
    late (INT-12); one of May 2021 was, one of April 2022 was not."""
    granted = {"kind": "decision_made", "subject": "grant_status", "happened_on": "2019-06-01"}
    came = [("2021-05", 2021), ("2022-04", 2022), ("2023", 2023)]
    reports = [{"kind": "report_received", "happened_on": on, "cycle": of} for on, of in came]
    told = [granted | {"consensus": True, "quorum": True}, *reports]
    copy = recorded(exercise_register, tmp_path, [{"country": "QZA"} | fact for fact in told])
    this = opened(copy, "QZA", cycle=2023, asof="2024-01-15")
    every = words(this, "obligations").rpartition("All cycles at a glance")[2]
    assert re.findall("(Yes|On time|Late)([A-Z][a-z]+ )?(202[1-3])", every) == [
        ("Yes", "", "2023"),
        ("On time", "April ", "2022"),
        ("Late", "May ", "2021"),
    ]
    (alt,) = shown(this, "timeline").xpath(".//img/@alt")
    assert "event on file 2023; received on time 2022; received late 2021" in alt


def test_zero_is_a_value_and_a_missing_figure_is_not(exercise_register):
    """Amberlund had 0 convictions in 2019; a figure stated missing has no value anywhere."""
    found = series(
        opened(exercise_register, "QMA").file, opened(exercise_register, "QMA").framework
    )
    zero = [
        f for s in found if (s.indicator, s.breakdown) == ("E4", "convictions") for f in s.values
    ]
    assert zero[0].row.value_number == 0
    for each in found:
        assert all(f.row.status == "value" for f in each.values)


def test_split_survey_years_keep_both(exercise_register):
    """A survey of 2018 and 2019 is printed 2018/19, in the figure, its data and its description."""
    page = shown(opened(exercise_register, "QMA"), "indicators")
    assert "2018/19" in page.text_content()
    assert any("2018/19" in alt for alt in page.xpath(".//img/@alt"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Progress towards the targets", "0.68", "0.67", "Fair progress", "0% by 2025")),
        ("fr", ("Progrès vers les cibles", "0,68", "0,67", "Progrès moyens", "Pas de tendance")),
        ("es", ("Progreso hacia las metas", "0,68", "0,67", "Progreso moderado", "0\u00a0% para")),
    ],
)
def test_progress_towards_the_targets_is_shown_by_both_methods(exercise_register, language, told):
    """From 11.8 % in 2012 to 4.1 % in 2024/25, target 0 by 2025: by the linear pace 7.7 / 11.3
    of the way, by the UN projection almost as much; one figure alone is no trend."""
    page = shown(opened(exercise_register, "QMA", language), "indicators")
    row = next(r for r in page.iter("tr") if told[1] in r.text_content())
    assert "2012" in row.text_content() and "2024/25" in row.text_content()
    assert all(text in page.text_content() for text in told)


def test_the_disputed_finding_stands_beside_the_country_s_reply(exercise_register):
    """Corvatania disagrees with the third comment of 2025: its words stand in the same row."""
    this = opened(exercise_register, "QMC")
    third = rows(this, 2025)[2]
    assert third.reply == "disagree" and third.reply_text
    row = next(r for r in shown(this, "comments").iter("tr") if third.text[:40] in r.text_content())
    assert third.reply_text[:40] in row.text_content()
    assert this.label("reply", "disagree") in row.text_content()


def test_a_sign_names_its_paragraph_values_readings_and_entries(exercise_register):
    """From any sign a reader gets to the text, to our reading of it and to what was received."""
    this = opened(exercise_register, "QMC")
    text = words(this, "five_signs")
    finding = this.found("signals.no_evidence")
    assert finding.paragraph in text and all(i in text for i in finding.interpretations)
    numbers = [this.numbers[no] for why in finding.because for no in why.entries]
    assert numbers and all(f"[{number}]" in text for number in numbers)
    assert all(number in words(this, "sources") for number in numbers)
    annex = words(this, "annex")
    assert finding.paragraph in annex and all(i in annex for i in finding.interpretations)


def test_entries_are_numbered_within_the_file_only(exercise_register):
    """The register's own numbers would tell how much is on file about others."""
    this = opened(exercise_register, "QMC")
    numbers = [int(name) for name in this.numbers.values() if name.isdigit()]
    assert numbers == list(range(1, len(this.file.entries) + 1))


def test_individual_assessments_are_never_printed(exercise_register):
    """What one reviewer wrote is for the subgroup's own work: the document has its conclusion."""
    this = opened(exercise_register, "QMC")
    private = [e.body.text for e in this.file.of("assessment_made") if e.body.text]
    assert private
    whole = " ".join(text for _, text in pages(this))
    assert not [text for text in private if text[:30] in whole]


def test_only_a_country_s_own_words_are_marked_as_another_language(exercise_register):
    """A reader's program pronounces Spanish words as Spanish in the English edition."""
    page = shown(opened(exercise_register, "QMC"), "roadmap")
    assert page.xpath(".//span[@lang='es']")
    assert not shown(opened(exercise_register, "QMC", "es"), "roadmap").xpath(".//span[@lang='es']")


def test_the_state_of_an_action_is_the_last_one_stated_up_to_the_cycle(exercise_register):
    """A review of 2021 does not know what was stated in 2022."""
    earlier = opened(exercise_register, "QMC", cycle=2021)
    assert {entry.cycle for entry in last_stated(earlier).values()} <= {2020, 2021}
    states = {row.action.no: row.state for p in priorities(earlier) for row in p.actions}
    assert states["3.1"] == "ongoing"
    later = {
        r.action.no: r.state
        for p in priorities(opened(exercise_register, "QMC"))
        for r in p.actions
    }
    assert later["3.1"] == "completed"


def test_participation_has_all_national_groups_and_no_false_zero(exercise_register):
    """A group of which nothing is on file stays empty: that is no count of zero."""
    data = by_group(opened(exercise_register, "QMC"))
    national = [group for level, group in data.rows if level == "national"]
    assert len(national) == 10
    assert 0 not in {count for row in data.counts for count in row}


def test_corrections_are_told(exercise_register):
    """Dolmera's file had another country's report for two weeks: the withdrawal is shown."""
    this = opened(exercise_register, "QMD")
    assert any(one.after.withdrawn for one in corrections(this))
    assert this.say("sources.corrections") in words(this, "sources")


def test_what_an_inactive_country_owed_before_is_still_told(exercise_register):
    """Dolmera sent no report for 2022 and 2023: the figure says so although it is inactive now."""
    marks = events(opened(exercise_register, "QMD")).marks
    missed = {m.on.year for m in marks if (m.lane, m.look) == ("report", "not_received")}
    assert {2022, 2023} <= missed
    assert not [m for m in marks if m.look == "not_on_file" and m.on.year in (2022, 2023)]


def test_reading_the_past_gives_what_was_known_then(exercise_register):
    """Seen on 8 October 2025 with what was recorded the day before, the sign is not there yet."""
    day = {"asof": "2025-10-08"}
    now = opened(exercise_register, "QMC", **day)
    before = opened(exercise_register, "QMC", **day, known_at="2025-10-07T18:00:00Z")
    assert str(now.found("signals.no_evidence").answer) == "yes"
    assert str(before.found("signals.no_evidence").answer) == "ask"
    assert now.digest != before.digest
    assert before.known_at.isoformat() == "2025-10-07T18:00:00+00:00"


def test_the_head_states_what_every_document_states(exercise_register, public_register):
    """Country, cycle, both dates, digest, versions, language, and the notice of the pack."""
    for this in (opened(exercise_register, "QMA", "fr"), opened(public_register, "ETH", "fr")):
        about = review.head(this).about
        assert (about.country, about.language, about.cycle) == (
            this.asked.country,
            "fr",
            this.cycle,
        )
        assert about.asof == this.asked.asof and about.digest == this.digest and about.notice
        stated = dict(about.facts())
        assert "2026-11 · proposition 2026-11" in stated.values()
        assert "ce n’est pas le cadre officiel" in " ".join(stated.values()).replace("'", "’")


def test_the_five_signs_told_together_name_what_all_five_rest_on(exercise_register):
    """Every paragraph, and every reading once, sorted: what the first uses is not all."""
    this = opened(exercise_register, "QMG", "es")
    text = words(this, "five_signs")
    found = signs.signs(this)
    assert len(found) == 5 and "Se basa en los párrafos" in text
    assert re.findall(r"AF-REV-7.", text)[-5:] == [f"AF-REV-7{letter}" for letter in "abcde"]
    named = re.findall(r"INT-\d\d", text.partition("Se basa en los párrafos")[2])
    assert named == sorted({name for each in found for name in each.interpretations})


def test_what_is_on_file_is_counted_by_area(public_register):
    """A page about a country of which little is public says what there is and what there is not."""
    this = opened(public_register, "ETH")
    areas = {area.name: area.count for area in holdings(this.file)}
    assert areas["statistics"] > 0 and areas["statements"] > 0 and areas["decisions"] == 0
    assert this.say("glance.not_covered") in words(this, "glance")


def test_ratifications_from_two_sources_are_put_together(public_register):
    """A treaty stands once, with every date that a source gives."""
    found = ratifications(opened(public_register, "ETH"))
    assert "C182" in found and "C029" not in found
    assert all(len({one.when for one in held}) == len(held) for held in found.values())


def test_a_timeline_shows_nothing_after_the_day_of_the_review(exercise_register):
    """Only due dates to come lie after the day asked."""
    this = opened(exercise_register, "QMC", asof="2023-06-01")
    late = [mark for mark in events(this).marks if mark.last > this.asked.asof]
    assert {mark.look for mark in late} <= {"due"}


def test_a_country_without_a_letter_is_no_candidate(exercise_register):
    """Ilvarra is named by third parties only; the letter entered by mistake was withdrawn."""
    this = opened(exercise_register, "QMI")
    assert this.found("standing.status").value == "none"
    assert isinstance(this.file, CountryFile)
    assert not events(this).bands
