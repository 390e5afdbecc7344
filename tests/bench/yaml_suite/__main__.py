"""Read all cases of the YAML test suite: `python -m tests.bench.yaml_suite PATH/data`.

The exit status is 1 where a case raises anything but findings, or is read without a finding and not whole.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.yaml_suite import cases, outcome


def main(folder: Path) -> int:
    """Print how many cases are read whole and how many have findings, and each fault."""
    outcomes = [(case, outcome(case)) for case in cases(folder)]
    faults = [(case, each.fault) for case, each in outcomes if each.fault]
    found = sum(1 for _, each in outcomes if each.codes)
    lenient = [case.name for case, each in outcomes if case.invalid and not each.codes]
    lines = [
        f"{len(outcomes)} cases: {found} with findings, {len(faults)} faults",
        f"invalid, and read without a finding: {', '.join(lenient) or 'none'}",
        *(f"{case.name}: {case.text!r}: {fault}" for case, fault in faults),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if faults or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
