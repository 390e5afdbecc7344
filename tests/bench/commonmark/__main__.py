"""Read all examples of CommonMark: `python -m tests.bench.commonmark PATH/spec.txt [--pages]`.

With `--pages` those that are read are also laid out, with the mail, under the law of the page. The exit
status is 1 where an example is neither refused at its line nor read, and printed, whole.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.commonmark import examples, outcome
from tests.bench.commonmark.laying_out import laid_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.commonmark import Example


def main() -> int:
    """Print how many examples are read and refused, and each fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.commonmark", description=__doc__)
    parser.add_argument("specification", type=Path, help="spec.txt of npm's commonmark-spec")
    parser.add_argument("--pages", action="store_true", help="lay out what is read")
    asked = parser.parse_args()
    outcomes = [(each, outcome(each)) for each in examples(asked.specification.read_text("utf-8"))]
    faults = [(example, each.fault) for example, each in outcomes if each.fault]
    refused = [each.refused for _, each in outcomes if each.refused]
    codes = Counter(code for each in refused for code in each)
    read = len(outcomes) - len(refused) - len(faults)
    lines = [
        f"{len(outcomes)} examples: {read} read, {len(refused)} refused at a line, {len(faults)} faults",
        "refused with " + ", ".join(f"{code} ({count})" for code, count in sorted(codes.items())),
        *(f"example {example.number}: {example.markdown!r}: {fault}" for example, fault in faults),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    wrong = bool(faults) or not outcomes
    if asked.pages:
        wrong |= _print_pages([example for example, each in outcomes if not each.refused and not each.fault])
    return 1 if wrong else 0


def _print_pages(read: Sequence[Example]) -> bool:
    """Lay examples out and print what became of them; returns whether anything was wrong."""
    outcomes = list(laid_out(read))
    broken = [each for each in outcomes if each.broken]
    refused = Counter(code for each in outcomes for code in set(each.refused))
    printed = sum(not each.refused and not each.broken for each in outcomes)
    sys.stdout.write(
        f"{len(outcomes)} laid out: {printed} printed whole, {sum(bool(each.refused) for each in outcomes)} "
        f"refused by check {dict(refused.most_common())}, {len(broken)} faults\n"
    )
    for each in broken:
        sys.stdout.write(f"example {each.number}: {', '.join(each.broken)}\n")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
