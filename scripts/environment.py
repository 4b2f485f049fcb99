"""Make the environment in .venv from the hash-pinned lock, and say plainly what is missing.

Usage: ``python3 scripts/environment.py [--test]``. Standard library only, and written so that even
an old Python can read it far enough to name the newer one it needs. Nothing happens when the
environment is as the locks say already (a stamp inside .venv holds their digest).

Exit status 0: ready. 1: something is missing; one sentence on standard error says what to do.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(PROJECT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = os.path.join(BIN, "python")
NEW_ENOUGH = "import sys; sys.exit(sys.version_info[:2] < {!r})".format(OLDEST)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES = "/usr/lib/postgresql"


def stop(sentence):
    """End with one sentence for the person at the keyboard."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def use_new_enough_python():
    """Start over with a newer Python from PATH where the one called is too old."""
    if sys.version_info[:2] >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found and subprocess.call([found, "-c", NEW_ENOUGH], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])
    stop(
        "Python 3.11 or newer is needed and {} is {}.{}: install a newer one "
        "and run `make setup PYTHON=python3.11` (or its own name).".format(
            sys.executable, *sys.version_info[:2]
        )
    )


def check_venv_module():
    """The standard library's venv and the pip it brings must both be there."""
    try:
        import ensurepip  # noqa: F401 - only whether it is there
        import venv  # noqa: F401 - only whether it is there
    except ImportError:
        stop(
            "Python's venv module is missing: install it (on Debian or Ubuntu "
            "`apt-get install python{}.{}-venv`) and run the command again.".format(
                *sys.version_info[:2]
            )
        )


def digest(names):
    """Digest of what the environment is made from."""
    total = hashlib.sha256(PROJECT.encode("utf-8"))
    for name in names:
        with open(os.path.join(PROJECT, name), "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def usable():
    """True when .venv holds a Python that starts, is new enough and has pip."""
    probe = [VENV_PYTHON, "-c", "import pip; " + NEW_ENOUGH]
    return (
        os.path.exists(VENV_PYTHON)
        and subprocess.call(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    )


def stamped(stamp, wanted):
    """True when an earlier run finished with the same lock in the same folder."""
    if not os.path.exists(stamp) or not usable():
        return False
    with open(stamp, encoding="ascii") as file:
        return file.read() == wanted


def run(command, refusal):
    """Run a command in the project; where it fails, show its words and then our sentence."""
    outcome = subprocess.run(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if outcome.returncode != 0:
        sys.stderr.write(outcome.stdout.decode("utf-8", "replace"))
        stop(refusal)


def install(lock):
    """Fill .venv from one lock, then add the workbench itself, editable."""
    if not usable():
        sys.stdout.write("Making the environment in .venv ...\n")
        run(
            [sys.executable, "-m", "venv", "--clear", VENV],
            "The environment could not be made: see the lines above; "
            "is the folder writable and the disk not full?",
        )
    sys.stdout.write("Installing the packages of {} ...\n".format(lock))
    sys.stdout.flush()
    pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        [*pip, "--no-compile", "--only-binary", ":all:", "--require-hashes", "-r", lock],
        "The packages could not be installed: see the lines above; "
        "is there a connection, and does the lock fit this system?",
    )
    run(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", "."],
        "The workbench itself could not be installed: see the lines above.",
    )
    run(
        [VENV_PYTHON, "-m", "a87lib.kernels.install"],  # an editable installation leaves it out
        "The kernel a87 could not be installed: see the lines above.",
    )
    compiling = [VENV_PYTHON, "-m", "compileall", "-qq", "-j", "0", VENV]
    subprocess.call(compiling, stdout=subprocess.DEVNULL)


def may_use_apt():
    """Packages of the system are installed only by root, and only where apt is."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(packages, what):
    """Install packages of Debian, or say who has to."""
    if not may_use_apt():
        stop(
            "{} is missing and you may not install it: ask an administrator for "
            "`apt-get install {}` and run `make test` again.".format(what, " ".join(packages))
        )
    sys.stdout.write("Installing {} ...\n".format(what))
    sys.stdout.flush()
    refusal = "{} could not be installed by apt: see the lines above.".format(what)
    run(["apt-get", "update", "-qq"], refusal)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], refusal)


def tools_of_the_tests():
    """Chromium, poppler and npm, which tests cannot do without; PostgreSQL where root may."""
    named = os.environ.get("A87_CHROMIUM")
    if named and not os.access(named, os.X_OK):
        stop("A87_CHROMIUM names {}, which cannot be run: name Chromium there.".format(named))
    if not named and not any(shutil.which(name) for name in CHROMIUM):
        apt(["chromium"], "Chromium")
    if shutil.which("pdftoppm") is None:
        apt(["poppler-utils"], "Poppler (pdftoppm)")
    if shutil.which("npm") is None:
        apt(["nodejs", "npm"], "npm (Node.js)")
    if shutil.which("initdb") is None and not os.path.isdir(POSTGRES) and may_use_apt():
        apt(["postgresql"], "PostgreSQL")


def install_accessibility_checker():
    """Fetch axe-core, as pinned in tests/browser/package-lock.json."""
    run(
        ["npm", "ci", "--prefix", os.path.join("tests", "browser"), "--silent"],
        "The accessibility checker could not be installed by npm: see the lines above; "
        "is there a connection?",
    )


def ensure(test=False):
    """Make the environment ready; give back the seconds it took."""
    use_new_enough_python()
    started = time.monotonic()
    lock = "requirements-test.lock" if test else "requirements.lock"
    made_from = [lock, "pyproject.toml", os.path.join("scripts", "environment.py")]
    if test:
        made_from.append(os.path.join("tests", "browser", "package-lock.json"))
        tools_of_the_tests()
    stamp = os.path.join(VENV, "a87-{}.stamp".format("test" if test else "setup"))
    wanted = digest(made_from)
    if not stamped(stamp, wanted):
        check_venv_module()
        install(lock)
        if test:
            install_accessibility_checker()
        with open(stamp, "w", encoding="ascii") as file:
            file.write(wanted)
    return time.monotonic() - started


if __name__ == "__main__":
    seconds = ensure(test="--test" in sys.argv[1:])
    sys.stdout.write("The environment is ready in .venv ({:.0f} s).\n".format(seconds))
