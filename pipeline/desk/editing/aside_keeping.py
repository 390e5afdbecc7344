"""How long an issue is kept that was taken out, as long as words in the history, and what room it takes."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from pipeline.desk.editing.setting_aside import aside_names, day_mark, delete_aside
from pipeline.desk.writing.history.history import ASIDE
from pipeline.desk.writing.history.thinning import LONGEST
from pipeline.files.owned_files import hold_within
from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.finding import BulletinError

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace


class AsideKept(NamedTuple):
    """What is kept of an issue that was taken out.

    Args:
        size: Bytes of its files.
        until: The last day on which it can be put back.
    """

    size: int
    until: dt.date


def kept_aside(workspace: Workspace, today: dt.date) -> dict[str, AsideKept]:
    """Return what is kept of each issue that was taken out, by its name.

    Of one whose day is not known, it is counted from today on. Nothing is told where a link leads out of the
    workspace.

    Args:
        workspace: The workspace.
        today: The officer's day.
    """
    folder = workspace.root / ASIDE
    try:
        hold_within(workspace.root, folder)
    except BulletinError:
        return {}
    names = aside_names(workspace)
    return {name: AsideKept(_size(folder / name), _since(folder, name, today) + LONGEST) for name in names}


def age_out(workspace: Workspace, today: dt.date) -> list[str]:
    """Delete the issues whose time is over, and return their names.

    Raises:
        BulletinError: As `delete_aside`.
    """
    old = [name for name, kept in kept_aside(workspace, today).items() if kept.until < today]
    for name in old:
        delete_aside(workspace, name)
    return old


def _since(folder: Path, name: str, today: dt.date) -> dt.date:
    """Return the day on which an issue was taken out, as the file beside it says; today where none does."""
    mark = day_mark(folder, name)
    with contextlib.suppress(OSError, ValueError):
        return min(dt.date.fromisoformat(mark.read_text("ascii").strip()), today)
    # Where it cannot be written, it is counted anew with each look: nothing goes too early.
    with contextlib.suppress(BulletinError):
        write_atomically(mark, f"{today.isoformat()}\n".encode())
    return today


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() or path.is_symlink())
