"""`python -m tests.bench.hostile_pdfs [FILES]`: 200 hostile PDFs, none over 20 s or 600 MB, no traceback.

Seconds are those of the processor, of the command with the process that reads the file; memory is the most
that either has.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.models.editions import EDITIONS
from tests.hostile.pdfs import hostile

SECONDS: Final = 20.0
MEGABYTES: Final = 600.0
_FILES: Final = 200
_MEASURED: Final = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss, done.stdout]))
"""
"""Runs a command, and tells its status, seconds, kilobytes and output."""


class Judged(NamedTuple):
    """What the command said of a file, and what it took."""

    status: int
    output: str
    seconds: float
    megabytes: float

    @property
    def faults(self) -> list[str]:
        """What it may not do."""
        faults = [f"{self.seconds:.0f} s"] * (self.seconds > SECONDS)
        faults += [f"{self.megabytes:.0f} MB"] * (self.megabytes > MEGABYTES)
        faults += [f"status {self.status}"] * (self.status not in {0, 1})
        return faults + [word for word in ("Traceback", "E127") if word in self.output]


def judge(path: Path, edition: str) -> Judged:
    """Check a file with the command."""
    command = ["preflight", str(path), "--edition", edition]
    # A process begins with the memory of the one that starts it: a small one lies between.
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, sys.executable, "-m", "pipeline", "--language", "en", *command],
        capture_output=True,
        text=True,
        check=True,
    )
    status, seconds, kilobytes, output = json.loads(done.stdout)
    return Judged(status, output, seconds, kilobytes / 1000)


def main(count: int) -> int:
    """Check so many files; return how many of them are past a bound."""
    editions = list(EDITIONS)
    worst, past = Judged(0, "", 0, 0), 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            path = Path(folder) / f"{seed}.pdf"
            name = editions[seed // 13 % len(editions)]
            path.write_bytes(hostile(seed, EDITIONS[name]))
            judged = judge(path, name)
            path.unlink()
            worst = worst._replace(
                seconds=max(worst.seconds, judged.seconds), megabytes=max(worst.megabytes, judged.megabytes)
            )
            sys.stderr.write(f"\rjudged {seed + 1}/{count}, past a bound {past}")
            if judged.faults:
                past += 1
                sys.stdout.write(f"file {seed} as {name}: {', '.join(judged.faults)}\n")
                sys.stdout.flush()
    most = f"at most {worst.seconds:.1f} s, {worst.megabytes:.0f} MB"
    sys.stdout.write(f"{count} hostile files: {most}; past a bound: {past}\n")
    return past


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else _FILES) > 0)
