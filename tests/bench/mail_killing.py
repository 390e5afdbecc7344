"""Kill mailings and resume them: `python -m tests.bench.mail_killing [--kills 200]`.

The first kills come at each boundary of states once, in any order, the others half at random moments, half
at random boundaries. Meanwhile members unsubscribe, or are forgotten by a command that may be killed
itself. After each kill, the next process resumes; when a mailing is done, every row of the ledger is
compared with what the server accepted, and when: no recipient lost, none doubled, at most one unknown a
kill, nothing sent to whoever was suppressed before the server was given the message, no process that ends
with an error, and nothing left of the forgotten. The exit status is 1 if that is not so.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.mail_folder import LEDGER, MailFolder
from pipeline.delivery.ledger.states import State
from pipeline.desk.mail.context import open_mail
from pipeline.desk.mail.preparation import send_test
from pipeline.desk.mail.records import unsubscribe
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError
from tests.bench.measuring import REPOSITORY
from tests.support.deliveries import FILING, new_deliveries
from tests.support.mail_servers import Script, authority, mail_server
from tests.support.mails import filed_workspace, sound

_MEMBERS: Final = 40
_BOUNDARIES: Final = 32
"""Boundaries a message passes: both sides of what is called for it."""

_MOST_LEAVING: Final = 12
"""Members of a mailing who leave in the midst."""

_MOST_RESUMED: Final = 20
"""Processes that may resume a mailing after the last kill; more would be a jam."""

_FORGETTING: Final = 0.2
"""Seconds within which a command that has opened the ledger is killed."""

_TO_OFFICE: Final = "office@example.org"


@dataclass
class Tally:
    """What was found.

    Args:
        kills: Processes killed while they were at work.
        lost: Members without a message, though no record says so.
        doubled: Members with two messages.
        unequal: Rows that differ from what the server accepted.
        unknown: Deliveries whose outcome is unknown, in all mailings.
        most_unknown: The most that one kill left.
        left: Members who unsubscribed or were forgotten in the midst.
        against_will: Those of them to whom a message went all the same.
        remembered: Files in which a forgotten member is still found.
        jams: Processes that ended with an error.
        boundaries: Boundaries at which none was killed yet.
    """

    kills: int = 0
    lost: int = 0
    doubled: int = 0
    unequal: int = 0
    unknown: int = 0
    most_unknown: int = 0
    left: int = 0
    against_will: int = 0
    remembered: int = 0
    jams: int = 0
    boundaries: list[int] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost, doubled, wrongly recorded, sent against somebody's will, or jammed."""
        faults = (self.lost, self.doubled, self.unequal, self.against_will, self.remembered, self.jams)
        return not any(faults) and self.most_unknown <= 1


@dataclass
class Mailing:
    """One mailing, its server, and who left in the midst.

    Args:
        workspace: Its workspace.
        server: Its server.
        rows: Numbers of the rows by address, since they began.
        given: When the server was last given a message for somebody (`time.monotonic`).
        left: When somebody had surely left.
        forgotten: Those of them who were forgotten.
    """

    workspace: Workspace
    server: Script
    rows: dict[str, int] = field(default_factory=dict)
    given: dict[str, float] = field(default_factory=dict)
    left: dict[str, float] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)

    @property
    def ledger(self) -> Path:
        """The file of its ledger."""
        return self.workspace.root / "mail" / LEDGER

    def note(self, step: str, to: str) -> None:
        """Note when the server is given a message; it takes every one."""
        if step == "data":
            self.given[to] = time.monotonic()


def main(arguments: list[str] | None = None) -> int:
    """Kill, resume, and compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mail_killing", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--forgets", type=int, default=20, help="how many “mail forget” are killed")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    tally = kill_sendings(asked.kills, asked.seed)
    sys.stdout.write(
        f"{tally.kills} kills: lost {tally.lost}, doubled {tally.doubled}, rows unlike the server "
        f"{tally.unequal}, unknown {tally.unknown} (at most {tally.most_unknown} a kill); "
        f"{tally.left} left in the midst, written to against their will {tally.against_will}, "
        f"remembered {tally.remembered}; jams {tally.jams}; {dict(tally.states)}\n"
    )
    forgets = kill_forgets(asked.forgets, asked.seed)
    sys.stdout.write(
        f"{forgets.kills} kills of “mail forget”: {forgets.begun} after it had begun, half forgotten "
        f"{forgets.half}, jams {forgets.jams}\n"
    )
    return 0 if tally.is_sound and forgets.is_sound else 1


def kill_sendings(kills: int, seed: int) -> Tally:
    """Kill so many processes, in as many runs as it takes.

    Args:
        kills: How many.
        seed: Of the moments.
    """
    chance = random.Random(seed)
    tally = Tally(boundaries=chance.sample(range(1, _BOUNDARIES + 1), _BOUNDARIES))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder)
        held = authority(root / "tls")
        os.environ["SSL_CERT_FILE"] = str(held.ca)
        # A mailing may end before it is killed.
        names = (f"w{number}" for number in itertools.count())
        while tally.kills < kills:
            with mail_server(held.localhost) as server:
                mailing = Mailing(_prepared(root / next(names), server), server)
                server.at = mailing.note
                _kill_mailing(mailing, chance, kills=kills, tally=tally)
    return tally


@dataclass
class Forgets:
    """What was found of commands `bulletin mail forget` that were killed.

    Args:
        kills: How many were killed before they ended.
        begun: How many of these had begun to forget, or were done.
        half: Members of whom something was left although they were suppressed, or who were not suppressed
            although something was erased.
        jams: Commands that failed afterwards.
    """

    kills: int = 0
    begun: int = 0
    half: int = 0
    jams: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nobody was half forgotten, and nothing jammed."""
        return not (self.half or self.jams)


def kill_forgets(kills: int, seed: int) -> Forgets:
    """Kill so many commands that forget a member, at moments after they opened the ledger.

    Args:
        kills: How many.
        seed: Of the moments.
    """
    chance = random.Random(seed)
    found = Forgets()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        workspace = Workspace(sound(Path(folder)))
        mail = MailFolder(workspace)
        with mail.ledger() as ledger:
            deliveries = new_deliveries(kills, mail.identifiers())
            ledger.begin(FILING, Purpose.ISSUE, date="x", digests="x", deliveries=deliveries)
            for _ in range(3):
                mail.back_up(ledger)
        log = mail.path / f"{LEDGER}-wal"
        for number in range(kills):
            child = _forgetting(workspace, number)
            # It lies there while the ledger is open: what comes before is Python's own.
            while child.poll() is None and not log.exists():
                time.sleep(0.001)
            time.sleep(chance.uniform(0, _FORGETTING))
            child.kill()
            found.kills += child.wait(timeout=120) < 0
            _look_at(mail, f"member{number}@example.bg", found)
    return found


def _forgetting(workspace: Workspace, number: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "mail", "forget", f"member{number}@example.bg"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(command, cwd=workspace.root, env=environment, stdout=subprocess.DEVNULL)


def _look_at(mail: MailFolder, address: str, found: Forgets) -> None:
    """Let the next command find what a killed one left, and look whether it is whole."""
    try:
        with mail.ledger() as ledger:
            is_suppressed = mail.identifiers().recipient(address) in ledger.suppressed()
            is_named = any(each.address == address for each in ledger.deliveries())
    except BulletinError:
        found.jams += 1
        return
    files = [
        path for path in mail.path.rglob("*") if path.is_file() and address.encode() in path.read_bytes()
    ]
    found.begun += is_suppressed
    found.half += is_suppressed == is_named or (is_suppressed and bool(files))


def _prepared(root: Path, server: Script) -> Workspace:
    root.mkdir()
    workspace = filed_workspace(root, server.port)
    rows = "".join(f"member{at}@example.bg;;;;\n" for at in range(_MEMBERS))
    path = workspace.root / "mail" / "members.csv"
    path.write_text("Имейл;Име;Език;Групи;Статус\n" + rows, "utf-8")
    mail = open_mail(workspace)
    send_test(mail, mail.shelf.filings[-1], _TO_OFFICE)
    return workspace


def _kill_mailing(mailing: Mailing, chance: random.Random, *, kills: int, tally: Tally) -> None:
    """Send one mailing, killed again and again until it is done or `kills` are reached."""
    unknown = 0
    while tally.kills < kills:
        boundary = tally.boundaries.pop() if tally.boundaries else None
        if boundary is None and chance.random() < 0.5:
            # No further than a few messages at a time, so that a run is killed often.
            boundary = chance.randint(1, _BOUNDARIES * 8)
        if not _killed(mailing, boundary, chance, tally):
            break
        tally.kills += 1
        now = _counted(mailing)[State.UNKNOWN] + _counted(mailing)[State.END_OF_DATA]
        tally.most_unknown = max(tally.most_unknown, now - unknown)
        unknown = now
        sys.stderr.write(f"\rkilled {tally.kills}/{kills}")
    for _ in range(_MOST_RESUMED):
        if _is_done(mailing):
            break
        child = _child(mailing)
        child.communicate(timeout=120)
        tally.jams += child.returncode > 0
    tally.jams += not _is_done(mailing)
    _compare(mailing, tally)


def _child(mailing: Mailing, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.mail_child", str(mailing.workspace.root), *arguments]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


def _killed(mailing: Mailing, boundary: int | None, chance: random.Random, tally: Tally) -> bool:
    """Let a process send until it is killed; return whether it was killed before it was done."""
    child = _child(mailing, *([str(boundary)] if boundary else []))
    assert child.stdout is not None
    child.stdout.readline()
    mailing.rows = mailing.rows or _numbers(mailing)
    end = time.monotonic() + (chance.uniform(0, 0.25) if boundary is None else 60)
    while child.poll() is None and time.monotonic() < end:
        if mailing.rows and len(mailing.left) < _MOST_LEAVING and chance.random() < 0.2:
            _leave(mailing, chance, tally)
        time.sleep(0.01)
    if boundary is None:
        child.kill()
    child.communicate(timeout=120)
    tally.jams += child.returncode > 0
    return child.returncode < 0


def _leave(mailing: Mailing, chance: random.Random, tally: Tally) -> None:
    """Let a member unsubscribe or be forgotten, by a command that is killed half the time."""
    address = chance.choice(sorted(mailing.rows.keys() - mailing.left))
    if chance.random() < 0.5:
        unsubscribe(MailFolder(mailing.workspace), address)
    else:
        words = [str(chance.randint(1, 14))] if chance.random() < 0.5 else []
        child = _child(mailing, *words, "--forget", address)
        child.communicate(timeout=120)
        tally.jams += child.returncode > 0
        if child.returncode and not _is_suppressed(mailing, address):
            return
        mailing.forgotten.add(address)
    mailing.left[address] = time.monotonic()


def _is_suppressed(mailing: Mailing, address: str) -> bool:
    recipient = MailFolder(mailing.workspace).identifiers().recipient(address)
    with contextlib.closing(sqlite3.connect(mailing.ledger)) as base:
        return bool(base.execute("SELECT 1 FROM suppressed WHERE recipient = ?", (recipient,)).fetchone())


def _numbers(mailing: Mailing) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(mailing.ledger)) as base:
        return dict(base.execute("SELECT address, id FROM promises"))


def _is_done(mailing: Mailing) -> bool:
    state_counts = _counted(mailing)
    return bool(sum(state_counts.values())) and not any(
        state_counts[state] for state in (State.QUEUED, State.SENDING, State.END_OF_DATA, State.DEFERRED)
    )


def _counted(mailing: Mailing) -> dict[State, int]:
    with contextlib.closing(Ledger(mailing.ledger)) as ledger:
        mailings = ledger.mailings()
        return ledger.state_counts(mailings[-1].id) if mailings else dict.fromkeys(State, 0)


def _compare(mailing: Mailing, tally: Tally) -> None:
    """Compare every row with what the server accepted."""
    with MailFolder(mailing.workspace).ledger() as ledger:
        deliveries = {delivery.id: delivery for delivery in ledger.deliveries()}
    rows = mailing.rows or {each.address or "": each.id for each in deliveries.values()}
    tally.lost += _MEMBERS - len(rows)
    tally.left += len(mailing.left)
    for address, number in rows.items():
        state, taken = deliveries[number].state, mailing.server.taken[address]
        tally.states[state] += 1
        tally.doubled += taken > 1
        tally.unknown += state is State.UNKNOWN
        tally.lost += taken == 0 and state not in {State.UNKNOWN, State.WITHDRAWN}
        tally.unequal += state is not State.UNKNOWN and (state is State.SENT) != (taken == 1)
        has_left = mailing.left.get(address)
        if has_left is None:
            tally.unequal += state is State.WITHDRAWN
        elif taken:
            tally.against_will += mailing.given[address] > has_left
    words = [each.encode() for each in mailing.forgotten]
    for path in mailing.ledger.parent.rglob("*.sqlite*"):
        tally.remembered += any(word in path.read_bytes() for word in words)


if __name__ == "__main__":
    sys.exit(main())
