"""`python -m tests.bench.two_hands.killing [--kills 40] [--seed 1]`: a kill loses no accepted word.

A process saves one word after the other and tells each that was accepted. It is killed at a seeded one of its
steps on the disk: before a file is made, exchanged, renamed, linked or deleted, or after it is exchanged.
Then every word it told is in the file or in the history, the file is whole, and saving goes on.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.disk.settled import PATIENCE
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.history.store import HISTORY
from pipeline.desk.writing.results import ArticleChange, Saved
from pipeline.files.workspace import Workspace
from tests.bench.measuring import REPOSITORY
from tests.bench.two_hands.hands import ISSUE, NAME, PATH, WORD, Hands

MOST_STEPS: Final = 250
"""Steps on the disk of the process, from opening to its last word."""

_PROGRAM: Final = """
import os, pathlib, signal, sys
from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.disk import replacing, settled
from pipeline.desk.writing.results import ArticleChange, Conflict
from pipeline.files.workspace import Workspace
root, moment, issue, name = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
settled.PATIENCE.quiet = 0.03
steps = 0
def step():
    global steps
    steps += 1
    if steps == moment:
        os.kill(os.getpid(), signal.SIGKILL)
def count(event, arguments):
    if event not in ("open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.link", "os.truncate"):
        return
    path = arguments[0]
    if isinstance(path, int) or not os.fsdecode(path).startswith(root):
        return
    if event != "open" or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR):
        step()
exchanged = replacing._exchanged
def exchange(one, other):
    step()
    done = exchanged(one, other)
    step()
    return done
replacing._exchanged = exchange
sys.addaudithook(count)
workspace = Workspace(pathlib.Path(root))
opened = open_article(workspace, issue, name)
version, text = opened.version, opened.text
for number in range(12):
    word = f"дума{1000 + number}"
    changed = text.replace("Край.", f"{word} Край.")
    if number % 3 == 2:
        # Somebody else was here.
        path = workspace.issues / issue / name
        aside = path.with_name(".other")
        aside.write_bytes(path.read_bytes().replace("Абзац 0".encode(), f"Абзац 0 външна{number}".encode()))
        aside.replace(path)
    result = save_article(workspace, issue, name, version, ArticleChange(text=changed), "A")
    print(word, flush=True)
    if not isinstance(result, Conflict):
        version = result.version
        text = (workspace.issues / issue / name).read_text("utf-8")
print("steps", steps, flush=True)
"""


def main(arguments: list[str] | None = None) -> int:
    """Kill, and look for the words."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.two_hands.killing", description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    faults = words = 0
    for number in range(asked.kills):
        with tempfile.TemporaryDirectory(prefix="kills-") as folder:
            found, accepted = kill_once(Path(folder), asked.seed * 1000 + number)
        words += accepted
        faults += len(found)
        for fault in found:
            sys.stdout.write(f"kill {number}: {fault}\n")
        sys.stderr.write(f"\rkilled {number + 1}/{asked.kills}, faults {faults}")
    sys.stderr.write("\n")
    sys.stdout.write(f"{asked.kills} kills, {words} accepted words, {faults} faults\n")
    return 1 if faults else 0


def kill_once(root: Path, seed: int) -> tuple[list[str], int]:
    """Kill a process at a seeded step; return what is wrong after it, and how many words it told."""
    PATIENCE.quiet = 0.03
    draw = random.Random(seed)
    Hands(root, draw)
    moment = draw.randrange(1, MOST_STEPS)
    command = [sys.executable, "-c", _PROGRAM, str(root), str(moment), ISSUE, NAME]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    run = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    if run.returncode not in {-9, 0}:
        return [run.stderr[-400:]], 0
    return list(_faults(root, WORD.findall(run.stdout))), len(WORD.findall(run.stdout))


def _faults(root: Path, accepted: list[str]) -> list[str]:
    faults = []
    workspace = Workspace(root)
    history = History(workspace)
    now = (root / PATH).read_bytes() if (root / PATH).exists() else b""
    if not now.endswith("Край.\n".encode()):
        faults.append("the file is half")
    opened = open_article(workspace, ISSUE, NAME)
    result = save_article(
        workspace, ISSUE, NAME, opened.version, ArticleChange(text=opened.text + "\nОще.\n"), "B"
    )
    if not isinstance(result, Saved) or result.version != version_of((root / PATH).read_bytes()):
        faults.append("saving does not go on")
    texts = [history.text(each.version) for each in history.versions(PATH)]
    there = {word for text in texts for word in WORD.findall(text)}
    faults += [f"{word} is lost" for word in accepted if word not in there]
    outside = set(re.findall(r"външна\d+", now.decode()))
    faults += [f"{word} is lost" for word in outside if not any(word in text for text in texts)]
    left = [path.name for path in (root / HISTORY / "aside").iterdir()]
    return faults + [f"{name} is left" for name in left]


if __name__ == "__main__":
    raise SystemExit(main())
