"""The server: what there is at which address, and its start and end."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import signal
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import voila.paths
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler, authenticated
from traitlets.config import Config
from voila.configuration import VoilaConfiguration
from voila.utils import get_page_config, get_voila_labextensions_path

from a87lib.kernels.install import JUPYTER
from a87lib.kernels.warming import warm
from a87lib.language import preferred
from a87lib.problems import usage
from a87lib.serving.access import OwnersOnly, Vouched
from a87lib.serving.gate import Doors, Gate, Refusal
from a87lib.serving.identity import NOBODY
from a87lib.serving.pages import Guarded, Missing, Refused, Told, error_page
from a87lib.serving.screen import Front, Page, Screen
from a87lib.serving.sessions import KERNELS, Kernels, environment
from a87lib.serving.settings import SCREEN, Settings
from a87lib.serving.wire import FROM_PAGES, LARGEST, Channels, Wire, hang_up

LOG = logging.getLogger("a87.serve")
ADDRESS = "127.0.0.1"
KERNEL = r"(?P<kernel_id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
EXTENSIONS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]


class Kernel(Guarded, KernelHandler):
    """What a page may ask about its kernel."""


class Leave(Page):
    """A page that is left ends its kernel."""

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """Ends the kernel, if it belongs to whoever asks."""
        kernels = self.kernels
        if kernels.owner_of(kernel_id) != self.current_user.username:
            raise Told(403, "denied")
        if kernel_id in kernels:
            await kernels.shutdown_kernel(kernel_id)
        self.set_status(204)
        await self.finish()


class Files(Guarded, StaticFileHandler):
    """The scripts and styles of pages, from packages; their address changes with them."""

    def initialize(self, paths: list[str]) -> None:  # type: ignore[override]  # several places
        """paths: where to look, first found first."""
        super().initialize(path=paths[0])
        self.paths = paths

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """The path inside a folder."""
        return os.path.abspath(Path(root) / path)  # noqa: PTH100 - as the base class compares it

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """The file in the first of the folders that has it; elsewhere there is nothing."""
        wanted = os.path.relpath(absolute_path, root)
        for folder in self.paths:
            inside = Path(folder, wanted).resolve()
            if inside.is_file() and inside.is_relative_to(Path(folder).resolve()):
                self.root = folder
                return str(Path(folder, wanted))
        raise Told(404, "missing")

    def set_extra_headers(self, path: str) -> None:
        """Keeps the file in this browser until its address changes."""
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")


def edition() -> str:
    """A word that changes when the scripts of pages may have changed."""
    names = ("voila", "ipywidgets", "jupyterlab_widgets", "nbconvert")
    text = " ".join(f"{name} {version(name)}" for name in names)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def addresses() -> list[tuple[Any, ...]]:
    """Every address at which there is something."""
    static = voila.paths.collect_static_paths(["voila", "nbconvert"], "lab")
    extensions = get_voila_labextensions_path()
    word = edition()
    return [
        (r"/", Front),
        (rf"/api/kernels/{KERNEL}", Kernel),
        (rf"/api/kernels/{KERNEL}/channels", Channels),
        (rf"/voila/api/shutdown/{KERNEL}", Leave),
        (rf"/voila/static/{word}/(.*)", Files, {"paths": static}),
        (rf"/voila/labextensions/{word}/(.*)", Files, {"paths": extensions}),
        (rf"/(?:voila/render/)?({SCREEN.pattern})(?:\.ipynb)?", Screen),
    ]


def page_config() -> dict[str, Any]:
    """What the script of a page is told; the kernel's id is added page by page."""
    chosen = VoilaConfiguration(
        allow_template_override="NO",
        allow_theme_override="NO",
        extension_allowlist=EXTENSIONS,
        file_allowlist=["(?!)"],
        file_denylist=[".*"],
        show_tracebacks=False,
        strip_sources=True,
    )
    config = get_page_config("/", {"mathjax_url": "", "mathjax_config": ""}, LOG, chosen)
    word = edition()
    return dict(config) | {
        "fullStaticUrl": f"/voila/static/{word}",
        "fullLabextensionsUrl": f"/voila/labextensions/{word}",
        "jupyterLabTheme": "light",
    }


def application(settings: Settings, connections: str) -> Application:
    """The application behind the gate. connections: a private folder for kernels' sockets."""
    specs = KernelSpecManager(log=LOG)
    specs.kernel_dirs = [str(JUPYTER / "kernels"), *specs.kernel_dirs]
    kernels = Kernels(
        config=Config(KERNELS),
        log=LOG,
        kernel_spec_manager=specs,
        connection_dir=connections,
        per_user=settings.per_user,
        total=settings.total,
        cull_idle_timeout=settings.idle,
        cull_interval=settings.look,
        cull_connected=True,
        allow_tracebacks=False,
        allowed_message_types=FROM_PAGES,
        on_end=hang_up,
    )
    identity = Vouched(log=LOG, proxy=settings.proxy)
    return Application(
        addresses(),
        a87=settings,
        log=LOG,
        log_function=_logged,
        base_url="/",
        cookie_secret=os.urandom(32),
        default_handler_class=Missing,
        allow_remote_access=True,  # the gate has looked at the host already
        identity_provider=identity,
        authorizer=OwnersOnly(log=LOG, identity_provider=identity),
        kernel_manager=kernels,
        kernel_spec_manager=specs,
        kernel_websocket_connection_class=Wire,
        websocket_max_message_size=LARGEST,
        ws_ping_interval=1000 * settings.ping,
        ws_ping_timeout=3000 * settings.ping,
        opening=asyncio.Semaphore(2 * (os.cpu_count() or 1)),
        page_config=page_config(),
        static_url=f"/voila/static/{edition()}",
    )


def gate(settings: Settings, port: int, inside: Application) -> Gate:
    """The gate in front of the application."""
    doors = Doors.at(port, settings.proxy)
    refusals = Application(
        [], default_handler_class=Refused, refusal_of=doors.refusal, log=LOG, log_function=_logged
    )

    def refuse(request: HTTPServerRequest, refusal: Refusal) -> HTTPMessageDelegate:
        LOG.warning("refused %s %s: %s", request.method, request.path, refusal[1])
        found: HTTPMessageDelegate = refusals.find_handler(request)
        return found

    return Gate(doors, inside, refuse)


async def serve(settings: Settings, started: Callable[[str], None]) -> None:
    """Serves until the process is asked to end (SIGINT, SIGTERM); `started` is told the address."""
    try:
        sockets = bind_sockets(settings.port, ADDRESS)
    except OSError:
        raise usage("serve_port", found=settings.port) from None
    port = sockets[0].getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="a87-") as connections:
        inside = application(settings, connections)
        server = HTTPServer(
            gate(settings, port, inside), max_body_size=65536, idle_connection_timeout=300
        )
        server.add_sockets(sockets)
        LOG.info("listens on %d", port)
        ready = asyncio.create_task(asyncio.to_thread(_warm))
        started(settings.proxy.origin if settings.proxy else f"http://{ADDRESS}:{port}")
        try:
            await _asked_to_end()
        finally:
            server.stop()
            await asyncio.gather(ready, return_exceptions=True)
            await inside.settings["kernel_manager"].shutdown_all()
            await Wire.close_all()


def _warm() -> None:
    """Has at hand what the first reader, and the first one too many, would have to wait for."""
    warm(environment(NOBODY, ""))
    error_page(404, Told(404, "missing"), "", preferred())


async def _asked_to_end() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl+C interrupts instead
            loop.add_signal_handler(number, asked.set)
    await asked.wait()


def _logged(handler: Any) -> None:
    """A line per answer: who, what, how it went, how long it took."""
    request = handler.request
    who = getattr(getattr(handler, "_jupyter_current_user", None), "username", "-")
    status, took = handler.get_status(), 1000 * request.request_time()
    file = request.path.startswith(("/voila/static/", "/voila/labextensions/"))
    level = logging.WARNING if status >= 400 else logging.DEBUG if file else logging.INFO
    LOG.log(level, "%d %s %s %s %.0f ms", status, request.method, request.path, who, took)
