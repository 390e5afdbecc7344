"""The publication and its house style, as forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.overview.countries import countries_in
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.settings import open_settings, save_settings
from pipeline.findings.finding import IssueError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.forms.fields import changed_values, shown_fields
from pipeline.studio.views.forms.settings import HOUSE, PUBLICATION, Group
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import HAND, state_of

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
        N_("What stays the same from issue to issue; it lies in issues/publication.yaml."),
    ),
    "house": (
        HOUSE,
        N_("House style"),
        N_("How names and words are written here; it lies in issues/house.yaml."),
    ),
}


def settings(request: Request) -> Response:
    """Show the publication or the house style."""
    which = _which(request)
    groups, title, lead = _PAGES[which]
    workspace, language = state_of(request).workspace, language_of(request)
    opened = open_settings(workspace, which)
    return view(
        request,
        "settings.html.j2",
        publication=publication_title(workspace),
        title=say(title, language),
        lead=say(lead, language),
        groups=[(group, shown_fields(group.fields, opened.fields)) for group in groups],
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
    fields = [field for group in _PAGES[which][0] for field in group.fields]
    changes = changed_values(fields, opened.fields, data)
    if which == "house" and changes and "format" not in opened.fields:
        changes = {("format",): "1", **changes}
    save_changes(state, which, text_of(data, "base") or opened.version, changes)
    return JSONResponse({"announce": say(N_("Saved"), language_of(request)), "refresh": True})


def save_changes(state: StudioState, which: Which, base: str, changes: Mapping[Path, Value]) -> None:
    """Save changes of settings; nothing is written where there are none.

    Raises:
        IssueError: They cannot be saved.
        PressError: The disk or the system refuses.
    """
    if not changes:
        return
    saved = save_settings(state.workspace, which, base, changes, HAND)
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name=f"{which}.yaml")])
    state.news.tell("saved", {"issue": "", "path": f"issues/{which}.yaml"})


def _which(request: Request) -> Which:
    return "house" if request.url.path == "/house" else "publication"


ROUTES: Final = [
    Route("/publication", settings),
    Route("/house", settings),
    Route("/publication", save, methods=["POST"]),
    Route("/house", save, methods=["POST"]),
]
