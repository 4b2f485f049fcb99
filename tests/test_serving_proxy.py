"""The documented deployment, run: nginx with a stand-in login in front of the server."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import websocket
from served import SECRET, Served, answered, kernel_of, serving
from traitlets.config.loader import PyFileConfigLoader

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="needs nginx (Debian: apt-get install nginx-light)"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl for a certificate"),
]


class Login(BaseHTTPRequestHandler):
    """Answers as oauth2-proxy does: 202 with the user's name for a signed-in cookie, else 401."""

    def do_GET(self) -> None:
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("__Host-a87")
        signed_in = cookie is not None and cookie.value.startswith("signed-in-")
        if self.path == "/oauth2/auth":
            self.send_response(202 if signed_in else 401)
            if cookie is not None and signed_in:
                self.send_header("X-Auth-Request-User", cookie.value.removeprefix("signed-in-"))
        else:
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@dataclass
class Team:
    """Everything between a reader's browser and the server."""

    url: str
    served: Served
    trust: ssl.SSLContext
    plain: str

    def get(self, path: str, user: str | None = "ana", **headers: str) -> httpx.Response:
        """What a reader's browser gets; user None has not signed in."""
        cookie = {} if user is None else {"Cookie": f"__Host-a87=signed-in-{user}"}
        with httpx.Client(verify=self.trust) as browser:
            return browser.get(self.url + path, headers=cookie | headers, timeout=60)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> None:
    """A certificate for localhost, where nginx looks for it."""
    (folder / "tls").mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost",
         "-keyout", folder / "tls/privkey.pem", "-out", folder / "tls/fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def configuration(folder: Path, port: int, plain: int, server: str, login: int) -> Path:
    """deploy/nginx.conf with other ports, name and paths, in the frame that nginx asks for."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("127.0.0.1:8866", server),
        ("127.0.0.1:4180", f"127.0.0.1:{login}"),
        ("review.example.org", "localhost"),
        ("/etc/a87", str(folder)),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "proxy-secret.conf").write_text(f'proxy_set_header X-A87-Proxy-Secret "{SECRET}";\n')
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n{temporary}access_log off;\n{text}\n{_lab(folder)}\n}}\n"
    )
    return file


def _lab(folder: Path) -> str:
    """deploy/nginx-lab.conf on a port of its own."""
    text = (DEPLOY / "nginx-lab.conf").read_text(encoding="utf-8")
    return text.replace("listen 443", f"listen 127.0.0.1:{free_port()}").replace(
        "/etc/a87-lab", str(folder)
    )


def options_of_the_service(origin: str) -> list[str]:
    """The options that systemd would start the server with, for another address and port."""
    unit = (DEPLOY / "a87-serve.service").read_text(encoding="utf-8")
    found = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert found
    words = shlex.split(found[1])
    assert words[0].endswith("/a87")
    assert words[1:3] == ["serve", "--behind-proxy"]
    assert words[words.index("--port") + 1] == "8866"
    words[words.index("--public-url") + 1] = origin
    del words[words.index("--port") : words.index("--port") + 2]
    return words[3:]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """nginx, login and server, as deployed."""
    folder = tmp_path_factory.mktemp("deployed")
    certificate(folder)
    port, plain = free_port(), free_port()
    origin = f"https://localhost:{port}"
    login = ThreadingHTTPServer(("127.0.0.1", 0), Login)
    threading.Thread(target=login.serve_forever, daemon=True).start()
    with serving(folder, *options_of_the_service(origin), team=True) as served:
        server = served.base.removeprefix("http://")
        file = configuration(folder, port, plain, server, login.server_port)
        assert NGINX
        nginx = subprocess.Popen([NGINX, "-c", file, "-p", folder], stderr=subprocess.DEVNULL)
        trust = ssl.create_default_context(cafile=str(folder / "tls/fullchain.pem"))
        try:
            _wait_until_open(port, folder)
            yield Team(origin, served, trust, f"http://localhost:{plain}")
        finally:
            nginx.terminate()
            nginx.wait(20)
            login.shutdown()
            login.server_close()


def _wait_until_open(port: int, folder: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError((folder / "error.log").read_text())


def test_who_is_not_signed_in_is_sent_to_sign_in(team: Team) -> None:
    """Without a session every address leads to the sign-in, and no kernel starts."""
    for path in ("/overview?country=QMA", "/", "/api/kernels/x"):
        answer = team.get(path, user=None)
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(f"/oauth2/start?rd={path}")
    assert "Kernel started" not in team.served.told()


def test_a_reader_opens_a_screen_and_uses_it(team: Team) -> None:
    """Through TLS and nginx a page opens for the signed-in reader, and its websocket works."""
    page = team.get("/overview?language=es")
    assert page.status_code == 200
    assert "Sesión de ana" in page.text
    assert page.headers["Strict-Transport-Security"]
    line = websocket.create_connection(
        f"{team.url.replace('https', 'wss')}/api/kernels/{kernel_of(page.text)}/channels",
        sslopt={"context": team.trust},
        origin=team.url,
        cookie="__Host-a87=signed-in-ana",
        subprotocols=["v1.kernel.websocket.jupyter.org"],
        timeout=10,
    )
    answered(line)
    line.close()


@pytest.mark.parametrize(
    "header",
    [
        ("X-A87-User", "ana"), ("x-a87-user", "ana"), ("X_A87_User", "ana"), ("X-A87_User", "ana"),
        ("X-A87-Proxy-Secret", "guessed"), ("X-Auth-Request-User", "ana"),
        ("X-Forwarded-User", "ana"), ("Connection", "close, X-A87-User, X-A87-Proxy-Secret"),
    ],
)  # fmt: skip
def test_a_header_of_the_reader_makes_nobody_else(team: Team, header: tuple[str, str]) -> None:
    """What a reader's browser puts into headers changes nothing about who they are."""
    page = team.get("/overview", "ben", **dict([header]))
    assert page.status_code == 200
    assert "Signed in as ben" in page.text
    kernel = kernel_of(page.text)
    assert team.get(f"/api/kernels/{kernel}", "ana", **dict([header])).status_code == 403
    assert team.get(f"/api/kernels/{kernel}", "ben").status_code == 200
    headers = {"X-A87-User": "ben", "X-A87-Proxy-Secret": SECRET, "Origin": team.url}
    team.served.get(f"/voila/api/shutdown/{kernel}", headers | {"Host": team.url[8:]}, "POST")


def test_the_port_behind_the_proxy_is_shut(team: Team) -> None:
    """Who reaches the server's own port without the secret gets nothing."""
    for headers in ({}, {"Host": team.url[8:]}, {"Host": team.url[8:], "X-A87-User": "ana"}):
        assert team.served.get("/overview", headers).status_code == 403


def test_a_name_that_is_no_id_is_nobody(team: Team) -> None:
    """A login that sends two names, or none, lets nobody in."""
    for name in ("", "ana,ben", "ana%20ben", "-"):
        assert team.get("/overview", name).status_code == 403


def test_without_tls_nobody_is_asked_anything(team: Team) -> None:
    """The plain address leads to the one with TLS, before any cookie is looked at."""
    answer = httpx.get(f"{team.plain}/overview", headers={"Cookie": "__Host-a87=signed-in-ana"})
    assert answer.status_code == 301
    assert answer.headers["Location"] == "https://localhost/overview"


def test_another_name_of_the_machine_is_not_ours(team: Team) -> None:
    """nginx answers another host name with 421 and asks nobody."""
    answer = team.get("/overview", Host="evil.example")
    assert answer.status_code == 421


def test_the_other_files_are_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub's file is a configuration and keeps the secret out; the unit gets it as a file."""
    monkeypatch.setenv("A87_LAB_CLIENT_SECRET", "x")
    hub = PyFileConfigLoader("jupyterhub_config.py", path=str(DEPLOY)).load_config()
    assert hub.Spawner.default_url == "/lab"
    assert hub.GenericOAuthenticator.allowed_groups == {"a87-analysts"}
    assert "PROXY_SECRET" not in (DEPLOY / "jupyterhub_config.py").read_text()
    unit = (DEPLOY / "a87-serve.service").read_text()
    assert "LoadCredential=proxy-secret:" in unit
    assert "A87_PROXY_SECRET=" not in unit
    assert "X-Auth-Request-User".lower().replace("-", "_") in (DEPLOY / "nginx.conf").read_text()
    login = tomllib.loads((DEPLOY / "oauth2-proxy.cfg").read_text())
    assert login["set_xauthrequest"]
    assert login["cookie_secure"]
    assert not [name for name in login if "secret" in name]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("name", ["a87-serve.service", "oauth2-proxy.service"])
def test_systemd_takes_the_unit(tmp_path: Path, name: str) -> None:
    """Every line of a unit is understood; the server's is fenced in well by systemd's own count."""
    text = (DEPLOY / name).read_text()
    here = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text)
    here = re.sub(r"(?m)^(User|Group)=.*\n|^WorkingDirectory=.*\n", "", here)
    (tmp_path / name).write_text(here)
    verified = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / name], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    if name.startswith("a87"):
        security = [
            "systemd-analyze",
            "security",
            "--offline=true",
            "--threshold=30",
            DEPLOY / name,
        ]
        assert subprocess.run(security, capture_output=True, check=False).returncode == 0
