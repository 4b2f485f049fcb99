"""Write the two hash-pinned locks from pyproject.toml.

``requirements.lock`` holds what the workbench needs to run and to be installed itself,
``requirements-test.lock`` the same versions and what the tests need beside them. Both carry
environment markers, so that one file serves every Python from 3.11 on and every system.

Run by ``make lock``. Needs ``uv`` (the ``lock`` extra) and the network; nothing of this machine's
package configuration is read, and neither addresses nor comments are written.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
RUNTIME = PROJECT / "requirements.lock"
TEST = PROJECT / "requirements-test.lock"


def compile_lock(target: Path, extra: list[str]) -> None:
    """Resolve pyproject.toml for all supported Pythons and write one lock."""
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.defpath]))
    if uv is None:
        sys.exit("uv is missing: install it with `.venv/bin/pip install -e '.[lock]'`.")
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    kept = ("HOME", "PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPS_PROXY", "NO_PROXY")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    command = [uv, "pip", "compile", "--no-config", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    command += ["--no-emit-find-links", "--quiet", *extra, "pyproject.toml", "-", "-o", str(target)]
    subprocess.run(  # noqa: S603 - a fixed command, nothing from outside
        command,
        cwd=PROJECT,
        env=environment,
        input="\n".join(declared["build-system"]["requires"]),
        text=True,
        check=True,
    )


def main() -> None:
    """Write the test lock, then the runtime lock with the same versions."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    compile_lock(TEST, ["--extra", "test", *upgrade])
    compile_lock(RUNTIME, ["--constraint", TEST.name])


if __name__ == "__main__":
    main()
