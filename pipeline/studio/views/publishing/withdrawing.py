"""A picture or an article is taken out of all that is filed: what would change is shown, then it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.archive.shelf import Shelf
from pipeline.archive.withdrawal_record import METADATA
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.tasks.withdrawing import WithdrawalRequest, withdrawing
from pipeline.files.workspace import ISSUES
from pipeline.findings.finding import BulletinError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import data_of, refused_fields, text_of
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import state_of
from pipeline.studio.views.wording.naming import Names
from pipeline.typography.dates import full_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.archive.filing_record import Filing
    from pipeline.desk.archive.withdrawing import WithdrawalPlan
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding
    from pipeline.studio.views.state import StudioState

_LONGEST: Final = 500
_DONE: Final = N_("Taken out of the archive; the record of it stays")
_DONE_BEFORE: Final = N_("It was taken out before; nothing more to do")


class Affected(NamedTuple):
    """A filing that would be made anew.

    Args:
        filing: The filing.
        date: Of the issue, in words.
        files: How many of its files are made anew.
        sources: What is exchanged of that from which it was made.
    """

    filing: Filing
    date: str
    files: int
    sources: tuple[str, ...]


class _Titles:
    """What an officer calls what is filed: an article by its title, a picture by its name."""

    def __init__(self, workspace: Workspace, language: str) -> None:
        """Read nothing yet."""
        self._workspace = workspace
        self._language = language
        self._names: dict[str, Names] = {}

    def of(self, path: str) -> str:
        """Return what a file is called that is named as the archive does it."""
        issue, _, name = path.partition("/")
        if issue not in self._names:
            self._names[issue] = Names(self._workspace, issue, self._language)
        return self._names[issue].where(f"{ISSUES}/{path}") if name else path


def withdrawal(request: Request) -> Response:
    """Show what can be taken out, and of what was chosen what would be done."""
    state, language = state_of(request), language_of(request)
    wanted = request.query_params.get("what", "").strip()[:_LONGEST]
    choices: list[tuple[str, list[tuple[str, str]]]] = []
    affected: list[Affected] = []
    findings: tuple[Finding, ...] = ()
    records: list[dict[str, Any]] = []
    shelf = Shelf(state.workspace)
    titles = _Titles(state.workspace, language)
    try:
        choices = _choices(shelf, titles, language)
        records = _records(shelf, titles, language)
        if wanted:
            affected = _affected(_plan(state, shelf, wanted), language)
    except BulletinError as error:
        findings = error.findings
    return view(
        request,
        "publishing/withdrawing.html.j2",
        publication=publication_title(state.workspace),
        choices=choices,
        metadata=METADATA,
        wanted=wanted,
        called=titles.of(wanted),
        affected=affected,
        records=records,
        findings=findings,
    )


def _plan(state: StudioState, shelf: Shelf, wanted: str) -> WithdrawalPlan:
    from pipeline.desk.archive.withdrawing import plan_withdrawal  # noqa: PLC0415 - slow to load

    return plan_withdrawal(shelf, wanted, state.today)


def _choices(shelf: Shelf, titles: _Titles, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return for each filed issue, the newest first, its articles and pictures, and what each is called."""
    by_issue: dict[str, dict[str, str]] = {}
    dates: dict[str, str] = {}
    for filing in shelf.filings:
        dates[filing.issue] = full_date(filing.date, language)
        names = by_issue.setdefault(filing.issue, {})
        for path in sorted(_own_files(filing), key=lambda each: ("/images/" in each, each)):
            names.setdefault(path, titles.of(path))
    return [(dates[issue], list(by_issue[issue].items())) for issue in sorted(by_issue, reverse=True)]


def _own_files(filing: Filing) -> Iterator[str]:
    """Yield the articles and pictures of an issue, as the archive names them."""
    translations = {f".{language}.md" for language in filing.languages[1:]}
    for path in filing.sources:
        # An article goes in all its languages.
        left_out = path.endswith((".yaml", *translations))
        if path.startswith(f"{ISSUES}/{filing.issue}/") and not left_out:
            yield path.removeprefix(f"{ISSUES}/")


def _affected(plan: WithdrawalPlan, language: str) -> list[Affected]:
    return [
        Affected(
            filing,
            full_date(filing.date, language),
            len(filing.files),
            tuple(
                path.removeprefix(f"{ISSUES}/")
                for path, stored in filing.sources.items()
                if stored.sha256 in plan.replaced
            ),
        )
        for filing in plan.filings
    ]


def _records(shelf: Shelf, titles: _Titles, language: str) -> list[dict[str, Any]]:
    """Return what was taken out until now, the last first."""
    return [
        {
            "day": full_date(each.withdrawn, language),
            "what": ["" if name == METADATA else titles.of(name) for name in each.what],
            "reason": each.reason,
        }
        for each in reversed(shelf.withdrawals)
    ]


async def withdraw(request: Request) -> Response:
    """Begin to take it out, once a reason and the number of filings are typed."""
    data = await data_of(request)
    wanted, reason, typed = (text_of(data, name) for name in ("what", "reason", "count"))
    faults = {
        name: found("E624", None) for name, given in (("reason", reason), ("count", typed)) if not given
    }
    if faults:
        return refused_fields(request, faults)
    return await run_in_threadpool(_begun, request, wanted, reason[:_LONGEST], typed)


def _begun(request: Request, wanted: str, reason: str, typed: str) -> Response:
    state, language = state_of(request), language_of(request)
    count = len(_plan(state, Shelf(state.workspace), wanted).filings)
    if typed != str(count):
        return refused_fields(request, {"count": found("E207", None, count=count, confirmed=typed)})

    def finish(made: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        # What came of making filings again is of what they were before.
        state.rebuilt.clear()
        words = say(_DONE if made["name"] else _DONE_BEFORE, language)
        return {"announce": words, "refresh": True, "focus": "plan"}

    asked = WithdrawalRequest(str(state.workspace.root), wanted, reason, count, language, state.today)
    return JSONResponse({"job": state.jobs.start(Work(withdrawing, asked, language, finish))})


ROUTES: Final = [
    Route("/archive/withdrawing", withdrawal),
    Route("/archive/withdrawing", withdraw, methods=["POST"]),
]
