"""Every sentence of the reviews exists in three languages, with the same fields, and is used."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from a87lib.language import LANGUAGES
from a87lib.report.review.opening import PROJECT

FOLDER = PROJECT / "a87lib" / "language" / "catalogues"
# Keys composed in code: what stands before the part that varies.
COMPOSED = (
    "section.", "answer.", "sign.", "area.", "column.", "lane.", "look.", "nothing.", "breakdown.",
    "outside.", "notice.", "framework.", "decisions.ask_", "decisions.open_", "signs.reply_",
    "comments.", "cycle.", "indicators.", "decisions.", "roadmap.",
)  # fmt: skip


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """The sentences of a language by key, in all their plural forms."""
    with (FOLDER / f"report.{language}.po").open("rb") as file:
        messages = [m for m in read_po(file, locale=language, abort_invalid=True) if m.id]
    return {
        (m.id if isinstance(m.id, str) else m.id[0]): (
            (m.string,) if isinstance(m.string, str) else tuple(m.string)
        )
        for m in messages
    }


def fields(text: str) -> set[str]:
    """The fields of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_and_fields_are_the_same_in_every_language(language):
    """A translation has neither more nor less than the others."""
    english, other = catalogue("en"), catalogue(language)
    assert english.keys() == other.keys()
    for key, forms in english.items():
        wanted = fields(forms[-1])
        assert all(fields(form) <= wanted and form for form in other[key]), key
        assert fields(other[key][-1]) == wanted, key


def code() -> str:
    """The code that says these sentences."""
    library = PROJECT / "a87lib"
    places = [*(library / "report" / "review").glob("*.py"), *(library / "cli").glob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in places)


def test_no_sentence_is_unused():
    """A sentence that nobody says is taken out."""
    text = code()
    said = set(re.findall(r"""["']([a-z_]+(?:\.[a-zA-Z_0-9:]+)*)["']""", text))
    unused = [
        key
        for key in catalogue("en")
        if (short := key.removeprefix("review.").removeprefix("problem.")) not in said
        and not short.removeprefix("cli.").startswith(COMPOSED)
        and key not in said
        and short.removesuffix(".fix") not in said
    ]
    assert unused == []


def test_columns_that_are_named_exist_and_are_used():
    """Column titles are composed in code: each is named somewhere, and each named one exists."""
    text = code()
    named = set(re.findall(r'"([a-z_]+)"', text)) | set(re.findall(r"column\.([a-z_]+)", text))
    titles = {
        k.removeprefix("review.column.") for k in catalogue("en") if k.startswith("review.column.")
    }
    assert titles <= named


def test_french_uses_the_official_names():
    """GCM in French, GCG in English and Spanish."""
    assert not [t for forms in catalogue("fr").values() for t in forms if "GCG" in t]
    for language in ("en", "es"):
        assert not [t for forms in catalogue(language).values() for t in forms if "GCM" in t]


def test_no_sentence_says_that_a_country_is_not_listed():
    """Absence from a register says nothing about a country."""
    for language in LANGUAGES:
        text = " ".join(t for forms in catalogue(language).values() for t in forms).lower()
        assert not re.search(r"not listed|non listé|no figura en la lista", text)
