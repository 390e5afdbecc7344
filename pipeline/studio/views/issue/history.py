"""The history of an issue's texts: by day, previewed beside what is there, and restored."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.overview.issues import date_in_words
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.history.journal import GONE, LEFT, OUTSIDE, READ, RESTORED, TYPED, WRITTEN
from pipeline.desk.writing.plans import open_plan
from pipeline.files.owned_files import load_owned
from pipeline.files.text.source import LARGEST
from pipeline.findings.finding import IssueError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.issue.as_read import as_read
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import HAND, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

EVENTS: Final = {
    READ: N_("read"),
    WRITTEN: N_("saved"),
    TYPED: N_("typed, not yet saved"),
    RESTORED: N_("restored"),
    OUTSIDE: N_("changed outside"),
    GONE: N_("taken out"),
    LEFT: N_("found after an interruption"),
}
"""What a version came from, by the events of the history."""

_AROUND: Final = 2


class Piece(NamedTuple):
    """A stretch of a text beside another.

    Args:
        kind: `same`, `gone` (only in the version) or `new` (only in the file).
        text: The words.
    """

    kind: str
    text: str


def history(request: Request) -> Response:
    """Show the versions of a file of the issue by day, and one beside the file."""
    state, name = state_of(request), request.path_params["issue"]
    folder = state.folder(name)
    language = language_of(request)
    plan = open_plan(state.workspace, name)
    files = [("issue.yaml", say(N_("Contents and first page"), language))]
    files += [
        (entry.name, entry.title or entry.name) for section in plan.sections for entry in section.articles
    ]
    files += [(entry.name, entry.title or entry.name) for entry in plan.unlisted]
    asked = request.query_params.get("file", files[0][0])
    file = asked if asked in dict(files) else files[0][0]
    path = f"issues/{name}/{file}"
    store = History(state.workspace)
    version = request.query_params.get("version", "")
    now = _content_of(folder, file)
    days = store.days(path)
    known = {each.version for day in days for each in day.versions}
    pieces = []
    if version in known:
        text = (now or b"").decode("utf-8-sig", "replace")
        before, after = (as_read(each, file, language) for each in (store.text(version), text))
        pieces = _compared(before, after)
    return issue_view(
        request,
        "history.html.j2",
        name,
        files=files,
        file=file,
        days=[(date_in_words(day.date.isoformat(), language), day.versions) for day in days],
        version=version if version in known else "",
        current=version_of(now) if now is not None else "",
        pieces=pieces,
        events=EVENTS,
    )


async def restore(request: Request) -> Response:
    """Write a version into its file again; the one that was there stays in the history."""
    data = await data_of(request)
    return await run_in_threadpool(_restored, request, data)


def _restored(request: Request, data: dict[str, Any]) -> Response:
    state, name = state_of(request), request.path_params["issue"]
    state.folder(name)
    file = text_of(data, "file")
    if "/" in file or "\\" in file or not file.endswith((".md", ".yaml")):
        raise IssueError([found("E631", None)])
    History(state.workspace).restore(
        f"issues/{name}/{file}", text_of(data, "version"), text_of(data, "base") or None, HAND
    )
    state.news.tell("saved", {"issue": name, "path": file})
    return JSONResponse({"announce": say(N_("Restored"), language_of(request)), "refresh": True})


def _content_of(folder: Path, file: str) -> bytes | None:
    try:
        return load_owned(folder, file, LARGEST)
    except OSError:
        return None


def _compared(before: list[str], after: list[str]) -> list[Piece]:
    """Return two texts as one: what is in both, what is gone, what is new, line by line."""
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", _shortened(before[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("gone", "\n".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("new", "\n".join(after[j1:j2])))
    return pieces


def _shortened(lines: list[str]) -> str:
    """Return lines that are the same in both, of many the first and the last."""
    if len(lines) > 2 * _AROUND + 2:
        lines = [*lines[:_AROUND], "⋮", *lines[-_AROUND:]]
    return "\n".join(lines)


ROUTES: Final = [
    Route("/issues/{issue}/history", history),
    Route("/issues/{issue}/history", restore, methods=["POST"]),
]
