"""The printing condition a publication asks for: paper, ICC profile and ink limit."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.owned_files import RefusedNameError, load, owned_file
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of
from pipeline.models.press_plan import Paper
from pipeline.models.printing_conditions import PrintingCondition

if TYPE_CHECKING:
    from pipeline.models.press_plan import PressPlan

COATED: Final = Path(__file__).with_name("profiles") / "ISOcoated_v2_300_bas.icc"
"""ISO Coated v2 300 %: offset on coated paper, characterised by FOGRA39 (ISO 12647-2:2004)."""

_REGISTERED: Final = "FOGRA39"
_LIMITS: Final = {Paper.COATED: 300, Paper.UNCOATED: 280}

_LARGEST: Final = 8_000_000
"""The most bytes of a profile; the largest in use have about three million."""

_PUBLICATION: Final = Place("issues/publication.yaml")


class OwnProfile(NamedTuple):
    """The profile of a print shop.

    Args:
        info: Its own description, for people.
        data: The file.
    """

    info: str
    data: bytes


def condition_of(plan: PressPlan, issues: Path | None, place: Place = _PUBLICATION) -> PrintingCondition:
    """Return the printing condition of a publication.

    Args:
        plan: The field “press” of publication.yaml.
        issues: The folder of the print shop's profile; None where there is no workspace.
        place: The place of the field, for findings.

    Raises:
        IssueError: Uncoated paper without a profile (E73), or a file that is no profile of four
            inks (E74), or lies outside.
    """
    limit = plan.ink_limit or _LIMITS[plan.paper]
    own = own_profile(plan, issues, place)
    name, info, data = (_REGISTERED, "ISO Coated v2 300%", _coated()) if own is None else ("Custom", *own)
    return PrintingCondition(name, info, data, ink_limit=limit, paper=plan.paper.value)


def own_profile(plan: PressPlan, issues: Path | None, place: Place = _PUBLICATION) -> OwnProfile | None:
    """Return the profile that a publication names, or None where it names none.

    Args:
        plan: The field “press” of publication.yaml.
        issues: The folder of the print shop's profile; None where there is no workspace.
        place: The place of the field, for findings.

    Raises:
        IssueError: As `condition_of`.
    """
    if plan.profile is None or issues is None:
        if plan.paper is Paper.UNCOATED:
            raise IssueError([found("E73", place)])
        return None
    try:
        data = load(owned_file(issues, plan.profile), _LARGEST)
    except RefusedNameError as refused:
        raise IssueError([found(refused.code, place, name=plan.profile, guess="")]) from refused
    except OSError as error:
        problem = reason_of(error)
        raise IssueError([found("E89", place, name=plan.profile, problem=problem)]) from error
    from pipeline.page.pictures.inks import description_of  # noqa: PLC0415 - Pillow loads only for a profile of their own

    info = description_of(data)
    if info is None:
        raise IssueError([found("E74", place, name=plan.profile)])
    return OwnProfile(info, data)


@functools.cache
def _coated() -> bytes:
    return COATED.read_bytes()
