"""Kill batches at random moments, or fill their disk, and see what is left and what a rerun makes.

Usage: ``python scripts/soak_batch.py [--kills 100] [--full 10] [--seed 1]``. Packs of two days are
made of the exercise, turn by turn, in one folder. A batch is ended by ``kill -9`` of its first
process, or of all of them at once, at a random moment; or its disk (a small tmpfs, which needs the
rights to mount one) is full on the way. Each time the pack that lay there must be whole, and a
rerun must end byte-equal to a run that nobody disturbed.
"""
# ruff: noqa: S311, S603, S607 - our own commands; chance is for moments, not for secrets

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
A87 = [sys.executable, "-c", "from a87lib.cli import main; main()"]
DAYS = ("2025-12-15", "2025-06-15")
NEW = ".new"


def command(register, day, out, countries):
    """One batch: a few countries in one language, all formats."""
    return [*A87, "review", *countries, "--cycle", "2025", "--asof", day, "--lang", "fr",
            "--register", str(register), "--out", str(out)]  # fmt: skip


def digests(folder):
    """Every file under a final name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and NEW not in path.relative_to(folder).parts
    }


def undisturbed(register, folder, countries):
    """The packs of both days as nobody disturbed them, and the seconds that one takes."""
    packs, took = {}, 0.0
    for day in DAYS:
        begun = time.monotonic()
        subprocess.run(command(register, day, folder / day, countries), check=True, stdout=-3)
        took = time.monotonic() - begun
        packs[day] = digests(folder / day)
    return packs, took


def end(process, group):
    """kill -9: of the first process, or of it and all that it has started in its group."""
    if group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def left(before, after, found):
    """What lies there: the pack of before, the new one, or something between. Else it fails."""
    if found == before:
        return "before"
    if found == after:
        return "after"
    wrong = [n for n, sha in found.items() if sha not in (before.get(n), after.get(n))]
    if wrong or not found.keys() >= before.keys():
        sys.exit(f"Not whole: {wrong or sorted(before.keys() - found.keys())}")
    return "while moving"


def rerun(register, day, out, countries, packs):
    """A rerun ends byte-equal, with nothing beside the pack."""
    subprocess.run(command(register, day, out, countries), check=True, stdout=-3, stderr=-3)
    if digests(out) != packs[day] or (out / NEW).exists():
        sys.exit(f"A rerun of {day} differs from an undisturbed run.")


def kills(rounds, register, folder, countries, chance):
    """Kill, look, run again."""
    packs, took = undisturbed(register, folder, countries)
    out = folder / "out"
    rerun(register, DAYS[1], out, countries, packs)
    found = Counter()
    for number in range(rounds):
        before, day = DAYS[(number + 1) % 2], DAYS[number % 2]
        batch = subprocess.Popen(
            command(register, day, out, countries), start_new_session=True, stdout=-3, stderr=-3
        )
        try:
            batch.wait(chance.uniform(0, took * 1.1))
        except subprocess.TimeoutExpired:
            end(batch, group=number % 2 == 0)
        found[left(packs[before], packs[day], digests(out))] += 1
        rerun(register, day, out, countries, packs)
        print(f"{number + 1} kills: {dict(found)}", file=sys.stderr, flush=True)
    print(f"{rounds} kills: {dict(found)}; every rerun byte-equal.")


def full(rounds, register, folder, countries, chance):
    """Fill a tmpfs: the pack that lies there stays; with more room a rerun completes the other."""
    packs, _ = undisturbed(register, folder, countries)
    size = sum(path.stat().st_size for path in (folder / DAYS[0]).rglob("*") if path.is_file())
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size * 4}", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False).returncode:
        print("No tmpfs can be mounted here: the disk was not filled.")
        return
    try:
        rerun(register, DAYS[1], disk / "out", countries, packs)
        for number in range(rounds):
            before, day = DAYS[(number + 1) % 2], DAYS[number % 2]
            room = size + int(size * chance.uniform(0.02, 0.9)) + 8192
            _room(disk, room)
            ended = subprocess.run(
                command(register, day, disk / "out", countries), check=False, stdout=-3, stderr=-3
            )
            whole = digests(disk / "out") == packs[before]
            if ended.returncode != 1 or not whole or (disk / "out" / NEW).exists():
                sys.exit(f"Full disk: status {ended.returncode}, pack of before whole: {whole}")
            _room(disk, size * 4)
            rerun(register, day, disk / "out", countries, packs)
    finally:
        subprocess.run(["umount", str(disk)], check=False)
    print(f"{rounds} full disks: the pack of before whole each time, every rerun byte-equal.")


def _room(disk, size):
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def main():
    """Make a register of the exercise, and disturb batches that read it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--full", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--countries", default="QMK,QMI")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    countries = asked.countries.split(",")
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder, "exercise.db")
        made = [*A87, "init", "--from", str(PROJECT / "data" / "exercise")]
        subprocess.run([*made, "--register", str(register)], check=True, stdout=-3)
        for name, rounds, disturb in (("k", asked.kills, kills), ("f", asked.full, full)):
            if rounds:
                Path(folder, name).mkdir()
                disturb(rounds, register, Path(folder, name), countries, chance)


if __name__ == "__main__":
    main()
