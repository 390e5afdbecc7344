"""Titles and greeting of an issue in another language, beside those of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.issue_texts import TextsBase, open_issue_texts, save_issue_texts, texts_path
from pipeline.desk.editing.translations import begin_translation
from pipeline.desk.editing.undoing import versions_in
from pipeline.desk.writing.plan_applying import sections_in
from pipeline.desk.writing.plans import open_plan
from pipeline.desk.writing.settings import open_settings
from pipeline.desk.writing.shown import fields_shown
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.reading.translations import translated_name
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.choices import languages_in_use
from pipeline.studio.views.forms.fields import plain_text, shown_fields, value_at
from pipeline.studio.views.forms.plan import texts_of
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import HAND, state_of
from pipeline.studio.views.undoing import undo_since

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.desk.writing.results import ArticleEntry, Plan
    from pipeline.files.yaml_edit import Field as Path
    from pipeline.studio.views.state import StudioState

_OWN: Final[dict[Path, Path]] = {
    ("cover_alternative",): ("cover", "alternative"),
    ("correction",): ("correction", "text"),
}
"""Where the issue itself says what its texts say otherwise."""


def texts(request: Request) -> Response:
    """Show the texts, each with what the issue itself says."""
    state, issue = state_of(request), request.path_params["issue"]
    state.folder(issue)
    language = _language(state, request)
    plan = open_plan(state.workspace, issue)
    opened = open_issue_texts(state.workspace, issue, language)
    shown = shown_fields(texts_of(plan.sections), opened.fields)
    return issue_view(
        request,
        "texts.html.j2",
        issue,
        shown=[(each, _said(plan, each.field.path)) for each in shown],
        version=opened.version,
        plan_version=plan.version,
        other=language,
        findings=opened.findings,
        articles=_articles(state, issue, language, plan) if opened.fields else [],
    )


def _articles(
    state: StudioState, issue: str, language: str, plan: Plan
) -> list[tuple[ArticleEntry, str, bool]]:
    """Return each article with the file of its translation, and whether there is one."""
    folder = state.folder(issue)
    entries = [entry for section in plan.sections for entry in section.articles]
    names = [(entry, translated_name(entry.name, language)) for entry in entries]
    return [(entry, name, (folder / name).is_file()) for entry, name in names]


async def translate(request: Request) -> Response:
    """Begin the translation of an article, and go to it."""
    data = await data_of(request)
    return await run_in_threadpool(_begun_translation, request, data)


def _begun_translation(request: Request, data: dict[str, Any]) -> Response:
    state, issue = state_of(request), request.path_params["issue"]
    state.folder(issue)
    language = _language(state, request)
    name = begin_translation(state.workspace, issue, text_of(data, "article"), language, HAND)
    state.news.tell("saved", {"issue": issue, "path": name})
    return JSONResponse({"go": f"/issues/{issue}/articles/{name}"})


async def save(request: Request) -> Response:
    """Save what a form changed."""
    data = await data_of(request)
    return await run_in_threadpool(_saved, request, data)


def _saved(request: Request, data: dict[str, Any]) -> Response:
    state, issue = state_of(request), request.path_params["issue"]
    folder, language = state.folder(issue), _language(state, request)
    before = versions_in(state.workspace, folder)
    plan = open_plan(state.workspace, issue)
    opened = open_issue_texts(state.workspace, issue, language)
    base = TextsBase(text_of(data, "base") or opened.version, text_of(data, "plan") or plan.version)
    shown = fields_shown(state.workspace, texts_path(issue, language), base.texts, opened.fields)
    counted: dict[str, Any] = {"sections": [{} for _ in plan.sections]}
    plan_shown = fields_shown(state.workspace, f"issues/{issue}/issue.yaml", base.plan, counted)
    changes = changed_values(texts_of(sections_in(plan_shown)), shown, data)
    if changes:
        save_issue_texts(state.workspace, issue, language, base, changes, HAND)
        name = texts_path(issue, language).rpartition("/")[2]
        state.news.tell("saved", {"issue": issue, "path": name})
    words = N_("Saved")
    answer = {"announce": say(words, language_of(request)), "refresh": True}
    return JSONResponse(answer | undo_since(request, folder, before, words))


def _language(state: StudioState, request: Request) -> str:
    """Return the language that an address names; one of the publication's."""
    language: str = request.path_params["language"]
    if language not in languages_in_use(open_settings(state.workspace, "publication").fields):
        raise HTTPException(404)
    return language


def _said(plan: Plan, path: tuple[str | int, ...]) -> str:
    """Return what the issue itself says in a field."""
    if path[0] == "sections":
        section = plan.sections[int(path[1])]
        return section.title if path[2] == "title" else section.lead
    return plain_text(value_at(plan.masthead, _OWN.get(path, path)))


ROUTES: Final = [
    Route("/issues/{issue}/texts/{language}", texts),
    Route("/issues/{issue}/texts/{language}", save, methods=["POST"]),
    Route("/issues/{issue}/texts/{language}/articles", translate, methods=["POST"]),
]
