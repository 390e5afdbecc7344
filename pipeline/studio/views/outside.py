"""What others change in the files is told to the open pages, once it was quiet."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from pipeline.desk.writing.changes import Changes
from pipeline.studio.views.wording.program_faults import write_fault

if TYPE_CHECKING:
    from pipeline.studio.views.state import StudioState

_UNTIL_BEGUN: Final = 1.0


async def watch(state: StudioState) -> None:
    """Tell what changes, from the first day on, until the task is ended.

    Args:
        state: Whose workspace is watched, and whose pages are told.
    """
    while (workspace := state.begun) is None:
        await asyncio.sleep(_UNTIL_BEGUN)
    changes = Changes(workspace)
    try:
        async for paths in changes:
            told: dict[str, list[str]] = {}
            for path in sorted(paths):
                _, issue, *rest = path.split("/", 2) if path.count("/") > 1 else ("", "", path)
                told.setdefault(issue, []).append(rest[0])
            for issue, names in told.items():
                state.news.tell("changed", {"issue": issue, "paths": names})
    except Exception as fault:  # noqa: BLE001 - nobody waits for this task, so that it is written down here
        write_fault(fault, state.log)
    finally:
        changes.stop()
