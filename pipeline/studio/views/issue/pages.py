"""The pages of an issue as they stand now: their pictures, their inks, and what stands where on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.findings.finding import errors
from pipeline.pdf.plate_pictures import PLATES
from pipeline.studio.views.rendering import language_of
from pipeline.studio.views.state import apart, state_of
from pipeline.studio.views.wording.naming import Names

if TYPE_CHECKING:
    from starlette.requests import Request

_EDITIONS: Final = ("screen", "press")
_DPI: Final = range(20, 301)
_USUAL_DPI: Final = 100
_DPI_OF_INKS: Final = 50


def pages(request: Request) -> Response:
    """Answer with the pages of an issue and what stands where on them."""
    state, name = state_of(request), request.path_params["issue"]
    issue = state.folder(name).name
    asked = request.query_params.get("edition", "")
    edition = asked if asked in _EDITIONS else _EDITIONS[0]
    shown = state.preview.show(issue, edition, settle="settle" in request.query_params)
    language = language_of(request)
    told = sorted(shown.findings, key=lambda finding: finding not in errors([finding]))
    names = Names(state.workspace, issue, language)
    titles = names.titles() if told or "titles" in request.query_params else {}
    data: dict[str, Any] = {
        "serial": shown.serial,
        "stale": shown.stale,
        "settled": shown.settled,
        "is_given_up": shown.is_given_up,
        "pages": [page._asdict() for page in shown.pages],
        "places": [place._asdict() for place in shown.places],
        "titles": titles,
        "findings": [
            names.told(finding) | {"where": titles.get(finding.place.path if finding.place else "", "")}
            for finding in told
        ],
    }
    return JSONResponse(data)


def progress(request: Request) -> Response:
    """Answer with how many pages are laid out of those that are being made."""
    state = state_of(request)
    state.folder(request.path_params["issue"])
    return JSONResponse({"pages": state.preview.pages_laid_out()})


def page_picture(request: Request) -> Response:
    """Answer with the picture of a page, or of its inks."""
    state, name = state_of(request), request.path_params["issue"]
    issue, key, dpi = state.folder(name).name, request.path_params["key"], _dpi(request)
    plate = request.query_params.get("plate", "")
    if plate in PLATES:
        data = state.preview.page_inks(issue, key, plate, dpi).picture
    else:
        data = state.preview.page_png(issue, key, dpi, lines="lines" in request.query_params)
    # A key names what is drawn: the picture of a key never changes.
    return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


def page_inks(request: Request) -> Response:
    """Answer with how much ink there is on a page, and how much its paper takes, in per cent."""
    state, name = state_of(request), request.path_params["issue"]
    issue = state.folder(name).name
    shown = state.preview.page_inks(issue, request.path_params["key"], PLATES[0], _DPI_OF_INKS)
    return JSONResponse(
        {
            "heaviest": round(shown.heaviest),
            "limit": shown.limit,
            "coverage": dict(zip(PLATES[1:5], shown.coverage, strict=True)),
        }
    )


def _dpi(request: Request) -> int:
    asked = request.query_params.get("dpi", "")
    dpi = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else _USUAL_DPI  # noqa: PLR2004 - three digits
    return min(max(dpi, _DPI[0]), _DPI[-1])


ROUTES: Final = [
    Route("/api/issues/{issue}/pages", apart(pages)),
    Route("/api/issues/{issue}/pages/{key}", apart(page_picture)),
    Route("/api/issues/{issue}/progress", progress),
    Route("/api/issues/{issue}/inks/{key}", apart(page_inks)),
]
