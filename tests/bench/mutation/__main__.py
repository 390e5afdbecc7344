"""Change the program a little, many times, and see whether its tests notice.

`python -m tests.bench.mutation [--modules law reading …] [--sample 60] [--seed 1] [--jobs 1]`

A sample is drawn of the changes that the rules of `changes` allow, the same number for each part. Each is
made in a copy of the repository, and the cheapest tests of that part that execute the changed lines are run
until one fails. What no test noticed is listed: it wants a test, or an entry with a reason in
`equivalents.toml`.

The exit status is 1 when fewer than 92 % were noticed in any part, or an entry of that file matches nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.measuring import REPOSITORY
from tests.bench.mutation.changes import changes_of
from tests.bench.mutation.equivalents import entry, equivalents, is_equivalent, out_of_date
from tests.bench.mutation.groups import GROUPS
from tests.bench.mutation.records import Records, chosen
from tests.bench.mutation.trials import Trial, Verdict, tried

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.mutation.changes import Change
    from tests.bench.mutation.equivalents import Equivalent
    from tests.bench.mutation.groups import Group

LEAST: Final = 0.92
"""The share of changes that the tests of each part must notice."""


def main(arguments: list[str] | None = None) -> int:
    """Draw, try and tell."""
    asked = _parser().parse_args(arguments)
    named = equivalents()
    old = out_of_date(named, REPOSITORY)
    for each in old:
        sys.stdout.write(f"equivalents.toml: nothing in {each.module} matches any more: {each.before}\n")
    if old:
        sys.stdout.write(
            "Look at these lines again: name the change anew, with its reason, or remove the entry.\n"
        )
        return 1
    groups = [GROUPS[name] for name in asked.modules]
    records = Records(asked.record)
    records.renew(groups)
    trials = [
        trial
        for group in groups
        for trial in _trials(group, asked.sample, asked.seed, asked.seconds, records, named)
    ]
    if asked.only:
        trials = [trial for trial in trials if trial.change.key() in asked.only]
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        verdicts = tried(trials, records.libraries, Path(folder), asked.jobs, _tell)
    return _told(groups, verdicts)


def _parser() -> argparse.ArgumentParser:
    words = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.mutation", description=__doc__, formatter_class=words
    )
    parser.add_argument("--modules", nargs="+", choices=list(GROUPS), default=list(GROUPS), metavar="PART")
    parser.add_argument("--sample", type=int, default=60, help="how many changes of each part")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws others")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes work beside each other")
    parser.add_argument("--seconds", type=float, default=15, help="how long the tests of a change may take")
    parser.add_argument("--only", nargs="+", metavar="KEY", help="of the changes drawn, only these")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser.add_argument(
        "--record",
        type=Path,
        default=cache / "bulletin-tests" / "reach.json",
        help="what the tests reach, kept",
    )
    return parser


def drawn(group: Group, size: int, seed: int, root: Path = REPOSITORY) -> list[tuple[str, Change]]:
    """Draw changes of a part: by a hash of each with the seed, so that edits elsewhere draw no others.

    Args:
        group: The part.
        size: How many; fewer where there are no more.
        seed: What they are drawn by.
        root: The repository.

    Returns:
        The module, from the repository, and the change; no two of one line.
    """
    found = []
    for path in group.modules(root):
        module = path.relative_to(root).as_posix()
        for change in changes_of(path.read_bytes()):
            rank = hashlib.sha256(f"{seed}\n{module}\n{change.key()}".encode()).hexdigest()
            found.append((rank, module, change))
    taken: dict[tuple[str, int], Change] = {}
    for _, module, change in sorted(found):
        if len(taken) < size:
            taken.setdefault((module, change.line), change)
    return [(module, change) for (module, _), change in taken.items()]


def _trials(
    group: Group, size: int, seed: int, seconds: float, records: Records, named: Sequence[Equivalent]
) -> Iterator[Trial]:
    for module, change in drawn(group, size, seed):
        if not is_equivalent(module, change, named):
            tests = chosen(change, module, records.of(group, module), seconds)
            costs = sum(each.cost() for each in tests)
            yield Trial(group.name, module, change, tuple(each.test for each in tests), costs)


def _tell(verdict: Verdict) -> None:
    change = verdict.trial.change
    said = "noticed" if verdict.noticed else "SURVIVED"
    place = f"{verdict.trial.module}:{change.line}"
    sys.stderr.write(f"{said} in {verdict.seconds:.1f} s: {place} {change.kind}: {verdict.by}\n")


def _told(groups: Sequence[Group], verdicts: Sequence[Verdict]) -> int:
    for verdict in verdicts:
        if not verdict.noticed:
            trial = verdict.trial
            sys.stdout.write(f"\n{trial.module}:{trial.change.line}: {trial.change.kind}; {verdict.by}\n")
            sys.stdout.write(entry(trial.module, trial.change))
    sys.stdout.write(f"\n{'part':<12}{'changes':>8}{'noticed':>8}{'survived':>9}{'share':>8}\n")
    kept = True
    for group in groups:
        own = [verdict for verdict in verdicts if verdict.trial.group == group.name]
        noticed = sum(verdict.noticed for verdict in own)
        share = noticed / len(own) if own else 1.0
        kept = kept and share >= LEAST
        row = f"{group.name:<12}{len(own):>8}{noticed:>8}{len(own) - noticed:>9}{share:>8.1%}"
        sys.stdout.write(row + ("" if share >= LEAST else "  too few") + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
