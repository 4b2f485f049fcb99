"""`a87 serve`: what it checks, what links may say, how many may come, and what errors tell."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import psutil
import pytest
import websocket
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from served import SECRET, Served, answered, dashboards, heard, models_of, serving
from test_serving_attacks import all_states, click, label

from a87lib.cli import serve as command
from a87lib.language import LANGUAGES, say
from a87lib.problems import Problems
from a87lib.serving import identity, view
from a87lib.serving.incidents import ALPHABET, number
from a87lib.serving.settings import MINIMUM, check_versions, proxy_at, screens_in

INCIDENT = re.compile(r"\b\d{8}-[" + ALPHABET + r"]{6}\b")
LEAKS = ("Traceback", ".py", "line 1", "/srv", "/tmp", "site-packages", "4711", "LookupError")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One person's server."""
    with serving(tmp_path_factory.mktemp("alone"), "--ping", "1") as served:
        yield served


@pytest.fixture(autouse=True)
def leave(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every page that a test opens is left at its end."""
    yield
    if "alone" in request.fixturenames:
        request.getfixturevalue("alone").leave_all()


# Links


def test_a_link_says_what_it_means() -> None:
    """Each declared name is read as its type, and the same view gives the same link."""
    query = "known_at=2024-05-02&language=fr&date=2024-04-30&cycle=2024&country=QMA"
    seen = view.parse(query)
    assert (seen.country, seen.cycle, seen.language) == ("QMA", 2024, "fr")
    assert seen.date == date(2024, 4, 30)
    assert seen.known_at is not None
    assert seen.known_at.astimezone(UTC) > datetime(2024, 5, 2, 23, 59, tzinfo=UTC)
    assert view.parse(seen.query()) == seen
    assert view.link("country", seen).startswith("/country?country=QMA&cycle=2024&date=2024-04-30")
    assert view.link("overview", view.parse("")) == "/overview"


@given(
    st.builds(
        view.View,
        country=st.none() | st.from_regex(r"[A-Z]{3}", fullmatch=True),
        cycle=st.none() | st.integers(2015, 2100),
        date=st.none() | st.dates(),
        known_at=st.none() | st.datetimes(timezones=st.just(UTC)),
        language=st.none() | st.sampled_from(LANGUAGES),
    )
)
def test_every_view_survives_its_link(seen: view.View) -> None:
    """A view put into a link and read from it is the same view."""
    assert view.parse(seen.query()) == seen


@given(st.text(max_size=60))
def test_no_query_breaks_the_reading(query: str) -> None:
    """Any text is either a view or problems that can be told in every language."""
    try:
        view.parse(query)
    except Problems as wrong:
        for problem in wrong.problems:
            for language in LANGUAGES:
                args = {**problem.args, "where": problem.where, "found": problem.found}
                assert say(f"problem.{problem.code}", language, **args)


def test_all_that_is_wrong_with_a_link_is_told_at_once() -> None:
    """Every wrong name and value is told, each by its own sentence."""
    with pytest.raises(Problems) as refused:
        view.parse("country=qma&cycle=x&date=1&known_at=2&language=de&x=1&cycle=2024&y=2")
    assert [problem.code for problem in refused.value.problems] == [
        "view_unknown", "view_unknown", "view_twice", "view_country", "view_date", "view_known_at",
        "view_language",
    ]  # fmt: skip


# Who


def test_a_teams_kernel_without_a_name_serves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server did not say who it is for, a kernel names nobody instead of anybody."""
    monkeypatch.setenv(identity.MODE, identity.TEAM)
    for name in ("", "-", "ana ben", "ana,ben", "../ana", "a" * 200):
        monkeypatch.setenv(identity.USER, name)
        with pytest.raises(identity.NoIdentity):
            identity.current()
    monkeypatch.setenv(identity.USER, "ana@example.org")
    assert identity.current() == identity.Somebody("ana@example.org", alone=False)
    monkeypatch.delenv(identity.MODE)
    assert identity.current().alone


# Before it starts


def run(*options: str, **environment: str) -> tuple[int, str]:
    """The exit status and what is said of a command that should not start."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("A87_")}
    ended = subprocess.run(
        [Path(sys.executable).with_name("a87"), "serve", "--port", "0", *options],
        capture_output=True,
        text=True,
        timeout=60,
        env=surroundings | {"A87_LANG": "en"} | environment,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_old_packages_are_refused() -> None:
    """Below the versions without published vulnerabilities nothing starts, and each is named."""
    old = {"voila": "0.5.12", "jupyter_server": "2.19.0", "tornado": "6.5.4"}
    with pytest.raises(Problems) as refused:
        check_versions({**MINIMUM, **old})
    assert {problem.where for problem in refused.value.problems} == set(old)
    assert refused.value.exit_status == 2
    check_versions()


def test_the_secret_comes_from_a_file_or_the_environment_only(tmp_path: Path) -> None:
    """No option takes the secret; a short, open or missing one is refused with what to do."""
    screens = str(dashboards(tmp_path / "dashboards"))
    options = ("--screens", screens, "--behind-proxy", "--public-url", "https://a87.example.org")
    assert not [o for o in command.serve.params if "secret" in o.name and "file" not in o.name]
    status, said = run(*options)
    assert status == 2
    assert "--secret-file" in said
    assert run(*options, A87_PROXY_SECRET="short")[0] == 2
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    file.chmod(0o644)
    status, said = run(*options, "--secret-file", str(file))
    assert status == 2
    assert "chmod 600" in said
    assert SECRET not in said
    file.chmod(0o600)
    assert proxy_at("https://a87.example.org", file).secret == SECRET.encode()


@pytest.mark.parametrize(
    "url",
    ["", "a87.example.org", "ftp://a87.example.org", "https://a87.example.org/x", "https://u@h"],
)
def test_the_public_address_is_an_origin(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of the proxy has a scheme and a host and nothing else."""
    monkeypatch.setenv("A87_PROXY_SECRET", SECRET)
    with pytest.raises(Problems):
        proxy_at(url, None)


@pytest.mark.parametrize(
    "extra", ["picture.png", "notes.md", "Overview.ipynb", "a-b.ipynb", "folder"]
)
def test_the_folder_holds_only_dashboards(tmp_path: Path, extra: str) -> None:
    """A folder with anything else in it is refused, naming it; so is a link to elsewhere."""
    folder = dashboards(tmp_path / "dashboards")
    assert "overview" in screens_in(folder)
    if extra == "folder":
        (folder / extra).mkdir()
    else:
        (folder / extra).write_text("x")
    with pytest.raises(Problems) as refused:
        screens_in(folder)
    assert refused.value.problems[0].found == extra


def test_a_link_in_the_folder_is_refused(tmp_path: Path) -> None:
    """A dashboard is a file of the folder, not a way out of it."""
    folder = dashboards(tmp_path / "dashboards")
    (tmp_path / "other.ipynb").write_text("{}")
    (folder / "other.ipynb").symlink_to(tmp_path / "other.ipynb")
    with pytest.raises(Problems):
        screens_in(folder)


def test_a_taken_port_is_told(alone: Served) -> None:
    """The server does not move to another port by itself."""
    port = alone.base.rsplit(":", 1)[1]
    screens = str(alone.log.parent / "dashboards")
    assert run("--port", port, "--screens", screens) == (
        2, f"Port {port} is taken; choose another with --port.\n")  # fmt: skip


def test_a_register_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Who starts it learns at once that the register is missing, not its readers one by one."""
    screens = str(dashboards(tmp_path / "dashboards"))
    status, said = run("--register", str(tmp_path / "nowhere.db"), "--screens", screens)
    assert status == 1
    assert "nowhere.db" in said
    assert "a87 init" in said


def test_the_help_says_what_it_does() -> None:
    """The command explains itself, and that nothing listens but on this machine."""
    said = CliRunner().invoke(command.serve, ["--help"]).output
    assert "127.0.0.1" in said
    assert "--behind-proxy" in said


# Pages


def test_one_persons_page_says_so(alone: Served) -> None:
    """Where nobody signs in, every page says it, in the language of the link."""
    for language in LANGUAGES:
        page = alone.get(f"/overview?language={language}")
        alone.opened.append((re.search(r'"kernelId": "([^"]+)', page.text)[1], ""))
        assert f'<html lang="{language}">' in page.text
        assert say("serving.alone", language) in page.text.replace("&#39;", "'")
        assert page.headers["Content-Language"] == language


def test_the_browsers_language_counts_where_the_link_says_none(alone: Served) -> None:
    """A reader with a Spanish browser is answered in Spanish, errors too."""
    spanish = {"Accept-Language": "es-AR,es;q=0.9,en;q=0.5"}
    assert '<html lang="es">' in alone.get("/nothing", spanish).text
    assert '<html lang="fr">' in alone.get("/nothing?language=fr", spanish).text


def test_every_answer_carries_the_policy(alone: Served) -> None:
    """Pages, files, errors and refusals say where scripts may come from."""
    page, kernel = alone.open("overview")
    script = re.search(r'src="(/voila/static/[^"]+)"', page)
    assert script
    addresses = ["/overview", "/nothing", "/overview?x=1", script[1], f"/api/kernels/{kernel}"]
    for address in addresses:
        answer = alone.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, address
        assert "script-src 'self' 'unsafe-inline'" in policy
        assert "script-src-attr 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in answer.headers
    nonces = {re.search("'nonce-([^']+)'", alone.get("/overview").headers[
        "Content-Security-Policy"])[1] for _ in range(3)}  # fmt: skip
    assert len(nonces) == 3
    alone.get("/overview")


def test_the_front_leads_to_the_overview(alone: Served) -> None:
    """The address without a path opens the overview, with the same query."""
    answer = alone.get("/?language=fr")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/overview?language=fr")
    assert alone.get("/voila/render/overview.ipynb").status_code == 200


def test_a_page_on_a_busy_machine_is_whole(alone: Served) -> None:
    """What a cell shows is on the page, however long after the cell's end it comes."""
    page, _ = alone.open("late")
    assert models_of(page)
    assert "Timeout" not in alone.told()


# Errors


def test_a_cell_that_fails_tells_a_number(alone: Served) -> None:
    """The page shows what ran, then a sentence with a number that stands in the log; no more."""
    page, _ = alone.open("broken")
    incidents = set(INCIDENT.findall(page))
    assert len(incidents) == 1
    assert "first" in page
    assert "never" not in page
    assert not [leak for leak in LEAKS if leak in page.split("<main")[1]]
    told = [line for line in alone.told().splitlines() if incidents & set(INCIDENT.findall(line))]
    assert any("record 4711" in line for line in told)


def test_a_callback_that_fails_tells_a_number(alone: Served) -> None:
    """A click that fails sends a sentence with a number; traceback and warning stay in the log."""
    _, kernel = alone.open("failing")
    line = alone.line(kernel)
    widgets = all_states(line)
    button = next(model for model, widget in widgets.items() if label(widget) == "Divide")
    line.send_binary(click(button))
    said = answered(line)
    line.close()
    errors = [content for kind, content in said if kind == "error"]
    assert len(errors) == 1
    incident = errors[0]["evalue"]
    assert INCIDENT.fullmatch(incident)
    text = json.dumps(said)
    assert incident in errors[0]["traceback"][0]
    assert not [leak for leak in (*LEAKS, "ZeroDivision", "a warning") if leak in text]
    assert re.search(rf"\[{incident}\].*ZeroDivisionError", alone.told())
    assert "a warning with a path" in alone.told()


def test_an_error_caught_by_a_widget_tells_a_number(alone: Served) -> None:
    """A traceback that an Output widget keeps is a number too."""
    _, kernel = alone.open("failing")
    line = alone.line(kernel)
    text = json.dumps(all_states(line))
    line.close()
    assert INCIDENT.search(text)
    assert not [leak for leak in LEAKS if leak in text]


def test_numbers_do_not_repeat() -> None:
    """Incident numbers are the day and six signs that are not misread."""
    numbers = {number() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(INCIDENT.fullmatch(one) for one in numbers)


# How many, and how long


def test_the_one_too_many_is_told_politely(tmp_path: Path) -> None:
    """Past a cap: 503, a sentence in three languages, when to try again; the others work on."""
    with serving(tmp_path, "--per-user", "2", "--total", "3", team=True) as team:
        with ThreadPoolExecutor(8) as many:
            answers = list(many.map(lambda _: team.get("/counting"), range(6)))
        status = sorted(answer.status_code for answer in answers)
        assert status == [200, 200, 503, 503, 503, 503]
        refused = next(answer for answer in answers if answer.status_code == 503)
        for language in LANGUAGES:
            assert say("serving.place_user.title", language) in refused.text
        assert refused.headers["Retry-After"]
        assert team.get("/counting", team.as_("ben")).status_code == 200
        full = team.get("/counting", team.as_("eve"))
        assert full.status_code == 503
        assert say("serving.place_total.title", "en") in full.text
        kernel = re.search(r'"kernelId": "([^"]+)', next(
            answer.text for answer in answers if answer.status_code == 200))  # fmt: skip
        assert kernel
        team.opened.append((kernel[1], "ana"))
        team.leave_all()
        assert team.get("/counting", team.as_("eve")).status_code == 200


def test_an_idle_page_is_closed_even_while_connected(tmp_path: Path) -> None:
    """After the time without use the kernel ends, its place is free, and the page is told why."""
    with serving(tmp_path, "--idle", "3", "--total", "1") as served:
        _, kernel = served.open("counting")
        line = served.line(kernel)
        assert served.get("/counting").status_code == 503
        line.settimeout(40)
        code = _closing_code(line)
        assert code == 4001
        assert served.get("/counting").status_code == 200


def test_a_page_that_is_only_read_stays_connected(alone: Served) -> None:
    """A page that says nothing but that it is there keeps its line and its kernel."""
    _, kernel = alone.open("counting")
    line = alone.line(kernel)
    heard(line, 4.5)  # longer than three questions may go unanswered
    answered(line)
    line.close()


def test_a_page_that_is_gone_is_noticed(alone: Served) -> None:
    """A line on which three questions go unanswered is cut; the kernel waits for its page."""
    _, kernel = alone.open("counting")
    line = alone.line(kernel)
    answered(line)
    until = time.monotonic() + 30
    while "ping timeout" not in alone.told() and time.monotonic() < until:
        time.sleep(0.2)
    with pytest.raises(AssertionError):
        answered(line)
    answered(alone.line(kernel))


def _closing_code(line: websocket.WebSocket) -> int:
    while True:
        opcode, data = line.recv_data()
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            return int.from_bytes(data[:2], "big")


def test_a_kernel_that_died_frees_its_place(alone: Served) -> None:
    """A crash ends the page, which is told; nothing is started in its place."""
    page, kernel = alone.open("surroundings")
    alone.opened.clear()
    process = re.search(r"pid (\d+)", page)
    assert process
    line = alone.line(kernel)
    assert alone.get(f"/api/kernels/{kernel}").status_code == 200
    started = alone.told().count("Kernel started")
    os.kill(int(process[1]), signal.SIGKILL)
    line.settimeout(30)
    assert _closing_code(line) == 4002
    assert alone.get(f"/api/kernels/{kernel}").status_code == 403  # nobody's any more
    assert alone.told().count("Kernel started") == started


def test_nothing_is_left_running(tmp_path: Path) -> None:
    """Ended by SIGTERM, the server leaves no kernel, no socket and no folder behind."""
    with serving(tmp_path, environment={"TMPDIR": str(tmp_path)}, own=True) as served:
        served.open("counting")
        children = psutil.Process(served.process.pid).children(recursive=True)
        assert children
    until = time.monotonic() + 15
    while any(child.is_running() for child in children) and time.monotonic() < until:
        time.sleep(0.1)
    assert [child for child in children if child.is_running()] == []
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("a87-")] == []
    assert served.process.returncode == 0
