"""The flatplan: pages with their articles; what is chosen there, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.flatplan import (
    OWN,
    Chosen,
    Move,
    Width,
    flatplan_of,
    save_chosen,
)
from pipeline.desk.preview.changes import CoverChange, OrderChange, WeightChange, WidthChange
from pipeline.findings.finding import BulletinError
from pipeline.findings.translatable import N_, NN_
from pipeline.findings.wording.wording import say, say_counted
from pipeline.models.text import Measure
from pipeline.studio.editor_strings import editor_strings
from pipeline.studio.gate.gate import KEY_HEADER
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.forms.facts import OTHER_FORMS, WEIGHTS
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import HAND, apart, state_of
from pipeline.studio.views.undoing import offered
from pipeline.studio.views.wording.naming import Names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.desk.editing.flatplan import Flatplan
    from pipeline.desk.preview.changes import PlanChange
    from pipeline.desk.preview.shown import Outcome

    Data = dict[str, Any]

_MOST: Final = 500
"""Of changes that are sent at once."""

_NAMED: Final = 2
"""Articles that are named; of more their number is said."""

_LINES: Final = (
    NN_("{n} line more", "{n} lines more"),
    NN_("{n} line fewer", "{n} lines fewer"),
)
_PAGES: Final = (
    NN_("{n} page more", "{n} pages more"),
    NN_("{n} page fewer", "{n} pages fewer"),
)
_EMPTY: Final = (
    NN_("{n} line more stays empty", "{n} lines more stay empty"),
    NN_("{n} empty line fewer", "{n} empty lines fewer"),
)
_OTHERS: Final = NN_("and {n} more", "and {n} more")


def flatplan(request: Request) -> Response:
    """Show all pages side by side, with the plan they follow."""
    state, name = state_of(request), request.path_params["issue"]
    folder = state.folder(name)
    try:
        plan = flatplan_of(state.workspace, folder.name)
    except BulletinError:
        # The pages are shown as they were last; what is wrong is said above them.
        plan = None
    strings = editor_strings(language_of(request))
    return issue_view(
        request,
        "pages/flatplan.html.j2",
        name,
        own=OWN,
        planned=_as_data(plan),
        weights=WEIGHTS,
        measures=[(each.value, strings[f"measure_{each.value}"]) for each in Measure],
    )


def _as_data(plan: Flatplan | None) -> Data:
    """Return the plan for the script of the page."""
    if plan is None:
        return {"version": "", "sections": [], "cover": ""}
    sections = [
        {
            "name": section.name,
            "title": section.title,
            "articles": [
                each._asdict() | {"pictures": [picture._asdict() for picture in each.pictures]}
                for each in section.articles
            ],
        }
        for section in plan.sections
    ]
    return {"version": plan.version, "sections": sections, "cover": plan.cover}


def planned(request: Request) -> Response:
    """Answer with the plan as it is now."""
    state = state_of(request)
    issue = state.folder(request.path_params["issue"]).name
    return JSONResponse(_as_data(flatplan_of(state.workspace, issue)))


def weights(request: Request) -> Response:
    """Answer with what the choice that leaves the weight to the program means now, for each article."""
    state, language = state_of(request), language_of(request)
    issue = state.folder(request.path_params["issue"]).name
    try:
        chosen = state.preview.weights(issue)
    except BulletinError:
        # What stands in the way is said where the pages are.
        chosen = {}
    named = dict(WEIGHTS) | OTHER_FORMS
    now = N_("automatic (now: {weight})")
    return JSONResponse(
        {name: say(now, language, weight=say(named[weight], language)) for name, weight in chosen.items()}
    )


async def tried(request: Request) -> Response:
    """Answer with what changes would do, in words; nothing is changed."""
    data = await data_of(request)
    async with state_of(request).making:
        return await run_in_threadpool(_tried, request, data)


def _tried(request: Request, data: Data) -> Response:
    state, language = state_of(request), language_of(request)
    issue = state.folder(request.path_params["issue"]).name
    chosen = _chosen(data)
    try:
        outcome = state.preview.outcome(issue, *_changes(chosen), asker=request.headers.get(KEY_HEADER, ""))
    except BulletinError as error:
        if error.findings[0].code == "E654":
            # Whoever asked has asked for something else since.
            return JSONResponse({"words": []})
        why = Names(state.workspace, issue, language).told(error.findings[0])["message"]
        unknown = say(N_("What it does cannot be foretold now: {why}"), language, why=why)
        return JSONResponse({"words": [unknown]})
    plan = flatplan_of(state.workspace, issue)
    titles = {each.name: each.title for section in plan.sections for each in section.articles}
    words = _in_words(outcome, titles, language)
    words += [
        say(N_("“{title}” would stay without articles, and an issue with such a section cannot be made"),
            language, title=title)
        for title in _emptied(plan, chosen)
    ]  # fmt: skip
    return JSONResponse({"words": words})


def _in_words(outcome: Outcome, titles: Mapping[str, str], language: str) -> list[str]:
    """Return what changes do, the weightiest first."""
    differences = (
        (outcome.pages_after - outcome.pages_before, _PAGES),
        (outcome.lines, _LINES),
        (outcome.empty_after - outcome.empty_before, _EMPTY),
    )
    words = [say_counted(messages[by < 0], abs(by), language) for by, messages in differences if by]
    if outcome.moved:
        named = [
            say(N_("“{title}” on page {page}"), language, title=titles.get(name, name), page=page)
            for name, page in outcome.moved[:_NAMED]
        ]
        if others := len(outcome.moved) - len(named):
            named.append(say_counted(_OTHERS, others, language))
        words.append(say(N_("begin elsewhere: {articles}"), language, articles=", ".join(named)))
    return words or [say(N_("all articles stay on their pages, and as long as they are"), language)]


def _emptied(plan: Flatplan, chosen: Chosen) -> list[str]:
    """Return the titles of the sections that moves would leave without articles."""
    counts = {each.name: len(each.articles) for each in plan.sections}
    present = {one.name: each.name for each in plan.sections for one in each.articles}
    for move in chosen.moves:
        if move.section in counts and move.name in present:
            counts[present[move.name]] -= 1
            counts[move.section] += 1
            present[move.name] = move.section
    return [each.title for each in plan.sections if each.articles and not counts[each.name]]


async def save(request: Request) -> Response:
    """Save what was chosen."""
    data = await data_of(request)
    return await run_in_threadpool(_saved, request, data)


def _saved(request: Request, data: Data) -> Response:
    state, language = state_of(request), language_of(request)
    issue = state.folder(request.path_params["issue"]).name
    made = save_chosen(state.workspace, issue, _chosen(data), HAND)
    for path in dict.fromkeys(step.path for step in made.steps):
        state.news.tell("saved", {"issue": issue, "path": path.rpartition("/")[2]})
    names = Names(state.workspace, issue, language)
    findings = [names.told(finding) for finding in made.findings]
    answer = {"findings": findings, "announce": say(N_("Saved"), language)}
    return JSONResponse(answer | offered(request, made.steps, N_("Saved")))


def _chosen(data: Data) -> Chosen:
    """Return what a page says was chosen; what is none of it is left out."""
    cover = data.get("cover")
    return Chosen(
        text_of(data, "base"),
        tuple(
            Move(text_of(each, "name"), text_of(each, "section"), _number(each))
            for each in _listed(data, "moves")
        ),
        tuple((text_of(each, "name"), text_of(each, "weight")) for each in _listed(data, "weights")),
        tuple(
            Width(text_of(each, "article"), _number(each), text_of(each, "source"), text_of(each, "measure"))
            for each in _listed(data, "widths")
        ),
        cover if isinstance(cover, str) else None,
    )


def _changes(chosen: Chosen) -> list[PlanChange]:
    """Return what was chosen as the changes that a preview tries."""
    changes: list[PlanChange] = [
        OrderChange(each.name, int(each.section) + 1, each.position)
        for each in chosen.moves
        if each.section.isascii() and each.section.isdecimal()
    ]
    changes += [WeightChange(name, weight or None) for name, weight in chosen.weights]
    changes += [WidthChange(each.article, each.source, each.measure, each.position) for each in chosen.widths]
    if chosen.cover is not None:
        changes.append(CoverChange(chosen.cover))
    return changes


def _listed(data: Data, name: str) -> list[Data]:
    given = data.get(name)
    return [each for each in given[:_MOST] if isinstance(each, dict)] if isinstance(given, list) else []


def _number(data: Data) -> int:
    value = data.get("position")
    return max(value, 0) if isinstance(value, int) else 0


ROUTES: Final = [
    Route("/issues/{issue}/pages", flatplan),
    Route("/issues/{issue}/pages", save, methods=["POST"]),
    Route("/api/issues/{issue}/plan", apart(planned)),
    Route("/api/issues/{issue}/weights", apart(weights)),
    Route("/api/issues/{issue}/trial", tried, methods=["POST"]),
]
