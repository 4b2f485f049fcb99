"""A workbook sent in by somebody at a screen: the secretariat's any, a focal point's the own."""

from __future__ import annotations

import logging
from dataclasses import replace

from a87lib.desk import permissions
from a87lib.desk.acting import Acting
from a87lib.desk.receipts import Receipt
from a87lib.desk.submissions import Incoming, receive
from a87lib.intake.workbooks import opened
from a87lib.problems import Problems
from a87lib.register import Reader, Register

LOG = logging.getLogger("a87.submissions")
SECRETARIAT = "secretariat"
VERB = "take_in"
LONGEST_NAME = 120


def send(on: Register, incoming: Incoming, acting: Acting, *, dry_run: bool = False) -> Receipt:
    """Takes in what somebody sends, where they may (see `receive`).

    Whoever may not is told so before anything else of the register. A focal point sends as of
    today, and the receipt names no numbers of entries: they would tell how much was recorded of
    other countries.
    """
    if acting.alone:
        reader = Reader.of(SECRETARIAT)
        return receive(on, incoming, by=acting.person, visible_to=reader, dry_run=dry_run)
    identity = opened(incoming.data).identity
    try:
        permissions.require(on, acting, VERB, identity.country)
    except Problems as refused:
        codes = ",".join(problem.code for problem in refused.problems)
        LOG.warning("submission refused sha256=%s codes=%s", incoming.sha256, codes)
        raise
    reader = permissions.reader(on, acting)
    every = permissions.countries_of(on, acting, VERB) is None
    if not every:
        incoming = replace(incoming, received_on=None)
    receipt = receive(on, incoming, by=acting.principal, visible_to=reader, dry_run=dry_run)
    return replace(receipt, numbered=every)


def plain_name(name: str) -> str:
    """What a sender called a file: without folders, without what cannot be seen, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    if len(shown) <= LONGEST_NAME:
        return shown or "–"
    stem, dot, ending = shown.rpartition(".")
    tail = f"…{dot}{ending}" if stem and len(ending) < 8 else "…"
    return shown[: LONGEST_NAME - len(tail)] + tail
