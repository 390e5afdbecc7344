"""Prove the law of the page: `python -m tests.pdf.law [--each N]`, and `--sound N`.

The first harms the pages of a generated issue in every way of `mutations`, and prints how many of each class
the law finds. The second builds N generated issues of 1 to 40 pages in four languages, and prints what it
finds on them, which must be nothing. `--style` says in which style the issues of both are set. `--alike`
builds the sound issues of `look_alikes`, in both styles.
The exit status is 1 where one was missed, or a sound issue was refused.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.models.editions import PRESS, SCREEN
from pipeline.page.engine.faces import isolate_faces
from pipeline.pdf.raster import page_pictures
from tests.support.generated.all_forms import workspace_of_all_forms
from tests.support.generated.deeper_mutations import box_changes, template_changes
from tests.support.generated.further_mutations import further_mutations
from tests.support.generated.issues import STYLES as GENERATED_IN
from tests.support.generated.issues import generated_workspace
from tests.support.generated.law_trials import Trial
from tests.support.generated.mutations import mutations
from tests.support.generated.texts import LANGUAGES
from tests.support.whole_issues.look_alikes import STYLES, look_alike_workspace, look_alikes

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTHS: Final = (1, 2, 3, 4, 6, 9, 14, 40)
_PAGES: Final = 5


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for, and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.pdf.law", description=__doc__)
    parser.add_argument("--each", type=int, default=1, help="mutations of each class and kind of text")
    parser.add_argument("--seed", type=int, default=5, help="what the issue and the words are drawn from")
    parser.add_argument("--sound", type=int, default=0, metavar="N", help="try N sound issues instead")
    parser.add_argument(
        "--alike", action="store_true", help="try issues whose texts look like others instead"
    )
    parser.add_argument("--style", choices=GENERATED_IN, default=GENERATED_IN[0], help="of generated issues")
    parser.add_argument("--only", default="", help="classes that begin so")
    parser.add_argument("--target", default="", help="a kind of text, as `mutations.TARGETS` names them")
    parser.add_argument("--part", default="1/1", metavar="K/N", help="every Nth way, from the Kth on")
    asked = parser.parse_args(arguments)
    isolate_faces()
    with tempfile.TemporaryDirectory(prefix="law-") as folder:
        if asked.alike:
            return _alike(Path(folder))
        if asked.sound:
            return _sound(Path(folder), asked.sound, asked.seed, asked.style)
        return _harmed(Path(folder), asked)


def _harmed(root: Path, asked: argparse.Namespace) -> int:
    first, step = map(int, asked.part.split("/"))
    chance = random.Random(asked.seed)
    if asked.style == GENERATED_IN[0]:
        folder = generated_workspace(root, chance, language="bg", pages=_PAGES, style=asked.style)
    else:
        folder = workspace_of_all_forms(root, chance, asked.style)
    trial = Trial(root, folder)
    if found := trial.findings():
        sys.stdout.write(f"the sound issue is refused: {found[0]}\n")
        return 1
    pixels = _pixels_of(trial.pdf)
    all_of, found_of, same = Counter[str](), Counter[str](), 0
    every = _harms(trial, random.Random(asked.seed), asked.each, asked.only)
    of_target = f"{asked.target}: " if asked.target else ""
    ways = (way for way in every if way[0].startswith(asked.only) and way[1].startswith(of_target))
    for kind, what, html, context in islice(ways, first - 1, None, step):
        try:
            with context:
                findings = trial.findings(html)
        except Exception as error:  # noqa: BLE001 - the engine breaks off: nothing is published either
            sys.stdout.write(f"not printed: {kind} / {what}: {error!r}\n")
            continue
        if not findings and _pixels_of(trial.pdf) == pixels:
            same += 1
            continue
        all_of[kind] += 1
        found_of[kind] += bool(findings)
        if not findings:
            sys.stdout.write(f"MISSED {kind} / {what}\n")
            sys.stdout.flush()
    for kind, count in sorted(all_of.items()):
        sys.stdout.write(f"{kind:40} {found_of[kind]:4} of {count:4}\n")
    sys.stdout.write(f"{'in all':40} {found_of.total():4} of {all_of.total():4}; unchanged pages: {same}\n")
    return int(found_of.total() != all_of.total())


def _harms(
    trial: Trial, chance: random.Random, each: int, only: str
) -> Iterator[tuple[str, str, str, contextlib.AbstractContextManager[object]]]:
    """Yield all ways to harm a page: class, what is harmed, the HTML, and the context to print it in."""
    for change, html in template_changes(trial) if "template".startswith(only) else ():
        yield "template", change, html, contextlib.nullcontext()
    for kind, words, context in box_changes():
        yield kind, words, "", context
    for mutation in mutations(trial.html(), chance, each):
        what = f"{mutation.target}: {mutation.words}"
        yield mutation.kind, what, mutation.html, contextlib.nullcontext()
    for mutation in further_mutations(trial.html()):
        what = f"{mutation.target}: {mutation.words}"
        yield mutation.kind, what, mutation.html, contextlib.nullcontext()


def _pixels_of(pdf: bytes) -> list[bytes]:
    """Return the pages' pixels: a mutation that changes none has harmed nothing."""
    return [picture.tobytes() for picture in page_pictures(pdf, 72)]


def _sound(root: Path, count: int, seed: int, style: str) -> int:
    refused = 0
    for number in range(count):
        chance = random.Random(seed * 1000 + number)
        language, pages = LANGUAGES[number % len(LANGUAGES)], _LENGTHS[number // 4 % len(_LENGTHS)]
        edition = PRESS if number % 5 == 4 else SCREEN
        workspace = root / str(number)
        folder = generated_workspace(workspace, chance, language=language, pages=pages, style=style)
        trial = Trial(workspace, folder, edition)
        findings = trial.findings()
        refused += bool(findings)
        what = f"{number:3} {language} {edition.name:6} {trial.pages:3} pages"
        sys.stdout.write(f"{what}: {len(findings)} found\n")
        for finding in findings[:5]:
            sys.stdout.write(f"    {finding.code} {finding.place} {finding.page} {dict(finding.values)}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{count - refused} of {count} without a finding\n")
    return int(bool(refused))


def _alike(root: Path) -> int:
    refused = tried = 0
    for number, issue in enumerate(look_alikes()):
        for style in STYLES:
            workspace = root / f"{number}-{style}"
            findings = Trial(workspace, look_alike_workspace(workspace, issue, style)).findings()
            tried, refused = tried + 1, refused + bool(findings)
            sys.stdout.write(f"{issue.name}, {style}: {len(findings)} found\n")
            for finding in findings[:5]:
                sys.stdout.write(
                    f"    {finding.code} {finding.place} {finding.page} {dict(finding.values)}\n"
                )
            sys.stdout.flush()
    sys.stdout.write(f"{tried - refused} of {tried} without a finding\n")
    return int(bool(refused))


if __name__ == "__main__":
    sys.exit(main())
