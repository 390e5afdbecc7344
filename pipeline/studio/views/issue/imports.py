"""Files that arrive: the import with its progress, and its account, on which each thing is settled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.account import accounts, enter, items_of, place, settle
from pipeline.desk.editing.proposals import proposals_in
from pipeline.desk.tasks.importing import ImportRequest, importing
from pipeline.desk.writing.articles import open_article
from pipeline.desk.writing.plans import open_plan
from pipeline.findings.finding import BulletinError, Finding, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.gate.uploads import received
from pipeline.studio.views.answers import data_of, refused, text_of
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import state_of
from pipeline.studio.views.wording.naming import Names

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.studio.gate.uploads import Arrival


class _Count(IntegerConvertor):
    """A number in an address, of so many digits as one may have."""

    regex = "[0-9]{1,9}"


register_url_convertor("count", _Count())


async def bring_in(request: Request) -> Response:
    """Begin the import of files, into a new issue or the one that is named."""
    arrival = await received(request, state_of(request).arrivals)
    if not arrival.files:
        arrival.forget()
        return refused(request, [found("E629", None)])
    return await run_in_threadpool(_begun, request, arrival)


def _begun(request: Request, arrival: Arrival) -> Response:
    state = state_of(request)
    try:
        # A page that was open before the issue had another date names it by the one before.
        date = dt.date.fromisoformat(state.now_of(arrival.fields.get("issue", "")))
    except ValueError:
        date = None
    asked = ImportRequest(str(arrival.folder), str(state.root), date, language_of(request), state.today)

    def finish(told: dict[str, Any]) -> dict[str, Any]:
        folder = state.folder(told["issue"])
        return {"go": f"/issues/{folder.name}/account/{enter(folder, told)}"}

    work = Work(importing, asked, asked.language, finish, arrival.forget)
    return JSONResponse({"job": state.jobs.start(work)})


def account(request: Request) -> Response:
    """Show what came, what was placed, and what was not."""
    state = state_of(request)
    issue = request.path_params["issue"]
    folder = state.folder(issue)
    number = request.path_params["number"]
    imports = accounts(folder)
    if number not in imports:
        raise HTTPException(404)
    told = imports[number]
    names = Names(state.workspace, folder.name, language_of(request))
    shown = [(item, names.told(_finding_of(item.code, item.values, item.path))) for item in items_of(told)]
    plan = open_plan(state.workspace, issue)
    loose = [item for item, _ in shown if item.is_picture]
    came, in_texts = told["counts"].get("picture", (0, 0))
    articles = [article for section in plan.sections for article in section.articles]
    return issue_view(
        request,
        "account.html.j2",
        issue,
        told=told,
        number=number,
        pictures=(came + len(loose), in_texts + sum(item.state == "placed" for item in loose)),
        waiting=[each for each in shown if each[0].state == "open"],
        settled=[each for each in shown if each[0].state != "open"],
        articles=articles,
        titles={article.name: article.title for article in articles if article.title},
        proposed=[(article, count) for article in articles if (count := _proposed(request, article.name))],
    )


async def decide(request: Request) -> Response:
    """Place a thing in an article, drop it, or take that back."""
    data = await data_of(request)
    return await run_in_threadpool(_decided, request, data)


def _decided(request: Request, data: dict[str, Any]) -> Response:
    state = state_of(request)
    folder = state.folder(request.path_params["issue"])
    number, item = request.path_params["number"], request.path_params["item"]
    if article := text_of(data, "article"):
        place(state.workspace, folder, number, item, article)
    else:
        settle(folder, number, item, "open" if data.get("again") else "dropped")
    waiting = [each.number for each in items_of(accounts(folder)[number]) if each.state == "open"]
    words = say(N_("to decide: {count}"), language_of(request), count=len(waiting))
    # One goes on at the next thing, wherever on the page it is.
    behind = next((each for each in waiting if each > item), waiting[0] if waiting else None)
    return JSONResponse({"refresh": True, "announce": words, "focus": f"i-{behind}"})


def _proposed(request: Request, name: str) -> int:
    """Return how many facts are proposed for an article; none where it cannot be read."""
    try:
        opened = open_article(state_of(request).workspace, request.path_params["issue"], name)
    except BulletinError:
        return 0
    return len(proposals_in(opened.text, name))


def _finding_of(code: str, values: dict[str, str], path: str) -> Finding:
    return Finding(code, Place(path) if path else None, tuple(sorted(values.items())))


ROUTES: Final = [
    Route("/import", bring_in, methods=["POST"]),
    Route("/issues/{issue}/account/{number:count}", account),
    Route("/issues/{issue}/account/{number:count}/{item:count}", decide, methods=["POST"]),
]
