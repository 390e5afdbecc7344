"""Withdrawing a picture or an article from everything that was filed, and what is made anew for it.

The sources get a stand-in: a grey picture of the same size, or a notice that an article was withdrawn. Every
filing that had the original is built anew from them, as a rebuild would; so PDFs, site, search and restored
workspaces say where something is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.archive.filing_record import hash_of
from pipeline.archive.search.catalogue import forget
from pipeline.archive.shelf import Shelf
from pipeline.archive.withdrawal_record import METADATA
from pipeline.archive.withdrawing import (
    Change,
    WithdrawalContent,
    complete_withdrawals,
    store_withdrawal,
)
from pipeline.desk.archive.building_from_sources import build_from_sources
from pipeline.desk.archive.stand_ins import Named, cleaned_pictures, named_in, stand_ins
from pipeline.files.cache import Cache, default_folder
from pipeline.files.program.own_files import program_hashes
from pipeline.files.program.versions import versions
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import ArchiveError, BulletinError, found
from pipeline.findings.progress import Progress, silent
from pipeline.pdf.finishing.archive_sources import program_in_force

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.withdrawal_record import Withdrawal
    from pipeline.files.workspace import Workspace


class WithdrawalPlan(NamedTuple):
    """What a withdrawal would do.

    Args:
        what: The pictures and articles that go, as `2023-12-20/images/x.jpg`.
        filings: The filings they are in, in the order they were filed.
        replaced: The new content of each source that changes, by the SHA-256 of the old one.
    """

    what: tuple[str, ...]
    filings: tuple[Filing, ...]
    replaced: Mapping[str, bytes]


def plan_withdrawal(shelf: Shelf, wanted: str, today: dt.date) -> WithdrawalPlan:
    """Return what would be withdrawn, without writing anything.

    Args:
        shelf: The archive.
        wanted: A picture or an article with its issue, as `2023-12-20/images/x.jpg` or `2023-12-20/a.md`; the
            issue may be left out where only one has it. `METADATA` for what pictures' files tell besides.
        today: The day, which the stand-ins name.

    Returns:
        The plan; without filings where it was withdrawn before, or nothing tells anything besides.

    Raises:
        ArchiveError: Nothing filed is called so (E205), or the archive is damaged.
        IssueError: A filed issue cannot be read.
    """
    if wanted == METADATA:
        replaced, what = cleaned_pictures(shelf), (METADATA,)
    else:
        named = named_in(shelf, wanted)
        replaced, what = _replaced(shelf, named, today), (named.name,)
    held = tuple(
        filing
        for filing in shelf.filings
        if any(stored.sha256 in replaced for stored in filing.sources.values())
    )
    return WithdrawalPlan(what, held, replaced)


def withdraw(
    workspace: Workspace,
    wanted: str,
    reason: str,
    today: dt.date,
    confirmed: int,
    progress: Progress = silent,
) -> Withdrawal | None:
    """Withdraw a picture or an article.

    Args:
        workspace: The workspace of the archive.
        wanted: As `plan_withdrawal` takes it.
        reason: Why, which stays in the record.
        today: The day.
        confirmed: How many filings are concerned, as the plan said.
        progress: Callback for each step.

    Returns:
        The withdrawal; None where it was in effect already, and at most completed now.

    Raises:
        ArchiveError: As for the plan; or other filings are concerned than were confirmed (E207), or one
            cannot be made anew (E206); nothing was withdrawn.
        PressError: A file cannot be written (E83).
    """
    shelf = Shelf(workspace)
    with locked(shelf.lock):
        complete_withdrawals(shelf)
        shelf = Shelf(workspace)
        plan = plan_withdrawal(shelf, wanted, today)
        if not plan.filings:
            return None
        if len(plan.filings) != confirmed:
            raise ArchiveError([found("E207", None, count=len(plan.filings), confirmed=confirmed)])
        withdrawal = store_withdrawal(_content(plan, shelf, reason, progress), shelf, today)
    forget(Shelf(workspace))
    # It may hold the picture as pages needed it, and files built with it.
    Cache(default_folder()).prune(0)
    return withdrawal


def _replaced(shelf: Shelf, named: Named, today: dt.date) -> dict[str, bytes]:
    """Return the new content of every source that changes, in all filings that have what is withdrawn.

    Where the same bytes are in several filings they are replaced alike, so the search goes on until no
    further filing has any of them.
    """
    replaced: dict[str, bytes] = {}
    gone = set(named.hashes)
    seen: set[str] = set()
    while True:
        held = [
            filing
            for filing in shelf.filings
            if filing.name not in seen
            and any(stored.sha256 in gone or stored.sha256 in replaced for stored in filing.sources.values())
        ]
        if not held:
            return replaced
        for filing in held:
            seen.add(filing.name)
            for sha256, data in stand_ins(shelf, filing, gone, today).items():
                replaced.setdefault(sha256, data)


def _content(plan: WithdrawalPlan, shelf: Shelf, reason: str, progress: Progress) -> WithdrawalContent:
    changes: list[Change] = []
    pages: dict[str, Mapping[str, int]] = {}
    for filing in plan.filings:
        now, counts = _made_anew(filing, plan, shelf, progress)
        changes += now
        pages[filing.name] = counts
    return WithdrawalContent(
        reason=reason,
        what=plan.what,
        changes=tuple(changes),
        pages=pages,
        program=program_in_force(program_hashes()),
        versions=dict(versions()),
    )


def _made_anew(
    filing: Filing, plan: WithdrawalPlan, shelf: Shelf, progress: Progress
) -> tuple[list[Change], Mapping[str, int]]:
    """Build a filing without what is withdrawn; return what changes, and how many pages each PDF has."""
    sources = shelf.sources(filing)
    changes = [
        Change(stored, plan.replaced[stored.sha256], f"{filing.name}/{path}", is_source=True)
        for path, stored in filing.sources.items()
        if stored.sha256 in plan.replaced
    ]
    left = {path: plan.replaced.get(hash_of(data), data) for path, data in sources.items()}
    try:
        built = build_from_sources(
            left, filing.issue, filing.languages, progress, fresh=True, is_rebuild=True
        )
    except BulletinError as fault:
        problem = ", ".join(each.code for each in fault.findings)
        raise ArchiveError(
            [*fault.findings, found("E206", None, filing=filing.name, problem=problem)]
        ) from fault
    if missing := sorted(filing.files.keys() - built.files.keys()):
        raise ArchiveError([found("E206", None, filing=filing.name, problem=missing[0])])
    for name, stored in filing.files.items():
        if hash_of(built.files[name]) != stored.sha256:
            place = f"{filing.name}/{name}"
            changes.append(Change(stored, built.files[name], place, is_source=False))
    return changes, {name: built.pages[name] for name in filing.pages if name in built.pages}
