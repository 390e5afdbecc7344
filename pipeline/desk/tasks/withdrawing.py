"""A picture or an article taken out of all that is filed, as work that tells how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.desk.tasks.telling import told_steps
from pipeline.files.workspace import Workspace
from pipeline.page.engine.faces import isolate_faces

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pipeline.findings.progress import Progress


class WithdrawalRequest(NamedTuple):
    """What is to be taken out.

    Args:
        root: The workspace.
        wanted: The picture or article, as `plan_withdrawal` takes it.
        reason: Why; it stays in the record.
        confirmed: How many filings were confirmed to be made anew.
        language: Of messages.
        today: The officer's day.
    """

    root: str
    wanted: str
    reason: str
    confirmed: int
    language: str
    today: dt.date


def withdrawing(request: WithdrawalRequest) -> Iterator[dict[str, Any]]:
    """Take it out; yield steps, and last its record as `result`; empty where it was out before."""
    from pipeline.desk.archive.withdrawing import withdraw  # noqa: PLC0415 - the work's process alone

    isolate_faces()

    def work(progress: Progress) -> dict[str, Any]:
        done = withdraw(
            Workspace(Path(request.root)),
            request.wanted,
            request.reason,
            request.today,
            request.confirmed,
            progress,
        )
        return {"name": done.name if done is not None else ""}

    return told_steps(work, request.language)
