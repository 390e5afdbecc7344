"""The publication and its house style, as forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.fillers import add_filler
from pipeline.desk.editing.house_files import take_house_file
from pipeline.desk.editing.undoing import versions_in
from pipeline.desk.overview.countries import countries_in
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.overview.languages import languages_in
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.settings import SETTINGS, open_settings, save_settings
from pipeline.desk.writing.shown import fields_shown
from pipeline.findings.finding import IssueError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.gate.uploads import received
from pipeline.studio.views.answers import data_of, refused, refused_fields, text_of
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.choices import choices_of_house, languages_in_use, with_choices
from pipeline.studio.views.forms.fields import shown_fields
from pipeline.studio.views.forms.keys import with_keys
from pipeline.studio.views.forms.settings import HOUSE, PUBLICATION, Group
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import HAND, state_of
from pipeline.studio.views.undoing import undo_since

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.files.yaml_edit import Field as Path
    from pipeline.files.yaml_text import Value
    from pipeline.studio.views.state import StudioState

    Which = Literal["publication", "house"]

_PAGES: Final[dict[str, tuple[tuple[Group, ...], str, str]]] = {
    "publication": (
        PUBLICATION,
        N_("Publication"),
        N_("What stays the same from issue to issue."),
    ),
    "house": (
        HOUSE,
        N_("House style"),
        N_("How names and words are written here. What is written otherwise is asked about."),
    ),
}


def settings(request: Request) -> Response:
    """Show the publication or the house style."""
    which = _which(request)
    groups, title, lead = _PAGES[which]
    workspace, language = state_of(request).workspace, language_of(request)
    opened = open_settings(workspace, which)
    languages = languages_in_use(opened.fields)
    choices = {**choices_of_house(workspace), "languages": languages_in(language)}
    return view(
        request,
        "settings.html.j2",
        publication=publication_title(workspace),
        title=say(title, language),
        lead=say(lead, language),
        groups=[
            (group, shown_fields(with_choices(group.fields, choices), opened.fields, languages))
            for group in groups
        ],
        upload="/api/house-files",
        base=opened.version,
        countries=countries_in(language),
        findings=opened.findings,
    )


async def save(request: Request) -> Response:
    """Save what a form changed."""
    data = await data_of(request)
    return await run_in_threadpool(_saved, request, data)


def _saved(request: Request, data: dict[str, Any]) -> Response:
    which = _which(request)
    state = state_of(request)
    opened = open_settings(state.workspace, which)
    before = versions_in(state.workspace, state.workspace.issues)
    fields = [field for group in _PAGES[which][0] for field in group.fields]
    base = text_of(data, "base") or opened.version
    shown = fields_shown(state.workspace, SETTINGS[which], base, opened.fields)
    changes = changed_values(fields, shown, with_keys(shown, data), languages_in_use(shown))
    if which == "house" and changes and "format" not in shown:
        changes = {("format",): "1", **changes}
    save_changes(state, which, base, changes)
    words = N_("Saved")
    answer = {"announce": say(words, language_of(request)), "refresh": True}
    return JSONResponse(answer | undo_since(request, state.workspace.issues, before, words))


def save_changes(state: StudioState, which: Which, base: str, changes: Mapping[Path, Value]) -> None:
    """Save changes of settings; nothing is written where there are none.

    Raises:
        IssueError: They cannot be saved, or somebody changed the same in that moment (E632).
        PressError: The disk or the system refuses.
    """
    if not changes:
        return
    saved = save_settings(state.workspace, which, base, changes, HAND)
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name=f"{which}.yaml")])
    state.news.tell("saved", {"issue": "", "path": f"issues/{which}.yaml"})


async def new_filler(request: Request) -> Response:
    """Write a piece of the house that may fill the foot of a page."""
    data = await data_of(request)
    return await run_in_threadpool(_filler_written, request, data)


def _filler_written(request: Request, data: dict[str, Any]) -> Response:
    workspace = state_of(request).workspace
    title, words = text_of(data, "filler_title"), text_of(data, "filler_words")
    if empty := {
        name: found("E624", None) for name in ("filler_title", "filler_words") if not text_of(data, name)
    }:
        return refused_fields(request, empty)
    before = versions_in(workspace, workspace.issues)
    add_filler(workspace, title, words, HAND)
    told = N_("The piece is written and listed")
    answer = {"announce": say(told, language_of(request)), "refresh": True}
    return JSONResponse(answer | undo_since(request, workspace.issues, before, told))


async def bring_file(request: Request) -> Response:
    """Take a logo or the profile of a print shop that was chosen in a form."""
    arrival = await received(request, state_of(request).arrivals)
    try:
        if not arrival.files:
            return refused(request, [found("E629", None)])
        path = arrival.files[0]
        workspace = state_of(request).workspace
        source = await run_in_threadpool(take_house_file, workspace, path.name, path.read_bytes())
        return JSONResponse({"source": source})
    finally:
        arrival.forget()


def _which(request: Request) -> Which:
    return "house" if request.url.path == "/house" else "publication"


ROUTES: Final = [
    Route("/publication", settings),
    Route("/house", settings),
    Route("/publication", save, methods=["POST"]),
    Route("/house", save, methods=["POST"]),
    Route("/publication/fillers", new_filler, methods=["POST"]),
    Route("/api/house-files", bring_file, methods=["POST"]),
]
