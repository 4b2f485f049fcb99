"""Nobody gets in, reaches another's kernel, or makes a page or a kernel do what it should not."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import websocket
from served import (
    ANSWERED_WITHIN,
    PUBLIC,
    SECRET,
    Served,
    answered,
    hearing,
    message,
    models_of,
    serving,
    states,
)

HOST = PUBLIC.split("//")[1]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A team's server, whose proxy is the test."""
    places = ("--per-user", "100", "--total", "100")
    with serving(tmp_path_factory.mktemp("team"), *places, team=True) as served:
        yield served


@pytest.fixture(autouse=True)
def leave(team: Served) -> Iterator[None]:
    """Every page that a test opens is left at its end."""
    yield
    team.leave_all()


@pytest.fixture(scope="module")
def anas(team: Served) -> tuple[str, str]:
    """A page of Ana's, with its kernel, that stays open."""
    opened = team.open("deciding", "ana")
    team.opened.clear()
    return opened


GOOD = [("Host", HOST), ("X-A87-Proxy-Secret", SECRET), ("X-A87-User", "ana")]
SPOOFED: dict[str, list[tuple[str, str]]] = {
    "no header at all": [("Host", HOST)],
    "a user and no secret": [("Host", HOST), ("X-A87-User", "ana")],
    "a wrong secret": [("Host", HOST), ("X-A87-Proxy-Secret", "x" * 40), ("X-A87-User", "ana")],
    "a secret cut short": [("Host", HOST), ("X-A87-Proxy-Secret", SECRET[:-1]), GOOD[2]],
    "an empty secret": [("Host", HOST), ("X-A87-Proxy-Secret", ""), GOOD[2]],
    "no user": GOOD[:2],
    "an empty user": [*GOOD[:2], ("X-A87-User", "")],
    "two users": [*GOOD, ("X-A87-User", "ben")],
    "the same user twice": [*GOOD, ("X-A87-User", "ana")],
    "two secrets": [*GOOD, ("X-A87-Proxy-Secret", "other")],
    "users joined by a comma": [*GOOD[:2], ("X-A87-User", "ana,ben")],
    "a user with underscores in the header": [*GOOD[:2], ("X_A87_User", "ana")],
    "a second user with underscores": [*GOOD, ("X_A87_User", "ben")],
    "a second user, half underscored": [*GOOD, ("X-A87_User", "ben")],
    "a second user with dots": [*GOOD, ("X.A87.User", "ben")],
    "a second secret, underscored": [*GOOD, ("X_A87_Proxy_Secret", SECRET)],
    "a second user in small letters": [*GOOD, ("x-a87-user", "ben")],
    "a user's name on two lines": [*GOOD[:2], ("X-A87-User", "ana\r\n ben")],
    "a user's name with a tab": [*GOOD[:2], ("X-A87-User", "ana\tben")],
    "a user with a blank": [*GOOD[:2], ("X-A87-User", "ana ben")],
    "a user that is a path": [*GOOD[:2], ("X-A87-User", "../ana")],
    "a user with a line's end, encoded": [*GOOD[:2], ("X-A87-User", "ana%0d%0aX: y")],
    "other people's headers": [*GOOD[:2], ("X-Forwarded-User", "ana"), ("Remote-User", "ana")],
}
ADDRESSES = ("/overview", "/api/kernels/{kernel}", "/voila/static/x/voila.js", "/")


def raw(served: Served, lines: list[tuple[str, str]], path: str, method: str = "GET") -> int:
    """The status of an answer to a request of exactly these header lines."""
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    with socket.create_connection(("127.0.0.1", int(served.base.rsplit(":", 1)[1])), 60) as line:
        line.sendall(f"{method} {path} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode())
        first = line.makefile("rb").readline()
    return int(first.split()[1]) if first else 0


@pytest.mark.parametrize("how", SPOOFED)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_gets_in_unvouched(
    team: Served, anas: tuple[str, str], how: str, address: str
) -> None:
    """A request without exactly one user and the proxy's secret is refused everywhere."""
    assert raw(team, SPOOFED[how], address.format(kernel=anas[1])) in (400, 403)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"{HOST}:81",
        "127.0.0.1",
        f"{HOST}.evil.example",
        f"{HOST}, evil.example",
        "",
    ],
)
def test_another_host_is_refused(team: Served, host: str) -> None:
    """A page of another name (as in DNS rebinding) does not reach the server."""
    assert raw(team, [("Host", host), *GOOD[1:]], "/overview") in (400, 403)
    assert raw(team, [*GOOD, ("Host", "evil.example")], "/overview") in (400, 403)


FOREIGN = ["https://evil.example", "null", f"{PUBLIC}.evil.example", "http://review.example.org",
           f"{PUBLIC}:444", ""]  # fmt: skip


@pytest.mark.parametrize("origin", [*FOREIGN, None])
def test_a_websocket_needs_our_origin(
    team: Served, anas: tuple[str, str], origin: str | None
) -> None:
    """Another site's page, and a program that says no origin, get no websocket; our page does."""
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        team.line(anas[1], "ana", origin=origin)
    assert refused.value.status_code == 403
    team.line(anas[1], "ana").close()


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_another_sites_page_changes_nothing(
    team: Served, anas: tuple[str, str], origin: str, method: str
) -> None:
    """A request from another site is refused, and the kernel lives on."""
    path = f"/voila/api/shutdown/{anas[1]}" if method == "POST" else f"/api/kernels/{anas[1]}"
    assert team.get(path, {**team.headers, "Origin": origin}, method).status_code == 403
    if method != "GET":
        assert team.get(path, team.headers, method).status_code == 403
    assert team.get(f"/api/kernels/{anas[1]}").status_code == 200


def test_another_sites_page_cannot_embed_a_screen(team: Served) -> None:
    """A screen opens as a page of its own only: not in a frame, an image or a script elsewhere."""
    for dest, mode in (("iframe", "navigate"), ("image", "no-cors"), ("script", "no-cors")):
        fetch = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": dest, "Sec-Fetch-Mode": mode}
        assert team.get("/overview", team.headers | fetch).status_code == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    opened = team.get("/overview", team.headers | link | {"Sec-Fetch-Mode": "navigate"})
    assert opened.status_code == 200
    assert "frame-ancestors 'none'" in opened.headers["Content-Security-Policy"]


def test_a_foreign_kernel_is_out_of_reach(team: Served, anas: tuple[str, str]) -> None:
    """Who knows the id of another's kernel can neither look at it, nor end it, nor talk to it."""
    kernel, ben = anas[1], team.as_("ben")
    ours = ben | {"Origin": PUBLIC}
    assert team.get(f"/api/kernels/{kernel}", ben).status_code == 403
    assert team.get(f"/api/kernels/{kernel}", ours, "DELETE").status_code == 403
    assert team.get(f"/voila/api/shutdown/{kernel}", ours, "POST").status_code == 403
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        team.line(kernel, "ben")
    assert refused.value.status_code == 403
    assert team.get(f"/api/kernels/{kernel}").status_code == 200


def test_an_unknown_kernel_tells_nothing(team: Served, anas: tuple[str, str]) -> None:
    """A kernel that does not exist is answered like one that is somebody else's."""
    ben, nothing = team.as_("ben"), "00000000-0000-4000-8000-000000000000"
    foreign = team.get(f"/api/kernels/{anas[1]}", ben)
    missing = team.get(f"/api/kernels/{nothing}", ben)
    assert (foreign.status_code, foreign.json()) == (missing.status_code, missing.json())


def click(model: str) -> bytes:
    """The message that a click on a button sends."""
    return message(
        "comm_msg", {"comm_id": model, "data": {"method": "custom", "content": {"event": "click"}}}
    )


def updated(model: str, **state: object) -> bytes:
    """The message that a changed widget sends."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    return message("comm_msg", {"comm_id": model, "data": data})


def label(widget: dict[str, Any]) -> str:
    """What a widget is called."""
    return str(widget["state"].get("description", ""))


def all_states(line: websocket.WebSocket) -> dict[str, dict[str, Any]]:
    """Every widget of a kernel, by id, asked for as a page does."""
    opening = {"comm_id": "f" * 32, "target_name": "jupyter.widget.control", "data": {}}
    line.send_binary(message("comm_open", opening))
    data = {"method": "request_states"}
    line.send_binary(message("comm_msg", {"comm_id": "f" * 32, "data": data}))
    for header, _, content in hearing(line, ANSWERED_WITHIN):
        if header["msg_type"] == "comm_msg" and content["data"].get("method") == "update_states":
            states: dict[str, dict[str, Any]] = content["data"]["states"]
            return states
    raise AssertionError("the kernel told no states")


@pytest.mark.parametrize(("user", "outcome"), [("ben", "refused"), ("ana", "concluded")])
def test_forged_widgets_decide_nothing(team: Served, user: str, outcome: str) -> None:
    """Who clicks a disabled button or sets a hidden widget gets what their own role allows."""
    _, kernel = team.open("deciding", user)
    line = team.line(kernel, user)
    widgets = all_states(line)
    by_name = {label(widget): model for model, widget in widgets.items()}
    line.send_binary(updated(by_name["Conclude"], disabled=False))
    line.send_binary(updated(by_name["role"], value="ana"))
    line.send_binary(updated(by_name["role"], A87_USER="ana", value="chair"))
    line.send_binary(click(by_name["Conclude"]))
    said = [state["value"] for state in states(answered(line)) if "value" in state]
    assert outcome in said
    assert ("concluded" in said) == (user == "ana")
    line.close()


def test_a_message_is_taken_once(team: Served) -> None:
    """A recorded click counts once, however often and by whichever connection it is sent again."""
    _, kernel = team.open("counting", "ana")
    line = team.line(kernel, "ana")
    widgets = all_states(line)
    button = next(i for i, w in widgets.items() if label(w) == "One more")
    recorded = click(button)
    for _ in range(3):
        line.send_binary(recorded)
    counted = [state["value"] for state in states(answered(line)) if "value" in state]
    line.close()
    again = team.line(kernel, "ana")
    again.send_binary(recorded)
    again.send_binary(click(button))
    counted += [state["value"] for state in states(answered(again)) if "value" in state]
    again.close()
    assert counted == [1, 2]


def test_a_recorded_message_means_nothing_to_another_kernel(team: Served) -> None:
    """A click recorded in one session does nothing in another."""
    _, first = team.open("counting", "ana")
    line = team.line(first, "ana")
    button = next(i for i, w in all_states(line).items() if label(w) == "One more")
    line.close()
    _, second = team.open("counting", "ben")
    other = team.line(second, "ben")
    other.send_binary(click(button))
    assert states(answered(other)) == []
    other.close()


@pytest.mark.parametrize("channel", ["shell", "control"])
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("execute_request", {"code": "open('ran', 'w')", "silent": False, "store_history": False,
                             "user_expressions": {}, "allow_stdin": False}),
        ("inspect_request", {"code": "open", "cursor_pos": 4, "detail_level": 1}),
        ("complete_request", {"code": "op", "cursor_pos": 2}),
        ("history_request", {"hist_access_type": "tail", "n": 10}),
        ("debug_request", {"command": "evaluate", "arguments": {"expression": "1"}}),
        ("usage_request", {}),
        ("create_subshell_request", {}),
        ("interrupt_request", {}),
    ],
)  # fmt: skip
def test_no_code_reaches_a_kernel(
    team: Served, anas: tuple[str, str], channel: str, kind: str, content: dict[str, object]
) -> None:
    """A websocket carries messages of widgets, not code, completion, debugging or history."""
    line = team.line(anas[1], "ana")
    line.send_binary(message(kind, content, channel))
    kinds = {said for said, _ in answered(line, channel)}
    line.close()
    assert kind.replace("request", "reply") not in kinds
    assert not (team.log.parent / "ran").exists()


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"header": {"msg_type": "execute_request", "msg_id": "1"}, "channel": "shell",
                    "content": {"code": "open('ran', 'w')"}, "parent_header": {}, "metadata": {}}),
        "not json",
    ],
)  # fmt: skip
def test_other_framings_are_refused(team: Served, anas: tuple[str, str], text: str) -> None:
    """Messages of an older protocol, or of none, are dropped; the page goes on working."""
    line = team.line(anas[1], "ana")
    line.send(text)
    line.send_binary(b"\xff" * 64)
    line.send_binary(b"")
    line.send_binary(message("comm_open", {"comm_id": "1", "target_name": "other", "data": {}}))
    answered(line)
    line.close()
    assert not (team.log.parent / "ran").exists()


QUERIES = [
    "country=QMA%27%3Bimport+os", "country=qma", "country=../../etc", "cycle=1e9", "cycle=2024;x",
    "cycle=%D9%A2%D9%A0%D9%A2%D9%A4", "date=2024-02-31", "date=20240101", "date=1700000000",
    "known_at=yesterday", "language=en'", "language=xx", "__import__('os')=1", "country[]=QMA",
    "user=ben", "A87_USER=ben", "template=lab", "theme=dark", "voila-template=lab", "register=x.db",
    "country=QMA&country=QMB", "country=" + "A" * 600, "%00=1", "country=Q%00A",
    "<script>alert(1)</script>=1", "country=<script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_says_only_what_is_declared(team: Served, query: str) -> None:
    """An undeclared name or a value of another type starts no kernel and is explained, escaped."""
    before = team.told().count("Kernel started")
    answer = team.get(f"/overview?{query}")
    assert answer.status_code == 400
    assert "<li>" in answer.text
    assert "<script>alert" not in answer.text
    assert team.told().count("Kernel started") == before


@pytest.mark.parametrize(
    "path",
    [
        "/overview.ipynb/../../secret", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/voila/render/../secret", "/voila/render/..%2f..%2fsecret.ipynb", "/secret.txt",
        "/picture.png", "/voila/files/picture.png", "/voila/files/overview.ipynb",
        "/files/overview.ipynb",
        "/voila/tree", "/voila/tree/", "/tree", "/lab", "/notebooks/overview.ipynb",
        "/voila/api/contents/",
        "/voila/static/{word}/../../../../secret.txt",
        "/voila/static/{word}/%2e%2e/%2e%2e/conf.json",
        "/voila/static/{word}//etc/passwd", "/voila/labextensions/{word}/../../../etc/passwd",
        "/voila/templates/lab/static/voila.js", "/voila/templates/lab/index.html.j2",
        "/voila/api/themes/x.css", "/static/favicon.ico", "/api", "/api/kernels", "/api/contents",
        "/api/contents/overview.ipynb", "/api/terminals", "/api/sessions", "/api/kernelspecs",
        "/api/me",
        "/api/status", "/api/config/x", "/api/events", "/api/nbconvert/html", "/login", "/logout",
        "/metrics", "/voila/execution/00000000-0000-4000-8000-000000000000",
        "/voila/query/00000000-0000-4000-8000-000000000000", "/custom/custom.css",
        "/nbextensions/x",
        "/hidden", "/.hidden.ipynb", "/overview.py", "/overview.ipynb~", "/OVERVIEW", "//overview",
    ],
)  # fmt: skip
def test_there_is_nothing_else(team: Served, anas: tuple[str, str], path: str) -> None:
    """Files under and above the folder, and everything else that Jupyter serves, are not there."""
    folder = team.log.parent / "dashboards"
    (team.log.parent / "secret.txt").write_text("do not tell")
    (folder / ".hidden.ipynb").write_text("do not tell")
    word = anas[0].split("/voila/static/")[1].split("/")[0]
    answer_status = raw(team, GOOD, path.format(word=word))
    assert answer_status == 404, path


def test_methods_that_write_are_not_there(team: Served) -> None:
    """Nothing can be put, patched or started by a request of its own."""
    sent = team.headers | {"Origin": PUBLIC}
    for method in ("PUT", "PATCH", "OPTIONS", "TRACE", "POST"):
        assert team.get("/overview", sent, method).status_code == 405
    assert team.get("/api/kernels", sent, "POST").status_code == 404


def test_kernels_know_no_secret_of_the_server(team: Served) -> None:
    """A kernel's environment is a list of what it may know; the proxy's secret is not in it."""
    page, _ = team.open("surroundings", "ana")
    assert "A87_USER" in page
    assert "QUERY_STRING" in page
    assert "A87_PROXY_SECRET" not in page
    assert "PYTEST_CURRENT_TEST" not in page


def test_every_page_of_a_user_is_that_users(team: Served) -> None:
    """The kernel knows who it works for from the server alone."""
    assert (
        '\\"who\\"' in team.open("overview", "ana")[0] or "who" in team.open("overview", "ana")[0]
    )
    _, kernel = team.open("overview", "ben@example.org")
    line = team.line(kernel, "ben@example.org")
    texts = [str(widget["state"].get("value")) for widget in all_states(line).values()]
    line.close()
    assert any(">ben@example.org<" in text for text in texts)
    assert models_of(team.open("overview", "ana")[0])
