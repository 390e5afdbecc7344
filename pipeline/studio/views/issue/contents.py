"""An issue: its contents in order, its first page, what was brought in, and what there is to look at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.account import accounts
from pipeline.desk.writing.plan_changes import (
    AddArticle,
    AddSection,
    MoveArticle,
    MoveSection,
    PutBackArticle,
    RenameSection,
    SetField,
    SetLead,
    TakeOutArticle,
    TakeOutSection,
)
from pipeline.desk.writing.plans import open_plan, save_plan
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.taken_out import taken_out
from pipeline.findings.finding import IssueError, found
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.forms.facts import KINDS
from pipeline.studio.views.rendering import issue_view
from pipeline.studio.views.state import HAND, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.desk.writing.plan_changes import PlanChange
    from pipeline.desk.writing.results import Plan

    Data = dict[str, Any]

_LAST: Final = 10_000
"""A position behind every other."""


def issue(request: Request) -> Response:
    """Show the contents of an issue."""
    name = request.path_params["issue"]
    state = state_of(request)
    imports = [
        {
            "number": number,
            "files": each.get("files", []),
            "open": sum(item.get("state") == "open" for item in each.get("items", [])),
        }
        for number, each in enumerate(accounts(state.folder(name)))
    ]
    return issue_view(
        request,
        "issue.html.j2",
        name,
        plan=open_plan(state.workspace, name),
        gone=taken_out(state.workspace, name),
        kinds=KINDS,
        imports=imports[::-1],
        text=lambda value: value if isinstance(value, str) else "",
        is_day=_is_day,
    )


async def change_plan(request: Request) -> Response:
    """Change the contents or the first page of an issue."""
    data = await data_of(request)
    return await run_in_threadpool(_changed, request, data)


def _changed(request: Request, data: Data) -> Response:
    state, name = state_of(request), request.path_params["issue"]
    state.folder(name)
    plan = open_plan(state.workspace, name)
    make = _CHANGES.get(text_of(data, "change"))
    if make is None:
        raise IssueError([found("E631", None)])
    saved = save_plan(state.workspace, name, text_of(data, "base"), make(data, plan), HAND)
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name="issue.yaml")])
    state.news.tell("saved", {"issue": name, "path": "issue.yaml"})
    answer: Data = {"refresh": True, "version": saved.plan.version}
    if saved.added:
        answer["go"] = f"/issues/{name}/articles/{saved.added[0]}"
    return JSONResponse(answer)


def _is_day(value: object) -> bool:
    """Return whether a field of a day can show it: another value would be lost with the next save."""
    try:
        return dt.date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


def _position(data: Data) -> int:
    value = data.get("position", _LAST)
    return max(value, 0) if isinstance(value, int) else _LAST


def _masthead(data: Data, plan: Plan) -> list[PlanChange]:
    """Return what differs of the first page."""
    changes: list[PlanChange] = []
    for name in ("title", "number", "date", "greeting"):
        text = text_of(data, name)
        if text != (plan.masthead.get(name) or ""):
            changes.append(SetField((name,), text or None))
    article = text_of(data, "cover")
    cover = plan.masthead.get("cover")
    present = cover.get("article") or "" if isinstance(cover, dict) else ""
    if article != present:
        field = ("cover", "article") if isinstance(cover, dict) and len(cover) > 1 else ("cover",)
        whole = article if len(field) > 1 else {"article": article}
        changes.append(SetField(field, (whole if article else None)))
    return changes


def _end_of(section: str, plan: Plan) -> int:
    return next((len(each.articles) for each in plan.sections if each.name == section), 0)


_CHANGES: Final[dict[str, Callable[[Data, Plan], list[PlanChange]]]] = {
    "move-section": lambda data, _: [MoveSection(text_of(data, "section"), _position(data))],
    "take-out-section": lambda data, _: [TakeOutSection(text_of(data, "section"))],
    "add-section": lambda data, plan: [AddSection(text_of(data, "title"), len(plan.sections))],
    "section-texts": lambda data, _: [
        RenameSection(text_of(data, "section"), text_of(data, "title")),
        SetLead(text_of(data, "section"), text_of(data, "lead")),
    ],
    "move-article": lambda data, _: [
        MoveArticle(text_of(data, "name"), text_of(data, "section"), _position(data))
    ],
    "take-out-article": lambda data, _: [TakeOutArticle(text_of(data, "name"))],
    "add-article": lambda data, plan: [
        AddArticle(
            text_of(data, "section"),
            _end_of(text_of(data, "section"), plan),
            text_of(data, "kind") or "article",
            text_of(data, "title"),
        )
    ],
    "put-back": lambda data, plan: [
        PutBackArticle(
            text_of(data, "name"), text_of(data, "section"), _end_of(text_of(data, "section"), plan)
        )
    ],
    "masthead": _masthead,
}

ROUTES: Final = [
    Route("/issues/{issue}", issue),
    Route("/issues/{issue}/plan", change_plan, methods=["POST"]),
]
