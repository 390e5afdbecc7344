"""Kill mailings and resume them: `python -m tests.bench.mail_killing [--kills 200]`.

The first kills come at each boundary of states in turn, the others half at random moments, half at random
boundaries. After each, the next process resumes; when a mailing is done, every row of the ledger is compared
with what the server accepted: no recipient lost, none doubled, and at most one unknown a kill. The exit
status is 1 if that is not so.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.mail_folder import LEDGER
from pipeline.delivery.ledger.states import State
from pipeline.desk.mail.context import open_mail
from pipeline.desk.mail.preparation import send_test
from tests.bench.measuring import REPOSITORY
from tests.support.mail_servers import Script, authority, mail_server
from tests.support.mails import filed_workspace

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace

_MEMBERS: Final = 40
_BOUNDARIES: Final = 16
"""Boundaries a message passes: both sides of what is called for it."""

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
    """

    kills: int = 0
    lost: int = 0
    doubled: int = 0
    unequal: int = 0
    unknown: int = 0
    most_unknown: int = 0
    states: Counter[str] = field(default_factory=Counter)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost, doubled or wrongly recorded."""
        return not (self.lost or self.doubled or self.unequal) and self.most_unknown <= 1


def main(arguments: list[str] | None = None) -> int:
    """Kill, resume, and compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mail_killing", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    tally = kill_sendings(asked.kills, asked.seed)
    sys.stdout.write(
        f"{tally.kills} kills: lost {tally.lost}, doubled {tally.doubled}, rows unlike the server "
        f"{tally.unequal}, unknown {tally.unknown} (at most {tally.most_unknown} a kill); "
        f"{dict(tally.states)}\n"
    )
    return 0 if tally.is_sound else 1


def kill_sendings(kills: int, seed: int) -> Tally:
    """Kill so many processes, in as many runs as it takes.

    Args:
        kills: How many.
        seed: Of the moments.
    """
    chance = random.Random(seed)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder)
        held = authority(root / "tls")
        os.environ["SSL_CERT_FILE"] = str(held.ca)
        while tally.kills < kills:
            with mail_server(held.localhost) as server:
                workspace = _prepared(root / f"w{tally.kills}", server)
                _kill_mailing(workspace, server, chance, kills=kills, tally=tally)
    return tally


def _prepared(root: Path, server: Script) -> Workspace:
    root.mkdir()
    workspace = filed_workspace(root, server.port)
    rows = "".join(f"member{at}@example.bg;;;;\n" for at in range(_MEMBERS))
    path = workspace.root / "mail" / "members.csv"
    path.write_text("Имейл;Име;Език;Групи;Статус\n" + rows, "utf-8")
    mail = open_mail(workspace)
    send_test(mail, mail.shelf.filings[-1], _TO_OFFICE)
    return workspace


def _kill_mailing(
    workspace: Workspace, server: Script, chance: random.Random, *, kills: int, tally: Tally
) -> None:
    """Send one mailing, killed again and again until it is done or `kills` are reached."""
    unknown = 0
    while tally.kills < kills:
        boundary = tally.kills + 1 if tally.kills < _BOUNDARIES else None
        if boundary is None and chance.random() < 0.5:
            # No further than a few messages at a time, so that a run is killed often.
            boundary = chance.randint(1, _BOUNDARIES * 12)
        if not _killed(workspace, boundary, chance):
            break
        tally.kills += 1
        now = _counted(workspace)[State.UNKNOWN] + _counted(workspace)[State.END_OF_DATA]
        tally.most_unknown = max(tally.most_unknown, now - unknown)
        unknown = now
        sys.stderr.write(f"\rkilled {tally.kills}/{kills}")
    while not _is_done(workspace):
        _child(workspace, None).communicate(timeout=120)
    _compare(workspace, server, tally)


def _child(workspace: Workspace, boundary: int | None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.mail_child", str(workspace.root)]
    command += [str(boundary)] if boundary else []
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


def _killed(workspace: Workspace, boundary: int | None, chance: random.Random) -> bool:
    """Let a process send until it is killed; return whether it was killed before it was done."""
    child = _child(workspace, boundary)
    assert child.stdout is not None
    child.stdout.readline()
    if boundary is None:
        time.sleep(chance.uniform(0, 0.25))
        child.kill()
    child.communicate(timeout=120)
    return child.returncode < 0


def _is_done(workspace: Workspace) -> bool:
    state_counts = _counted(workspace)
    return bool(sum(state_counts.values())) and not any(
        state_counts[state] for state in (State.QUEUED, State.SENDING, State.END_OF_DATA, State.DEFERRED)
    )


def _counted(workspace: Workspace) -> dict[State, int]:
    with contextlib.closing(Ledger(workspace.root / "mail" / LEDGER)) as ledger:
        mailings = ledger.mailings()
        return ledger.state_counts(mailings[-1].id) if mailings else dict.fromkeys(State, 0)


def _compare(workspace: Workspace, server: Script, tally: Tally) -> None:
    """Compare every row with what the server accepted."""
    with contextlib.closing(Ledger(workspace.root / "mail" / LEDGER)) as ledger:
        deliveries = ledger.deliveries()
    tally.lost += _MEMBERS - len(deliveries)
    for delivery in deliveries:
        taken = server.taken[delivery.address or ""]
        tally.states[delivery.state] += 1
        tally.doubled += taken > 1
        tally.unknown += delivery.state is State.UNKNOWN
        tally.lost += taken == 0 and delivery.state is not State.UNKNOWN
        tally.unequal += delivery.state is not State.UNKNOWN and (delivery.state is State.SENT) != (
            taken == 1
        )


if __name__ == "__main__":
    sys.exit(main())
