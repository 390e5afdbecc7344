"""Find and replace in all texts of an issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.replacing import Chosen, Match, Sought, find, replace
from pipeline.desk.editing.undoing import kept_versions
from pipeline.findings.finding import IssueError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import remedy_of, say
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import state_of
from pipeline.studio.views.undoing import undo_since

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def replacing(request: Request) -> Response:
    """Show where words stand in an issue."""
    name, query = request.path_params["issue"], request.query_params
    state = state_of(request)
    state.folder(name)
    sought = Sought(query.get("words", "")[:500], "exact" in query, "whole" in query)
    matches: list[Match] = []
    nothing = ""
    if sought.words.strip():
        try:
            matches = find(state.workspace, name, sought)
        except IssueError as error:
            nothing = remedy_of(error.findings[0], language_of(request))
    return issue_view(
        request,
        "replacing.html.j2",
        name,
        sought=sought,
        by=query.get("by", ""),
        matches=matches,
        nothing=nothing,
    )


async def replace_words(request: Request) -> Response:
    """Replace the chosen ones."""
    data = await data_of(request)
    return await run_in_threadpool(_replaced, request, data)


def _replaced(request: Request, data: dict[str, Any]) -> Response:
    state, name = state_of(request), request.path_params["issue"]
    folder = state.folder(name)
    sought = Sought(text_of(data, "words"), bool(data.get("exact")), bool(data.get("whole")))
    given = data.get("chosen")
    chosen: dict[str, Chosen] = {}
    for each in given if isinstance(given, list) else [given]:
        version, number, article = (*str(each).split(":", 2), "", "")[:3]
        if number.isdecimal() and article:
            others = chosen.get(article, Chosen(version, frozenset())).numbers
            chosen[article] = Chosen(version, others | {int(number)})
    if not chosen or not sought.words:
        raise IssueError([found("E628", None, found=sought.words)])
    by = data.get("by")
    before = kept_versions(state.workspace, folder)
    count = replace(state.workspace, name, sought, by if isinstance(by, str) else "", chosen)
    state.news.tell("changed", {"issue": name, "paths": sorted(chosen)})
    words = say(N_("Replaced: {count}"), language_of(request), count=count)
    answer = {"announce": words, "refresh": True}
    return JSONResponse(answer | undo_since(request, folder, before, N_("The words are replaced")))


ROUTES: Final = [
    Route("/issues/{issue}/replacing", replacing),
    Route("/issues/{issue}/replacing", replace_words, methods=["POST"]),
]
