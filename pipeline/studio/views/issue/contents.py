"""An issue: its contents in order, its first page, what was brought in, and what there is to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.account import accounts
from pipeline.desk.editing.contact_sheet import pictures_in
from pipeline.desk.editing.redating import change_date, check_date
from pipeline.desk.editing.undoing import versions_in
from pipeline.desk.writing.plan_changes import (
    AddArticle,
    AddSection,
    MoveArticle,
    MoveSection,
    PutBackArticle,
    RenameSection,
    SetField,
    SetLead,
    SetOrder,
    TakeOutArticle,
    TakeOutSection,
)
from pipeline.desk.writing.plans import open_plan, save_plan
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.settings import open_settings
from pipeline.desk.writing.shown import fields_shown
from pipeline.desk.writing.taken_out import taken_out
from pipeline.findings.finding import IssueError, found
from pipeline.findings.translatable import N_
from pipeline.models.values.date_notations import whole_day
from pipeline.studio.views.answers import data_of, refused_fields, text_of
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.choices import languages_in_use, with_choices
from pipeline.studio.views.forms.facts import KINDS
from pipeline.studio.views.forms.fields import plain_text, shown_fields
from pipeline.studio.views.forms.plan import MASTHEAD, SECTION
from pipeline.studio.views.issue.removing import question_of
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import HAND, state_of
from pipeline.studio.views.undoing import undo_since
from pipeline.typography.localisation import language_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.desk.writing.plan_changes import PlanChange
    from pipeline.desk.writing.results import Plan
    from pipeline.studio.views.forms.fields import Field
    from pipeline.studio.views.state import StudioState

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
        for number, each in accounts(state.folder(name)).items()
    ]
    plan = open_plan(state.workspace, name)
    before = request.query_params.get("moved", "")
    return issue_view(
        request,
        "issue.html.j2",
        name,
        plan=plan,
        dated_before=before if state.now_of(before) == name != before else "",
        gone=taken_out(state.workspace, name),
        removal=question_of(request, name),
        kinds=KINDS,
        imports=imports[::-1],
        masthead=shown_fields(_masthead_fields(request, name, plan), plan.masthead),
        upload=f"/api/issues/{name}/pictures",
        section_fields=SECTION,
        other_languages=_other_languages(state, plan),
    )


async def change_plan(request: Request) -> Response:
    """Change the contents or the first page of an issue."""
    data = await data_of(request)
    return await run_in_threadpool(_changed, request, data)


async def change_of_date(request: Request) -> Response:
    """Give the issue another date, and go to where it is then."""
    data = await data_of(request)
    return await run_in_threadpool(_dated, request, data)


def _dated(request: Request, data: Data) -> Response:
    state, name = state_of(request), state_of(request).folder(request.path_params["issue"]).name
    date = whole_day(text_of(data, "date"))
    if date is None:
        return refused_fields(request, {"date": found("E630", None, found=text_of(data, "date"))})
    now = change_date(state.workspace, name, date, HAND)
    if now != name:
        state.moved(name, now)
        state.news.tell("changed", {"issue": now, "paths": []})
    return JSONResponse({"go": f"/issues/{now}?moved={name}"})


def _changed(request: Request, data: Data) -> Response:
    """Save a change; a date of the issue that is not that of its folder moves the issue with it."""
    if data.get("change") != "masthead" or "date" not in data:
        return _saved(request, data)
    state, name = state_of(request), request.path_params["issue"]
    written = text_of(data, "date")
    date = whole_day(written)
    if date is None:
        return refused_fields(request, {"date": found("E630", None, found=written)})
    if date.isoformat() == state.folder(name).name:
        return _saved(request, data)
    try:
        check_date(state.workspace, name, date)
    except IssueError as error:
        return refused_fields(request, {"date": error.findings[0]})
    # The rest is saved first, so that nothing of the form is lost.
    _saved(request, {key: value for key, value in data.items() if key != "date"})
    return _dated(request, data)


def _saved(request: Request, data: Data) -> Response:
    state, name = state_of(request), request.path_params["issue"]
    folder = state.folder(name)
    before = versions_in(state.workspace, folder)
    plan = open_plan(state.workspace, name)
    change = text_of(data, "change")
    make = _CHANGES.get(change)
    if make is None:
        raise IssueError([found("E631", None)])
    base = text_of(data, "base")
    shown = fields_shown(state.workspace, f"issues/{name}/issue.yaml", base, plan.masthead)
    changes = make(data, plan._replace(masthead=dict(shown)))
    saved = save_plan(state.workspace, name, base, changes, HAND)
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name="issue.yaml")])
    state.news.tell("saved", {"issue": name, "path": "issue.yaml"})
    answer: Data = {"refresh": True, "version": saved.plan.version}
    if saved.added:
        answer["go"] = f"/issues/{name}/articles/{saved.added[0]}"
    return JSONResponse(answer | undo_since(request, folder, before, _DONE.get(change, N_("Saved"))))


def _masthead_fields(request: Request, issue: str, plan: Plan) -> list[Field]:
    """Return the fields of the issue itself, with its articles, pictures and languages to choose from."""
    state = state_of(request)
    articles = [
        (article.name, article.title or article.name)
        for section in plan.sections
        for article in section.articles
    ]
    languages = languages_in_use(open_settings(state.workspace, "publication").fields)
    pictures = pictures_in(state.folder(issue))
    return with_choices(
        MASTHEAD,
        {
            "cover.article": (("", N_("no article")), *articles),
            "cover.picture": tuple((each, each) for each in pictures),
            "language": (
                ("", N_("not said: the first of the publication")),
                *((tag, language_name(tag, language_of(request))) for tag in languages),
            ),
        },
    )


def _other_languages(state: StudioState, plan: Plan) -> list[str]:
    """Return the languages of the publication but that of the issue."""
    languages = languages_in_use(open_settings(state.workspace, "publication").fields)
    own = plain_text(plan.masthead.get("language")) or next(iter(languages), "")
    return [each for each in languages if each != own]


def _position(data: Data) -> int:
    value = data.get("position", _LAST)
    return max(value, 0) if isinstance(value, int) else _LAST


def _masthead(data: Data, plan: Plan) -> list[PlanChange]:
    """Return what differs of the issue itself."""
    changed = changed_values(MASTHEAD, plan.masthead, data)
    return [SetField(path, value) for path, value in changed.items()]


_CHANGES: Final[dict[str, Callable[[Data, Plan], list[PlanChange]]]] = {
    "move-section": lambda data, _: [MoveSection(text_of(data, "section"), _position(data))],
    "take-out-section": lambda data, _: [TakeOutSection(text_of(data, "section"))],
    "add-section": lambda data, _: [AddSection(text_of(data, "title"), _LAST)],
    "section-texts": lambda data, _: [
        RenameSection(text_of(data, "section"), text_of(data, "title")),
        SetLead(text_of(data, "section"), text_of(data, "lead")),
        SetOrder(text_of(data, "section"), text_of(data, "order")),
    ],
    "move-article": lambda data, _: [
        MoveArticle(text_of(data, "name"), text_of(data, "section"), _position(data))
    ],
    "take-out-article": lambda data, _: [TakeOutArticle(text_of(data, "name"))],
    "add-article": lambda data, _: [
        AddArticle(
            text_of(data, "section"),
            _LAST,
            text_of(data, "kind") or "article",
            text_of(data, "title"),
        )
    ],
    "put-back": lambda data, _: [PutBackArticle(text_of(data, "name"), text_of(data, "section"), _LAST)],
    "masthead": _masthead,
}

_DONE: Final = {
    "take-out-article": N_("The article is taken out"),
    "take-out-section": N_("The section is taken out"),
    "move-article": N_("The article is moved"),
    "move-section": N_("The section is moved"),
    "put-back": N_("The article is put back"),
}
"""What was done, by the change."""

ROUTES: Final = [
    Route("/issues/{issue}", issue),
    Route("/issues/{issue}/plan", change_plan, methods=["POST"]),
    Route("/issues/{issue}/date", change_of_date, methods=["POST"]),
]
