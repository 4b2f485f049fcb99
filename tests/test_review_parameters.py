"""What a review may be asked: typed, declared, and refused in one sentence."""

from __future__ import annotations

import pytest

from a87lib.language import all_told
from a87lib.problems import Problems
from a87lib.report.jobs import declared as names_of
from a87lib.report.jobs import read_notebook
from a87lib.report.review.opening import PROJECT, opened
from a87lib.report.review.parameters import Declared, declared

GOOD = {"country": "QMA", "cycle": 2025, "asof": "2025-12-15"}
NOTEBOOK = PROJECT / "notebooks" / "country_review.ipynb"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"country": "QQQQ"}, "unknown_country"),
        ({"country": "ET"}, "unknown_country"),
        ({"language": "de"}, "unknown_language"),
        ({"asof": "2025-02-29"}, "impossible_day"),
        ({"asof": "yesterday"}, "impossible_day"),
        ({"known_at": "2025-13-01"}, "impossible_instant"),
        ({"cycle": 2015}, "cycle_before_framework"),
        ({"cycle": 9999}, "not_a_cycle"),
        ({"cycle": 99999}, "not_a_cycle"),
        ({"cycle": 10**20}, "not_a_cycle"),
        ({"cycle": -(10**20)}, "cycle_before_framework"),
        ({"cycle": "2025"}, "not_a_cycle"),
        ({"cycle": True}, "not_a_cycle"),
        ({"contry": "QMA"}, "no_such_parameter"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_wrong_parameter_is_refused_with_a_sentence(wrong, code, language):
    """Usage: status 2, the parameter named, what was found, in the user's language."""
    with pytest.raises(Problems) as refused:
        declared(**(GOOD | wrong))
    assert [p.code for p in refused.value.problems] == [code] and refused.value.exit_status == 2
    told = all_told(refused.value.problems, language)
    assert told and "{" not in told and len(told.splitlines()) == 1


def test_all_wrong_parameters_are_told_at_once():
    """Nobody corrects one only to learn of the next."""
    with pytest.raises(Problems) as refused:
        declared(country="??", cycle=1990, asof="31/12/2025", language="xx")
    assert len(refused.value.problems) == 4


def test_a_missing_parameter_is_named():
    """A review without a day is no review."""
    with pytest.raises(Problems) as refused:
        declared(country="QMA", cycle=2025)
    assert refused.value.problems[0].code == "missing_parameter"


def test_a_suggestion_is_made_never_a_choice():
    """`ET` is not taken for Ethiopia; it is suggested."""
    with pytest.raises(Problems) as refused:
        declared(**(GOOD | {"country": "ET"}))
    assert "ETH" in all_told(refused.value.problems, "en")


def test_the_notebook_declares_what_the_batch_sets():
    """Names in the cell tagged parameters, those of the batch and those of `opened` agree."""
    notebook = names_of(read_notebook(NOTEBOOK))
    batch = set(Declared.of(declared(**GOOD)).model_dump())
    assert batch < notebook and notebook - batch == {"register"}


def test_a_real_country_is_not_looked_for_among_invented_ones(exercise_register, public_register):
    """Real and fictional are never mixed, in either direction."""
    for country, register in (("ETH", exercise_register), ("QMA", public_register)):
        with pytest.raises(Problems) as refused:
            opened(country, 2025, "2025-12-15", register=register)
        assert refused.value.exit_status == 2


def test_a_missing_register_is_told_as_such(tmp_path):
    """Not a traceback, and nothing made in its place."""
    with pytest.raises(Problems) as refused:
        opened("QMA", 2025, "2025-12-15", register=str(tmp_path / "none.db"))
    assert refused.value.problems[0].code == "register_missing"
    assert not list(tmp_path.iterdir())


def test_a_country_with_nothing_on_file_gets_no_empty_review(public_register):
    """An empty review would look like a finding."""
    with pytest.raises(Problems) as refused:
        opened("NOR", 2026, "2026-11-22", register=public_register)
    assert refused.value.problems[0].code == "nothing_on_file"


def test_the_notebook_is_thin():
    """At most 9 code cells of 6 lines, no loops or definitions, one thing to show at the end."""
    cells = [c for c in read_notebook(NOTEBOOK).cells if c.cell_type == "code"]
    assert len(cells) <= 9
    for cell in cells:
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= 6, cell.source
        assert not {"def ", "for ", "while ", "try:", "lambda "} & {
            word for word in ("def ", "for ", "while ", "try:", "lambda ")
            if any(line.lstrip().startswith(word) for line in lines)
        }  # fmt: skip
        assert not cell.outputs and cell.execution_count is None
