"""Read all examples of CommonMark's specification: `python -m tests.bench.commonmark PATH/spec.txt`.

The exit status is 1 where an example is neither refused at its line nor read with all its words and numbers.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.bench.commonmark import examples, outcome


def main(path: Path) -> int:
    """Print how many examples are read and refused, and each fault."""
    outcomes = [(example, outcome(example)) for example in examples(path.read_text("utf-8"))]
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
    return 1 if faults or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
