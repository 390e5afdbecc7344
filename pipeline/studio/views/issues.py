"""The issues: covers of what was filed, what is in hand, and a new one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.desk.editing.aside_keeping import kept_aside
from pipeline.desk.editing.setting_aside import aside_issues
from pipeline.desk.intake.starting import PLAIN, new
from pipeline.desk.overview.issues import cover_of, issues_at_a_glance, publication_title
from pipeline.findings.finding import found
from pipeline.studio.views.answers import data_of, refused_fields, text_of
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import state_of
from pipeline.typography.dates import full_date
from pipeline.typography.localisation import number

if TYPE_CHECKING:
    from starlette.requests import Request

    from pipeline.desk.editing.aside_keeping import AsideKept

_FEW: Final = 10
"""Megabytes below which their tenths are told."""

_PNG: Final = b"\x89PNG"


def home(request: Request) -> Response:
    """Show the issues; before the first day, what it asks."""
    state = state_of(request)
    workspace = state.begun
    if workspace is None:
        return view(request, "first_day.html.j2", folder=state.root)
    aside = aside_issues(workspace, language_of(request))
    kept = kept_aside(workspace, state.today)
    out = request.query_params.get("out", "")
    return view(
        request,
        "issues.html.j2",
        aside=aside,
        kept={name: _told(each, language_of(request)) for name, each in kept.items()},
        kept_size=_size(sum(each.size for each in kept.values()), language_of(request)),
        just_out=next((each for each in aside if each.name == out), None),
        publication=publication_title(workspace),
        issues=issues_at_a_glance(workspace, language_of(request)),
        today=state.today.isoformat(),
    )


def _told(kept: AsideKept, language: str) -> dict[str, str]:
    """Return how much room an issue takes that was taken out, and until when it is kept."""
    return {"size": _size(kept.size, language), "until": full_date(kept.until, language)}


def _size(size: int, language: str) -> str:
    """Return bytes in megabytes, as an officer reads them."""
    megabytes = Decimal(size) / 1_000_000
    return number(megabytes.quantize(Decimal("0.1") if megabytes < _FEW else Decimal(1)), language)


async def new_issue(request: Request) -> Response:
    """Begin the next issue, and go to it."""
    written = text_of(await data_of(request), "date")
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return refused_fields(request, {"date": found("E630", None, found=written)})
    state = state_of(request)
    begun = await run_in_threadpool(new, state.workspace.root, day, language_of(request), PLAIN)
    return JSONResponse({"go": f"/issues/{begun.folder.name}"})


def cover(request: Request) -> Response:
    """Answer with the cover of an issue as a picture."""
    picture = cover_of(state_of(request).folder(request.path_params["issue"]))
    if picture is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    kind = "image/png" if picture.startswith(_PNG) else "image/jpeg"
    return Response(picture, media_type=kind)


ROUTES: Final = [
    Route("/", home),
    Route("/issues", new_issue, methods=["POST"]),
    Route("/api/issues/{issue}/cover", cover),
]
