"""Prove the laws of the site and the mail: `python -m tests.html_checks [--each N]`.

It harms a page of the site and the HTML of a mail in every way of `html_mutations`, and prints how many of
each class the laws find. The exit status is 1 where one was missed, or a sound page was refused.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.html_checks.harming import mail_subject, site_subject


def main(arguments: list[str] | None = None) -> int:
    """Run the harms and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.html_checks", description=__doc__)
    parser.add_argument("--each", type=int, default=1, help="harms of each class")
    parser.add_argument("--seed", type=int, default=5, help="what the words are drawn from")
    parser.add_argument("--only", default="", help="classes that begin so")
    asked = parser.parse_args(arguments)
    missed = 0
    with tempfile.TemporaryDirectory(prefix="laws-") as folder:
        for subject in (site_subject(Path(folder) / "site"), mail_subject(Path(folder) / "mail")):
            if found := subject.findings(subject.html):
                sys.stdout.write(f"the sound {subject.name} is refused: {found[0]}\n")
                missed += 1
            all_of, found_of = Counter[str](), Counter[str]()
            for number in range(asked.each):
                for harm in subject.harms(random.Random(asked.seed + number)):
                    if not harm.kind.startswith(asked.only):
                        continue
                    all_of[harm.kind] += 1
                    if subject.findings(harm.html):
                        found_of[harm.kind] += 1
                    else:
                        sys.stdout.write(f"MISSED {subject.name}: {harm.kind} / {harm.what[:300]}\n")
                        sys.stdout.flush()
            for kind, count in sorted(all_of.items()):
                sys.stdout.write(f"{subject.name:6}{kind:40} {found_of[kind]:4} of {count:4}\n")
            sys.stdout.write(f"{subject.name:6}{'in all':40} {found_of.total():4} of {all_of.total():4}\n")
            missed += all_of.total() - found_of.total()
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
