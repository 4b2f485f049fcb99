"""The desk's verbs: recording, correcting, loading, erasing, declaring what is complete."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from databases import Server
from entries import at
from registers import DRILL

from a87lib import register
from a87lib.desk import records
from a87lib.facts import Fact, PartialDate
from a87lib.intake import facts_from_yaml, read_shelf
from a87lib.problems import Problems
from a87lib.register import Conflict, Register

FACTS = """\
country: QMA
facts:
  - id: report-2022
    kind: report_received
    happened_on: 2022-05-02
    cycle: 2022
    document: a.pdf
  - kind: report_received
    corrects: report-2022
    happened_on: 2022-04-28
    cycle: 2022
    document: a.pdf
  - kind: statistics_received
    happened_on: 2022-04
    publisher: Office
    series: Survey
    observations: figures.csv
"""
FIGURES = """\
country,indicator,period_start,period_end,sex,value_number,unit,status
QMA,O1,2020,2020,total,12.5,percent,value
QMB,O1,2020,2020,total,7,percent,value
QMA,O1,2021,2021,total,,percent,missing
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of shipped facts with three facts and two figures of one country."""
    made = tmp_path / "drill"
    made.mkdir()
    (made / "pack.yaml").write_text(DRILL)
    (made / "QMA.yaml").write_text(FACTS)
    (made / "figures.csv").write_text(FIGURES)
    (made / "QMA.story.yaml").write_text("this: is no fact file\n")
    (made / "countries.yaml").write_text("countries: []\n")
    return made


@pytest.fixture
def on(where: str, folder: Path) -> Iterator[Register]:
    """A register made from the folder."""
    assert records.found(folder, where) == (True, (3, 0))
    with register.open(where) as opened:
        yield opened


def codes(action: object) -> list[str]:
    with pytest.raises(Problems) as refused:
        action()
    return [problem.code for problem in refused.value.problems]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_becomes_entries(on: Register) -> None:
    """Facts come with their instants, labels, corrections and only their own country's figures."""
    first, second, third = on.facts()
    assert (first.kind, first.country, first.cycle) == ("report_received", "QMA", 2022)
    assert first.recorded_at == at("2024-01-01T00:00:00")
    assert first.recorded_by == "drill"
    assert (second.corrects, second.when.first) == (1, date(2022, 4, 28))
    assert third.when.precision == "month"
    assert [(o.country, o.value_number, o.status) for o in third.observations] == [
        ("QMA", 12.5, "value"),
        ("QMA", None, "missing"),
    ]
    assert [entry.label for entry in on.entries()] == ["QMA#report-2022", None, None]
    assert (on.kind, on.name) == ("fictional", "drill")


def test_loading_again_adds_nothing(on: Register, folder: Path, where: str) -> None:
    """A second load, and a second making from the same folder, change nothing at all."""
    head = on.head()
    assert records.load(on, folder) == (0, 3)
    assert records.found(folder, where) == (False, (0, 3))
    assert on.head() == head


def test_only_what_is_new_is_added(on: Register, folder: Path) -> None:
    """A fact put between others is the only one added, at the end; so is a new file's."""
    new = "  - {kind: report_received, happened_on: 2023-04-20, cycle: 2023, document: b.pdf}\n"
    text = (folder / "QMA.yaml").read_text().replace("facts:\n", "facts:\n" + new)
    written(folder / "QMA.yaml", text)
    written(
        folder / "AAA.yaml",
        "- {kind: group_created, happened_on: 2020, name: G, group_kind: action}",
    )
    assert records.load(on, folder) == (2, 3)
    kinds = [(entry.no, entry.kind) for entry in on.entries()]
    assert kinds[3:] == [(4, "group_created"), (5, "report_received")]
    assert records.load(on, folder) == (0, 5)


def test_a_changed_fact_with_an_id_wants_a_correction(on: Register, folder: Path) -> None:
    """A fact on file that says something else now is refused with file, line and entry."""
    text = (folder / "QMA.yaml").read_text().replace("2022-05-02", "2022-05-03")
    written(folder / "QMA.yaml", text)
    with pytest.raises(Problems) as refused:
        records.load(on, folder)
    (problem,) = refused.value.problems
    assert problem.code == "loaded_fact_changed"
    assert problem.where == "QMA.yaml:3"
    assert (problem.found, problem.args["no"]) == ("report-2022", 1)
    assert on.head().no == 3


def test_other_instants_of_recording_are_no_change(on: Register, folder: Path) -> None:
    """A pack that says another `recorded_at` later does not make its facts new ones."""
    text = DRILL.replace("recorded_at: 2024-01-01", "recorded_at: 2024-06-01")
    written(folder / "pack.yaml", text)
    assert records.load(on, folder) == (0, 3)


def test_a_renamed_file_adds_nothing(on: Register, folder: Path) -> None:
    """What a file says counts, not what it is called; corrections in it still find their fact."""
    (folder / "QMA.yaml").rename(folder / "amberlund.yaml")
    assert records.load(on, folder) == (0, 3)


def test_equal_facts_are_counted(on: Register, folder: Path) -> None:
    """Two facts that say the same are two entries, and stay two when loaded again."""
    fact = (
        "- {kind: commitment_shown, country: QMA, cycle: 2022, happened_on: 2022, about: action}\n"
    )
    written(folder / "two.yaml", fact * 2)
    assert records.load(on, folder) == (2, 3)
    assert records.load(on, folder) == (0, 5)
    written(folder / "two.yaml", fact * 3)
    assert records.load(on, folder) == (1, 5)


def test_the_same_folder_makes_the_same_chain(folder: Path, server: Server, tmp_path: Path) -> None:
    """Another place, another database: the same end of the chain; another salt: another one."""
    elsewhere = tmp_path / "elsewhere" / "named differently"
    shutil.copytree(folder, elsewhere)
    heads = []
    for source, where in ((folder, str(tmp_path / "a.db")), (elsewhere, server.database())):
        records.found(source, where)
        with register.open(where) as on:
            heads.append(on.head())
    assert heads[0] == heads[1]
    written(elsewhere / "pack.yaml", DRILL.replace("drill-of-the-desk", "another salt"))
    records.found(elsewhere, str(tmp_path / "c.db"))
    with register.open(str(tmp_path / "c.db")) as on:
        assert on.head().hash != heads[0].hash
        assert on.head().no == heads[0].no


def test_recorded_as_it_happened(folder: Path, tmp_path: Path) -> None:
    """A pack may say that facts were recorded as they happened; corrections not before facts."""
    written(folder / "pack.yaml", DRILL + "recorded: as_it_happened\n")
    where = str(tmp_path / "r.db")
    records.found(folder, where)
    with register.open(where) as on:
        recorded = [entry.recorded_at for entry in on.entries()]
    assert recorded == [
        at("2022-05-02T00:00:00"),
        at("2022-05-02T00:00:00"),
        at("2022-04-30T00:00:00"),
    ]


def test_a_folder_without_a_pack(folder: Path, where: str) -> None:
    """Without pack.yaml the folder's name and countries say what the register is."""
    (folder / "pack.yaml").unlink()
    assert records.found(folder, where) == (True, (3, 0))
    with register.open(where) as on:
        assert (on.kind, on.name) == ("fictional", "drill")
        assert records.load(on, folder) == (0, 3)


def test_real_and_fictional_folders_are_not_mixed(on: Register, folder: Path) -> None:
    """A folder of real countries is not loaded into a register of fictional ones."""
    written(folder / "pack.yaml", DRILL.replace("fictional: true", "fictional: false"))
    assert codes(lambda: records.load(on, folder)) == ["folder_in_fictional_register"]
    (folder / "pack.yaml").unlink()
    real = "- {kind: commitment_shown, country: FRA, cycle: 2022, happened_on: 2022, about: action}"
    written(folder / "FRA.yaml", real)
    assert codes(lambda: records.load(on, folder)) == ["folder_mixed"]


def test_a_real_country_in_a_fictional_pack(folder: Path, where: str) -> None:
    """A pack that calls itself fictional and holds a real country makes no register."""
    real = "- {kind: commitment_shown, country: FRA, cycle: 2022, happened_on: 2022, about: action}"
    written(folder / "FRA.yaml", real)
    with pytest.raises(Problems) as refused:
        records.found(folder, where)
    (problem,) = refused.value.problems
    assert (problem.code, problem.where) == ("country_in_fictional_register", "FRA.yaml:1")
    assert not register.exists(where)


def test_everything_wrong_in_a_folder_is_told_at_once(folder: Path) -> None:
    """Problems of pack.yaml and of every file are gathered, each with file and line."""
    written(folder / "pack.yaml", DRILL.replace("cycle: 2023", "cycel: 2023"))
    written(folder / "a.yaml", "- {kind: report_recieved, country: QMA, happened_on: 2022-04-31}")
    with pytest.raises(Problems) as refused:
        read_shelf(folder)
    told = {(p.code, p.where.split()[0]) for p in refused.value.problems}
    expected = {("missing_field", "pack.yaml:1"), ("unknown_field", "pack.yaml:6")}
    assert told == {*expected, ("unknown_kind", "a.yaml:1")}


def test_a_folder_that_is_missing_or_empty(tmp_path: Path) -> None:
    """A folder that is not there or holds no facts is wrong usage."""
    for folder, code in ((tmp_path / "x", "no_such_folder"), (tmp_path, "no_facts_in_folder")):
        with pytest.raises(Problems) as refused:
            read_shelf(folder)
        assert [p.code for p in refused.value.problems] == [code]
        assert refused.value.exit_status == 2


def test_facts_are_recorded_all_or_none(on: Register, tmp_path: Path) -> None:
    """Facts of a file are recorded together, by whom the command says, stamped by the register."""
    path = written(
        tmp_path / "new.yaml",
        "- {id: a, kind: report_received, country: QMB, cycle: 2023, happened_on: 2023-04-02}\n"
        "- {kind: report_received, country: QMB, cycle: 2023, happened_on: 2023-04, corrects: a}\n",
    )
    facts = facts_from_yaml(path)
    assert records.record(on, facts, by="desk", dry_run=True) == [4, 5]
    assert on.head().no == 3
    assert records.record(on, facts, by="desk") == [4, 5]
    last = list(on.entries())[-1]
    assert (last.corrects, last.recorded_by, last.label) == (4, "desk", None)
    real = Fact(
        kind="report_received", when=PartialDate.of("2023"), body=facts[0].body, country="FRA"
    )
    assert codes(lambda: records.record(on, [*facts, real], by="desk")) == [
        "country_in_fictional_register"
    ]
    assert on.head().no == 5


def test_a_correction_need_not_repeat_what_stays(on: Register, tmp_path: Path) -> None:
    """A correction's file says the new day and body; kind, country and cycle stay as they were."""
    path = written(tmp_path / "c.yaml", "happened_on: 2022-04-27\ndocument: c.pdf\n")
    fact = records.correction_from_yaml(on, 2, path)
    assert records.correct(on, 2, fact, by="desk") == 4
    last = on.entry(4)
    assert (last.kind, last.country, last.cycle, last.corrects) == (
        "report_received",
        "QMA",
        2022,
        2,
    )
    with pytest.raises(Conflict) as told:
        records.correct(on, 2, fact, by="somebody else")
    assert told.value.number == 4


def test_an_entry_is_withdrawn(on: Register, tmp_path: Path) -> None:
    """A withdrawal needs no body and no day."""
    path = written(tmp_path / "w.yaml", "- {withdrawn: true}\n")
    records.correct(on, 3, records.correction_from_yaml(on, 3, path), by="desk")
    last = list(on.facts())[-1]
    assert (last.corrects, last.withdrawn, last.kind) == (3, True, "statistics_received")


@pytest.mark.parametrize(
    ("no", "text", "code"),
    [
        (9, "happened_on: 2022-04-27\n", "no_such_entry"),
        (10**20, "happened_on: 2022-04-27\n", "no_such_entry"),
        (2, "[]\n", "not_one_fact"),
        (2, "- {happened_on: 2022-04-27}\n- {happened_on: 2022-04-28}\n", "not_one_fact"),
        (2, "happened_on: 2022-04-31\n", "impossible_date"),
        (2, "happened_on: 2022-04-27\ncorrects: 1\n", "corrects_another"),
    ],
)
def test_a_correction_that_is_none(
    on: Register, tmp_path: Path, no: int, text: str, code: str
) -> None:
    """A correction is one fact, of an entry that is there, and of no other one."""
    path = written(tmp_path / "c.yaml", text)

    def correct() -> None:
        records.correct(on, no, records.correction_from_yaml(on, no, path), by="desk")

    assert codes(correct) == [code]
    assert on.head().no == 3


def test_a_subgroups_conclusion_on_a_criterion_has_one_slot(on: Register, tmp_path: Path) -> None:
    """A second conclusion on one criterion of one cycle is a conflict; another criterion is not."""
    text = (
        "- {{kind: subgroup_concluded, country: QMA, cycle: 2022, happened_on: 2022-07-01, "
        "criterion: {}, judgement: {}, text: T}}\n"
    )
    first = written(tmp_path / "1.yaml", text.format("evidence", "shown"))
    second = written(tmp_path / "2.yaml", text.format("evidence", "not_shown"))
    third = written(tmp_path / "3.yaml", text.format("participation", "shown"))
    records.record(on, facts_from_yaml(first), by="one")
    with pytest.raises(Conflict) as told:
        records.record(on, facts_from_yaml(second), by="two", visible_to="reviewer")
    conflict = told.value
    assert '-  "judgement": "shown",' in conflict.difference
    assert '+  "judgement": "not_shown",' in conflict.difference
    with pytest.raises(Conflict) as told:
        records.record(on, facts_from_yaml(second), by="two", visible_to="member")
    assert told.value.difference == ""
    assert records.record(on, facts_from_yaml(third), by="two") == [5]
    correction = facts_from_yaml(second)[0]
    assert records.correct(on, 4, correction, by="two") == 6


def test_an_erased_entry_stays_erased(on: Register, folder: Path) -> None:
    """Personal data that was erased does not come back when the folder is loaded again."""
    assert records.erase(on, [1, 2], by="desk", reason="asked for") == [4, 5]
    assert [on.entry(no).body_json for no in (1, 2)] == [None, None]
    assert [d.code for d in on.verify()] == ["erased", "erased"]
    assert records.load(on, folder) == (0, 3)
    assert [entry.body.entry for entry in on.facts(kinds=["erasure_recorded"])] == [1, 2]


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([1], "erased_already"),
        ([9], "no_such_entry"),
        ([10**20], "no_such_entry"),
        ([4], "erasure_not_erased"),
        ([2, 2], "erased_already"),
    ],
)
def test_what_cannot_be_erased(on: Register, numbers: list[int], code: str) -> None:
    """An entry is erased once; the record of an erasure is not; a refusal leaves nothing behind."""
    records.erase(on, [1], by="desk")
    assert codes(lambda: records.erase(on, [3, *numbers], by="desk")) == [code]
    assert on.entry(3).body_json is not None
    assert on.head().no == 4
    assert [d.code for d in on.verify()] == ["erased"]


def test_coverage_is_declared(on: Register) -> None:
    """What a register is complete for becomes an entry that all may see."""
    kinds = ["report_received", "comments_sent"]
    no = records.declare(on, by="desk", kinds=kinds, cycles=[2022], until=date(2022, 12, 31))
    (entry,) = on.facts(kinds=["coverage_declared"], visible_to="public")
    assert (entry.no, entry.body.kinds, entry.body.cycles) == (no, kinds, [2022])
    assert (entry.body.countries, entry.body.until) == (None, date(2022, 12, 31))
    assert codes(lambda: records.declare(on, by="desk", kinds=["report"])) == ["unknown_kind"]


def test_the_shipped_folders_make_registers(project: Path, tmp_path: Path) -> None:
    """What is shipped loads whole, is verified, and has the same digest when made again."""
    for name, kind in (("pathfinders", "real"), ("exercise", "fictional")):
        digests = []
        for place in ("a", "b"):
            where = tmp_path / f"{name}-{place}.db"
            made, loaded = records.found(project / "data" / name, str(where))
            with register.open(where) as on:
                assert (made, on.kind, on.name) == (True, kind, name)
                assert on.verify() == []
                assert loaded.added == on.head().no > 100
                digests.append((on.head(), on.digest(visible_to="public")))
        assert digests[0] == digests[1]
