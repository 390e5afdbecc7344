"""A person or a picture taken out of every version that the history keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.writing.history.history import History
from pipeline.findings.finding import IssueError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import state_of
from pipeline.studio.views.wording.naming import Names

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_LEAST: Final = 3
"""Letters that words to be taken out have, at least: with fewer, every text would be torn."""

_LONGEST: Final = 200


def taking_out(request: Request) -> Response:
    """Show how many versions hold words, before they are taken out."""
    state, name = state_of(request), request.path_params["issue"]
    state.folder(name)
    history = History(state.workspace)
    words = " ".join(request.query_params.get("words", "")[:_LONGEST].split())
    is_short = bool(words) and sum(map(str.isalnum, words)) < _LEAST
    return issue_view(
        request,
        "taking_out.html.j2",
        name,
        words=words,
        is_short=is_short,
        held=history.holding(words) if words and not is_short else None,
        pictures=history.pictures(name),
        names=Names(state.workspace, name, language_of(request)).in_words,
    )


async def take_out(request: Request) -> Response:
    """Take words or a picture out of the history; the files stay as they are."""
    data = await data_of(request)
    return await run_in_threadpool(_taken_out, request, data)


def _taken_out(request: Request, data: dict[str, Any]) -> Response:
    state, name = state_of(request), request.path_params["issue"]
    state.folder(name)
    history = History(state.workspace)
    words, picture = " ".join(text_of(data, "words").split()), text_of(data, "picture")
    if picture in history.pictures(name):
        taken = history.take_out_picture(picture)
    elif sum(map(str.isalnum, words)) >= _LEAST:
        taken = history.take_out(words)
    else:
        raise IssueError([found("E648", None)])
    announced = say(
        N_("Versions of the history changed: {count}"), language_of(request), count=taken.versions
    )
    return JSONResponse({"announce": announced, "refresh": True})


ROUTES: Final = [
    Route("/issues/{issue}/history/taking-out", taking_out),
    Route("/issues/{issue}/history/taking-out", take_out, methods=["POST"]),
]
