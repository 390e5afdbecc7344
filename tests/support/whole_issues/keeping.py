"""What `check` passes is built: one generated issue, checked and built."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.intake.checking import check
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.codes.register import NEEDS_ENGINE
from pipeline.findings.finding import BulletinError, errors
from pipeline.models.editions import EDITIONS
from tests.support.whole_issues.odd_issues import STYLES, odd_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.finding import Finding

BUILDS: Final = (("screen", True), ("press", False), ("archive", False))
"""A PDF edition, and whether the mail edition is built with it."""

OF_THE_LAYOUT: Final = frozenset({"E190", "E191", "E192", "E193"})
"""What `check` cannot say before pages are laid out; and yet the officer was told that all is well."""


class Kept(NamedTuple):
    """What became of a generated issue.

    Args:
        refused: The codes for which `check` refused it; nothing was built then.
        broken: The errors of the build that `check` should have said, or that are the program's own, such as
            those of the law of the page, or for which what was passed cannot be laid out.
    """

    refused: tuple[str, ...]
    broken: tuple[Finding, ...]


def keeps(seed: int, root: Path, style: str = STYLES[0]) -> Kept:
    """Write the issue of a seed, check it, and build one of its editions where it has no errors.

    Args:
        seed: Makes all choices, that of the edition too.
        root: An empty folder.
        style: One of `odd_issues.STYLES`.
    """
    chance = random.Random(seed)
    edition, mail = chance.choice(BUILDS)
    folder = odd_workspace(root / "w", chance, style)
    workspace = Workspace(root / "w")
    refused = errors(check(folder, workspace, spelling=False))
    if refused:
        return Kept(tuple(sorted({each.code for each in refused})), ())
    request = BuildRequest(folder, workspace, root / "out", editions=(EDITIONS[edition],), mail=mail)
    try:
        build(request)
    except BulletinError as fault:
        excused = NEEDS_ENGINE.keys() - OF_THE_LAYOUT
        broken = tuple(each for each in errors(fault.findings) if each.code not in excused)
        return Kept((), broken)
    return Kept((), ())
