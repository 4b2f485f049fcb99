"""Install, make the register of one data folder, build its packs, and say where they are.

Usage: ``python3 scripts/pack.py pathfinders|exercise``. Cycle and as-of date are those of the
folder's pack.yaml. Standard library only: it runs before anything is installed. The exit status is
that of the first command that did not end well.
"""

import os
import subprocess
import sys
import time

import environment

LANGUAGES = "en,fr,es"
FORMATS = "html,pdf,docx"


def a87(*arguments):
    """Run one command of the workbench with its progress bar; stop with its status if it fails."""
    command = [os.path.join(environment.BIN, "a87")]
    status = subprocess.call(command + list(arguments), cwd=environment.PROJECT)
    if status != 0:
        sys.exit(status)


def main(name):
    """Build all packs of data/<name> into outputs/<name>."""
    installing = environment.ensure()
    started = time.monotonic()
    out = os.path.join("outputs", name)
    os.environ.setdefault("A87_REGISTER", os.path.join("data", name + ".db"))
    a87("init", "--from", os.path.join("data", name))
    a87("review", "all", "--lang", LANGUAGES, "--format", FORMATS, "--out", out)
    building = time.monotonic() - started
    sys.stdout.write(
        "The packs are in {0}: open {1}.\n"
        "Installing took {2:.0f} s, building took {3:.0f} s.\n".format(
            out, os.path.join(out, "index.html"), installing, building
        )
    )


if __name__ == "__main__":
    if len(sys.argv) != 2 or not os.path.isdir(os.path.join("data", sys.argv[1])):
        sys.stderr.write("Name one folder of data/: pathfinders or exercise.\n")
        sys.exit(2)
    main(sys.argv[1])
