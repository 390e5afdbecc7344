"""Mails by rule, imported one after the other: `python -m tests.bench.arriving_mail [NAME]`.

Every letter of `tests.importing.by_rule.letters`, or those whose name has NAME in it, is imported into an
empty folder. What was neither placed nor listed is printed; the exit status is 1 if there is any.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.importing.by_rule.judging import fault_of_letter
from tests.importing.by_rule.letters import letters


def main(arguments: list[str]) -> int:
    wanted = arguments[0] if arguments else ""
    count, faults = 0, 0
    for letter in letters():
        if wanted not in letter.name:
            continue
        count += 1
        with tempfile.TemporaryDirectory() as folder:
            if fault := fault_of_letter(Path(folder), letter):
                faults += 1
                sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{count} letters, {faults} neither placed nor listed\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
