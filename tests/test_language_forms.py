"""How ages, rows of items and lists of names are written; sentences that stand once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from document_sample import head

from a87lib.language import LANGUAGES, alphabetical, format_number, in_a_row, join, say, with_colon
from a87lib.language.catalogue import FOLDER
from a87lib.report.ages import age_group
from a87lib.report.making import Made
from a87lib.report.manifest import Pack, index

AGES = {
    "5-17": ("ages 5–17", "de 5 à 17 ans", "de 5 a 17 años"),
    "6-59 months": ("ages 6–59 months", "de 6 à 59 mois", "de 6 a 59 meses"),
    "<18": ("under age 18", "moins de 18 ans", "menores de 18 años"),
    "18+": ("age 18 and over", "18 ans et plus", "18 años o más"),
    "15": ("age 15", "15 ans", "15 años"),
}


@pytest.mark.parametrize("code", AGES)
def test_an_age_group_is_said_in_words(code: str) -> None:
    """No sign that a reader has to decode stands in a sentence."""
    assert tuple(age_group(code, language) for language in ("en", "fr", "es")) == AGES[code]


def test_a_semicolon_has_the_space_of_its_language() -> None:
    """French sets a narrow no-break space before it."""
    assert in_a_row(["a", "b"], "fr") == "a\u202f; b"
    assert in_a_row(["a", "b"], "es") == in_a_row(["a", "b"], "en") == "a; b"


def test_a_colon_has_the_space_of_its_language() -> None:
    """French sets a no-break space before it."""
    assert with_colon("a", 3, "fr") == "a\u00a0: 3"
    assert with_colon("a", 3, "es") == with_colon("a", 3, "en") == "a: 3"


def test_a_spanish_list_says_e_before_the_sound_of_i() -> None:
    """Not "y instituciones"; before "hielo", where no i is heard alone, it stays y."""
    assert join(["OIT", "Sector privado", "Instituciones"], "es") == (
        "OIT, Sector privado e Instituciones"
    )
    assert join(["padres", "hijos"], "es") == "padres e hijos"
    assert join(["agua", "hielo"], "es") == "agua y hielo"
    assert join(["hijos"], "es") == "hijos"


def test_accents_and_case_move_no_name() -> None:
    """A name with an accent stands where a dictionary has it."""
    names = ["Zambie", "Égypte", "Fidji", "allemagne"]
    assert sorted(names, key=alphabetical) == ["allemagne", "Égypte", "Fidji", "Zambie"]


def test_the_index_lists_countries_by_their_name_in_the_readers_language() -> None:
    """Not by code: Germany (DEU) stands last in English, first in French; accents move nothing."""
    names = {
        "DEU": ("Germany", "Allemagne"),
        "FJI": ("Fiji", "Fidji"),
        "ETH": ("Ethiopia", "Éthiopie"),
    }
    made = tuple(
        Made(
            f"{code}/review.{language}",
            replace(head(language, country=code).about, title=names[code][place], kind="k"),
            {},
            (),
        )
        for code in names
        for place, language in enumerate(("en", "fr"))
    )
    titles = dict.fromkeys(("en", "fr", "es"), "x")
    page = index(
        Pack("x", titles, date(2026, 5, 1), datetime(2026, 5, 2, tzinfo=UTC), "1"), made
    ).decode()
    rows = re.findall(r'<th scope="row"[^>]*>(.*?) – k</th>', page)
    assert rows[:6] == ["Ethiopia", "Fiji", "Germany", "Allemagne", "Éthiopie", "Fidji"]


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (9999, None, "9999"), (10000, None, "10\u202f000"), (0, None, "0"),
        (1234567.5, None, "1\u202f234\u202f567,5"),
        (-12345, None, "-12\u202f345"), (9999.96, 1, "10\u202f000,0"), (0.125, None, "0,125"),
    ],
)  # fmt: skip
def test_spanish_thousands_stand_apart_by_a_thin_space(
    value: float, digits: int | None, said: str
) -> None:
    """From five digits on, never by a dot; four stand together."""
    assert format_number(value, "es", digits) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_stands_once_in_the_catalogues_of_a_language(language):
    """Of a key that stood twice only one sentence would be read, whichever is changed."""
    every = [
        key
        for path in sorted(FOLDER.glob(f"*.{language}.po"))
        for key in re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.M)
    ]
    assert [key for key, times in Counter(every).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["calendar.written", "verify.unsound", "statistics.written"])
def test_one_is_said_in_the_singular(key: str, language: str) -> None:
    """No “1 findings”: the word that is counted differs between one and two."""
    words = [
        say(key, language, count=n, entries=n, file="x", head="y", register="z") for n in (1, 2)
    ]
    assert words[0].replace("1", "2") != words[1]
