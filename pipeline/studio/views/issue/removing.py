"""An issue that is taken out whole, and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.setting_aside import contents_of, delete_aside, is_filed, put_back, set_aside
from pipeline.desk.overview.issues import issue_at_a_glance
from pipeline.findings.translatable import N_, NN_
from pipeline.findings.wording.wording import say, say_counted
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.rendering import language_of
from pipeline.studio.views.state import state_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_ARTICLES: Final = NN_("{n} article", "{n} articles")
_PICTURES: Final = NN_("{n} picture", "{n} pictures")
_QUESTION: Final = N_(
    "Take the issue out? With it go: {contents}. "
    "It is moved aside as it is, and can be put back under “Issues”."
)


def question_of(request: Request, issue: str) -> str:
    """Return what is asked before an issue is taken out, and what goes; empty where it was filed."""
    state, language = state_of(request), language_of(request)
    folder = state.folder(issue)
    if is_filed(state.workspace, folder.name):
        return ""
    contents = contents_of(folder)
    glance = issue_at_a_glance(state.workspace, folder, language)
    title = glance.title or say(N_("Issue without a title"), language)
    named = [
        f"“{title}” · {glance.date}" if language == "en" else f"„{title}“ · {glance.date}",
        say_counted(_ARTICLES, contents.articles, language),
        say_counted(_PICTURES, contents.pictures, language),
    ]
    return say(_QUESTION, language, contents=", ".join(named))


async def remove(request: Request) -> Response:
    """Take an issue out."""
    return await run_in_threadpool(_removed, request)


def _removed(request: Request) -> Response:
    state = state_of(request)
    issue = state.folder(request.path_params["issue"]).name
    name = set_aside(state.workspace, issue)
    state.news.tell("changed", {"issue": issue, "paths": []})
    return JSONResponse({"go": f"/?out={name}"})


async def restore(request: Request) -> Response:
    """Put an issue back that was taken out."""
    data = await data_of(request)
    return await run_in_threadpool(_restored, request, text_of(data, "name"))


def _restored(request: Request, name: str) -> Response:
    state = state_of(request)
    issue = put_back(state.workspace, name)
    state.news.tell("changed", {"issue": issue, "paths": []})
    return JSONResponse({"go": f"/issues/{issue}"})


async def delete(request: Request) -> Response:
    """Delete an issue for good that was taken out."""
    data = await data_of(request)
    return await run_in_threadpool(_deleted, request, text_of(data, "name"))


def _deleted(request: Request, name: str) -> Response:
    delete_aside(state_of(request).workspace, name)
    words = say(N_("The issue is deleted for good"), language_of(request))
    return JSONResponse({"announce": words, "refresh": True})


ROUTES: Final = [
    Route("/issues/{issue}/removal", remove, methods=["POST"]),
    Route("/issues/removed", restore, methods=["POST"]),
    Route("/issues/deleted", delete, methods=["POST"]),
]
