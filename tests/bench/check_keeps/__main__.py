"""What `check` passes is built, over generated odd issues.

`python -m tests.bench.check_keeps [--examples 500] [--from 0] [--style NAME]`: each example is a whole issue
of odd and yet legal content, made from its number, in one of the styles, checked, and where `check` finds no
error, built in one of the editions. What is said of an issue is tried again by its number and style: `--from
NUMBER --examples 1 --style NAME`. The exit status is 1 where a build is stopped by an error that `check` did
not say, one of the layout or of the law of the page included, and that does not depend on the machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pipeline.page.engine.faces import isolate_faces
from tests.support.whole_issues.keeping import keeps
from tests.support.whole_issues.odd_issues import STYLES


def main(arguments: list[str] | None = None) -> int:
    """Check and build, and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.check_keeps", description=__doc__)
    parser.add_argument("--examples", type=int, default=500)
    parser.add_argument("--from", type=int, default=0, dest="first", help="the number of the first issue")
    parser.add_argument("--style", choices=STYLES, help="all issues in this one, as “bulletin 1”")
    asked = parser.parse_args(arguments)
    isolate_faces()
    refused: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    built = 0

    styles = (asked.style,) if asked.style else STYLES
    for number in range(asked.first, asked.first + asked.examples):
        style = styles[number % len(styles)]
        with tempfile.TemporaryDirectory() as folder:
            kept = keeps(number, Path(folder), style)
        refused.update(kept.refused)
        built += not kept.refused and not kept.broken
        broken.update({each.code for each in kept.broken})
        for each in kept.broken:
            sys.stdout.write(f"issue {number} in {style}: {each.code} {each.place} {dict(each.values)}\n")
            sys.stdout.flush()

    sys.stdout.write(f"{asked.examples} issues; {built} without errors for check, and built\n")
    sys.stdout.write(f"refused by check: {dict(refused.most_common())}\n")
    sys.stdout.write(f"stopped by build alone: {dict(broken.most_common()) or 'none'}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
