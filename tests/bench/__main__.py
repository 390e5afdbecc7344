"""Measure the budgets and print the table: `python -m tests.bench [ROW…] [--pairs N]`.

The exit status is 1 when a budget does not hold, or could not be measured: the other rows are.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.bench.budgets import ROWS, Bench, Row, SkippedError

_HEAD: Final = ("what", "against", "ours", "theirs", "ratio", "limit", "holds")


def measured(row: Row, bench: Bench) -> tuple[tuple[str, ...], bool]:
    """Measure a budget; returns its line of the table, and whether it holds."""
    limit = f"{row.limit:g}" + (f" (aim {row.aim:g})" if row.aim else "")
    try:
        both = row.measure(bench)
    except SkippedError as reason:
        return (row.what, row.against, "–", "–", "–", limit, f"skipped: {reason}"), True
    except RuntimeError as fault:
        sys.stderr.write(f"{fault}\n")
        return (row.what, row.against, "–", "–", "–", limit, "NO: could not be measured"), False
    ratio = both.ours / both.theirs
    holds = ratio <= row.limit
    sides = (f"{both.ours:.2f} {both.unit}", f"{both.theirs:.2f} {both.unit}")
    against = f"{row.against} ({both.words})" if both.words else row.against
    return (row.what, against, *sides, f"{ratio:.2f}", limit, "yes" if holds else "NO"), holds


def main(arguments: list[str] | None = None) -> int:
    """Measure the rows asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; all when left out")
    parser.add_argument("--pairs", type=int, default=5, help="how many pairs a ratio is the median of")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.rows if name not in ROWS]:
        parser.error(f"no such row: {', '.join(unknown)}")
    lines: list[tuple[str, ...]] = [_HEAD]
    kept = True
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bench = Bench(Path(folder), asked.pairs)
        for name in asked.rows or ROWS:
            sys.stderr.write(f"measuring: {ROWS[name].what} / {ROWS[name].against}\n")
            line, holds = measured(ROWS[name], bench)
            lines.append(line)
            kept &= holds
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
