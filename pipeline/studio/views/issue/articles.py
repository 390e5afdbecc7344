"""An article: its facts, its text in the editor, saved by itself, and conflicts side by side."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.documents import block_places, document_of, fact_places
from pipeline.desk.editing.proposals import CREDIT, KIND, credit_line, leave, proposals_in, take
from pipeline.desk.editing.translations import translation_in
from pipeline.desk.editing.undoing import versions_in
from pipeline.desk.overview.countries import countries_in
from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.results import ArticleChange, Conflict
from pipeline.desk.writing.settings import open_settings
from pipeline.desk.writing.shown import fields_shown
from pipeline.findings.finding import BulletinError
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.models.kinds.union import FIELDS_TO_TRANSLATE
from pipeline.reading.publication import first_language
from pipeline.studio.editor_strings import editor_strings
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.facts import KINDS, facts_of, is_fact_of
from pipeline.studio.views.forms.fields import CURRENCIES, Field, shown_fields
from pipeline.studio.views.issue.as_read import sides_as_read
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import HAND, state_of
from pipeline.studio.views.undoing import undo_since
from pipeline.studio.views.wording.facts import in_words
from pipeline.studio.views.wording.naming import Names

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.desk.writing.results import OpenArticle, Saved
    from pipeline.studio.views.state import StudioState

_TEXT: Final = Field("", "")
"""What a field is that nobody knows."""

_NO_TEXT: Final = frozenset({"partners"})
"""Kinds whose body is their facts."""


def article(request: Request) -> Response:
    """Show an article, its text to come by `article_data`."""
    state = state_of(request)
    issue, name = request.path_params["issue"], request.path_params["name"]
    folder = state.folder(issue)
    opened = open_article(state.workspace, issue, name)
    translation = translation_in(folder, name)
    kind = _kind(state, issue, name, opened)
    fields = _fields(state, issue, name, opened)
    return issue_view(
        request,
        "article.html.j2",
        issue,
        name=name,
        kind=KINDS.get(kind, kind),
        other=translation.language if translation else "",
        title=opened.head.get("title") if isinstance(opened.head.get("title"), str) else name,
        shown=shown_fields(fields, opened.head),
        countries=countries_in(language_of(request)),
        currencies=CURRENCIES,
        text_language=translation.language if translation else first_language(state.workspace),
        strings=editor_strings(language_of(request)),
        own_facts=kind not in {"article", "gallery"},
        upload=f"/api/issues/{issue}/pictures",
        proposals=_proposals(request, opened),
        has_text=kind not in _NO_TEXT,
    )


def article_data(request: Request) -> Response:
    """Answer with an article for the editor."""
    state = state_of(request)
    issue, name = request.path_params["issue"], request.path_params["name"]
    state.folder(issue)
    opened = open_article(state.workspace, issue, name)
    return JSONResponse(_as_data(request, opened) | {"keeping": state.keeping.of_article(issue, name)})


async def save(request: Request) -> Response:
    """Save what was written."""
    data = await data_of(request)
    return await run_in_threadpool(_saved, request, data)


def _saved(request: Request, data: dict[str, Any]) -> Response:
    state, language = state_of(request), language_of(request)
    issue, name = request.path_params["issue"], request.path_params["name"]
    folder = state.folder(issue)
    names = Names(state.workspace, folder.name, language)
    try:
        before = versions_in(state.workspace, folder)
        change = _change(state, issue, name, data)
        saved = save_article(state.workspace, issue, name, text_of(data, "base"), change, HAND)
    except BulletinError as error:
        refused = [names.told(finding) for finding in error.findings]
        return JSONResponse({"state": "refused", "findings": refused}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if isinstance(saved, Conflict):
        sides = sides_as_read(saved.parts, name, language)
        return JSONResponse(
            {
                "state": "conflict",
                "version": saved.version,
                "ours": saved.ours,
                "theirs": saved.theirs,
                "base": saved.base,
                "parts": [
                    part._asdict() | {"oursRead": ours, "theirsRead": theirs}
                    for part, (ours, theirs) in zip(saved.parts, sides, strict=True)
                ],
            },
            HTTPStatus.CONFLICT,
        )
    state.news.tell("saved", {"issue": issue, "path": name, "version": saved.version})
    # It is told as it was saved: what somebody else does with the file from now on is told by the next event.
    answer = _as_data(request, saved)
    answer |= {"state": "saved", "merged": saved.merged}
    if change.head:
        changed = N_("The kind is another now; facts that it does not have were taken out")
        words = changed if ("kind",) in change.head else N_("The facts are saved")
        answer |= undo_since(request, folder, before, words)
    return JSONResponse(answer)


def _change(state: StudioState, issue: str, name: str, data: dict[str, Any]) -> ArticleChange:
    """Return the change that a page sent.

    Raises:
        IssueError: It is no document of the editor (E634).
    """
    text = data.get("text")
    if isinstance(text, str):
        return ArticleChange(text=text)
    head: dict[tuple[str | int, ...], Any] = {}
    facts = data.get("facts")
    if isinstance(facts, dict):
        opened = open_article(state.workspace, issue, name)
        shown = fields_shown(state.workspace, f"issues/{issue}/{name}", text_of(data, "base"), opened.head)
        head |= changed_values(_fields(state, issue, name, opened), shown, facts)
        if kind := head.get(("kind",)):
            # What only the former kind has would be no field of the new one; the history keeps it.
            head |= {(name,): None for name in opened.head if not is_fact_of(kind, name)}
    given = data.get("head")
    if isinstance(given, dict):
        head |= {tuple(str(field).split(".")): value for field, value in given.items()}
    sent = data.get("document")
    return ArticleChange(document_of(sent) if sent is not None else None, head or None)


def _as_data(request: Request, opened: OpenArticle | Saved) -> dict[str, Any]:
    issue, name = request.path_params["issue"], request.path_params["name"]
    path = f"issues/{issue}/{name}"
    names = Names(state_of(request).workspace, issue, language_of(request))
    return {
        "version": opened.version,
        "kind": opened.kind,
        "head": opened.head,
        "document": opened.document.model_dump(mode="json"),
        "places": [place._asdict() for place in block_places(opened.text, path)],
        "facts": fact_places(opened.text, path),
        "findings": [names.told(finding) for finding in opened.findings],
    }


async def decide(request: Request) -> Response:
    """Take a proposal of an import on, or leave it."""
    data = await data_of(request)
    return await run_in_threadpool(_decided, request, data)


def _decided(request: Request, data: dict[str, Any]) -> Response:
    state = state_of(request)
    issue, name = request.path_params["issue"], request.path_params["name"]
    folder = state.folder(issue)
    before = versions_in(state.workspace, folder)
    where = (state.workspace, issue, name, text_of(data, "line"), HAND)
    if data.get("take") is True:
        words = N_("Taken on")
        take(*where, with_its_words=data.get("with_its_words") is True)
    else:
        words = N_("Left")
        leave(*where)
    state.news.tell("saved", {"issue": issue, "path": name})
    answer = {"announce": say(words, language_of(request)), "refresh": True}
    return JSONResponse(answer | undo_since(request, folder, before, words))


def _proposals(request: Request, opened: OpenArticle) -> list[dict[str, Any]]:
    """Return what an import proposes for an article of this kind, in words."""
    language = language_of(request)
    fields = {field.name: field for field in facts_of(opened.kind, _funders(state_of(request)))}
    labels = {name: say(field.label, language) for name, field in fields.items()}
    told = []
    for each in proposals_in(opened.text, ""):
        if each.name not in {KIND, CREDIT} and not is_fact_of(opened.kind, each.name):
            continue
        if each.name == KIND:
            words = f"{labels[KIND]}: {say(KINDS.get(str(each.value), str(each.value)), language)}"
        elif each.name == CREDIT:
            words = f"{say(N_('Who made it'), language)}: {each.value}"
        else:
            values = each.value.items() if isinstance(each.value, dict) else [("", each.value)]
            said = [(f"{each.name}.{key}".strip("."), key, value) for key, value in values]
            words = "; ".join(
                f"{labels.get(name, key)}: {in_words(fields.get(name, _TEXT), value, language)}"
                for name, key, value in said
            )
        has_words = credit_line(opened.document, each) is not None
        told.append({"line": each.line, "words": words, "reason": each.reason, "has_words": has_words})
    return told


def _kind(state: StudioState, issue: str, name: str, opened: OpenArticle) -> str:
    """Return the kind of an article; a translation has that of its original."""
    translation = translation_in(state.folder(issue), name)
    return open_article(state.workspace, issue, translation.original).kind if translation else opened.kind


def _fields(state: StudioState, issue: str, name: str, opened: OpenArticle) -> tuple[Field, ...]:
    """Return the fields of an article; of a translation, those it says anew."""
    fields = facts_of(_kind(state, issue, name, opened), _funders(state))
    if translation_in(state.folder(issue), name) is None:
        return fields
    return tuple(field for field in fields if field.name in FIELDS_TO_TRANSLATE)


def _funders(state: StudioState) -> list[tuple[str, str]]:
    """Return key and name of each funder of the publication."""
    named = open_settings(state.workspace, "publication").fields.get("funders")
    funders = [each for each in named if isinstance(each, dict)] if isinstance(named, list) else []
    pairs = [(str(each.get("key", "")), _name_of(each.get("name"))) for each in funders]
    return [pair for pair in pairs if pair[0]]


def _name_of(value: Any) -> str:  # noqa: ANN401 - a text, or one in several languages
    return str(next(iter(value.values()), "")) if isinstance(value, dict) else str(value or "")


ROUTES: Final = [
    Route("/issues/{issue}/articles/{name}", article),
    Route("/api/issues/{issue}/articles/{name}", article_data),
    Route("/api/issues/{issue}/articles/{name}", save, methods=["PUT"]),
    Route("/api/issues/{issue}/articles/{name}/proposals", decide, methods=["POST"]),
]
