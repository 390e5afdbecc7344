"""The pages of an issue as they stand now, and an article as a screen shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.findings.finding import errors
from pipeline.studio.views.issue.queries import titles_of_files
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import state_of
from pipeline.studio.views.telling import told_here

if TYPE_CHECKING:
    from starlette.requests import Request

_EDITIONS: Final = ("screen", "press")
_DPI: Final = range(20, 301)
_USUAL_DPI: Final = 100


def flatplan(request: Request) -> Response:
    """Show all pages side by side."""
    name = request.path_params["issue"]
    state_of(request).folder(name)
    return issue_view(request, "pages.html.j2", name)


def pages(request: Request) -> Response:
    """Answer with the pages of an issue and what stands where on them."""
    state, name = state_of(request), request.path_params["issue"]
    issue = state.folder(name).name
    asked = request.query_params.get("edition", "")
    edition = asked if asked in _EDITIONS else _EDITIONS[0]
    shown = state.preview.show(issue, edition, settle="settle" in request.query_params)
    language = language_of(request)
    told = sorted(shown.findings, key=lambda finding: finding not in errors([finding]))
    titles = titles_of_files(state, issue, language) if told else {}
    data: dict[str, Any] = {
        "serial": shown.serial,
        "stale": shown.stale,
        "settled": shown.settled,
        "pages": [page._asdict() for page in shown.pages],
        "places": [place._asdict() for place in shown.places],
        "findings": [
            told_here(finding, language)
            | {"where": titles.get(finding.place.path if finding.place else "", "")}
            for finding in told
        ],
    }
    return JSONResponse(data)


def page_picture(request: Request) -> Response:
    """Answer with the picture of a page."""
    state, name = state_of(request), request.path_params["issue"]
    issue = state.folder(name).name
    asked = request.query_params.get("dpi", "")
    dpi = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else _USUAL_DPI  # noqa: PLR2004 - three digits
    lines = "lines" in request.query_params
    dpi = min(max(dpi, _DPI[0]), _DPI[-1])
    data = state.preview.page_png(issue, request.path_params["key"], dpi, lines=lines)
    # A key names what is drawn: the picture of a key never changes.
    return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


def article_html(request: Request) -> Response:
    """Answer with an article as HTML, for a frame without scripts."""
    state, name = state_of(request), request.path_params["issue"]
    issue = state.folder(name).name
    return JSONResponse({"html": state.preview.article_html(issue, request.path_params["name"])})


ROUTES: Final = [
    Route("/issues/{issue}/pages", flatplan),
    Route("/api/issues/{issue}/pages", pages),
    Route("/api/issues/{issue}/pages/{key}", page_picture),
    Route("/api/issues/{issue}/articles/{name}/html", article_html),
]
