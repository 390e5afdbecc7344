"""The first day: where there is no workspace, a page asks for four things and makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.intake.first_day import FirstDay, begin, faults_of
from pipeline.findings.finding import found
from pipeline.studio.gate.uploads import received
from pipeline.studio.views.answers import refused_fields
from pipeline.studio.views.rendering import language_of
from pipeline.studio.views.state import state_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.studio.gate.uploads import Arrival

_ASKED: Final = ("title", "publisher", "email")
_COLOURS: Final = {"main": "#0F4C64", "accent": "#D9A441"}


async def first_day(request: Request) -> Response:
    """Make the workspace, and go to its first issue."""
    arrival = await received(request, state_of(request).arrivals)
    try:
        empty = {name: found("E624", None) for name in _ASKED if not arrival.fields.get(name, "").strip()}
        if empty:
            return refused_fields(request, empty)
        return await run_in_threadpool(_begun, request, arrival)
    finally:
        arrival.forget()


def _begun(request: Request, arrival: Arrival) -> Response:
    state = state_of(request)
    files, fields = arrival.files, arrival.fields
    answers = FirstDay(
        title=fields["title"].strip(),
        publisher=fields["publisher"].strip(),
        email=fields["email"].strip(),
        main=fields.get("main") or _COLOURS["main"],
        accent=fields.get("accent") or _COLOURS["accent"],
        logo=files[0].read_bytes() if files else None,
    )
    if faults := faults_of(answers):
        return refused_fields(request, faults)
    begun = begin(state.root, state.today, language_of(request), answers)
    return JSONResponse({"go": f"/issues/{begun.folder.name}"})


ROUTES: Final = [Route("/first-day/logo", first_day, methods=["POST"])]
