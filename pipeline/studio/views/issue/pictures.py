"""Pictures of an issue: the contact sheet, what is said of each, and those that arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.desk.editing.contact_sheet import contact_sheet, picture_file, save_print
from pipeline.desk.intake.picture_arrival import take_picture
from pipeline.desk.overview.renditions import shown_picture
from pipeline.findings.finding import found
from pipeline.studio.gate.uploads import received
from pipeline.studio.views.answers import data_of, refused, text_of
from pipeline.studio.views.forms.plan import CONSENTS
from pipeline.studio.views.rendering import issue_view
from pipeline.studio.views.state import state_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from pipeline.studio.gate.uploads import Arrival

_USUAL_WIDTH: Final = 800


def pictures(request: Request) -> Response:
    """Show all pictures of an issue on one sheet."""
    name = request.path_params["issue"]
    prints = contact_sheet(state_of(request).workspace, name)
    return issue_view(
        request,
        "pictures.html.j2",
        name,
        prints=prints,
        lacking=sum(bool(each.lacks) for each in prints),
        consents=CONSENTS,
    )


async def say_of(request: Request) -> Response:
    """Save what is said of a picture."""
    data = await data_of(request)
    return await run_in_threadpool(_said, request, data)


def _said(request: Request, data: dict[str, Any]) -> Response:
    state, name = state_of(request), request.path_params["issue"]
    state.folder(name)
    values = {
        key: value.strip() if isinstance(value, str) else value
        for key, value in data.items()
        if key in {"source", "alternative", "credit", "caption", "consent", "focus"}
    }
    position = data.get("position")
    saved = save_print(
        state.workspace,
        name,
        text_of(data, "article"),
        position if isinstance(position, int) else -1,
        values,
    )
    state.news.tell("saved", {"issue": name, "path": text_of(data, "article")})
    return JSONResponse({"state": "saved", "picture": saved.model_dump(mode="json")})


async def arrive(request: Request) -> Response:
    """Take a picture that was dropped or pasted into a text."""
    arrival = await received(request, state_of(request).arrivals)
    try:
        if not arrival.files:
            return refused(request, [found("E629", None)])
        return await run_in_threadpool(_arrived, request, arrival)
    finally:
        arrival.forget()


def _arrived(request: Request, arrival: Arrival) -> Response:
    folder = state_of(request).folder(request.path_params["issue"])
    path = arrival.files[0]
    return JSONResponse(take_picture(folder, path.name, path.read_bytes())._asdict())


def picture(request: Request) -> Response:
    """Answer with a picture of an issue as a screen shows it: made anew, never the file itself."""
    folder = state_of(request).folder(request.path_params["issue"])
    name = request.path_params["name"]
    asked = request.query_params.get("width", "")
    width = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else _USUAL_WIDTH  # noqa: PLR2004 - no screen is wider
    made = shown_picture(picture_file(folder, name), name, width)
    return Response(made.data, media_type=made.media_type)


ROUTES: Final = [
    Route("/issues/{issue}/pictures", pictures),
    Route("/issues/{issue}/pictures", say_of, methods=["POST"]),
    Route("/api/issues/{issue}/pictures", arrive, methods=["POST"]),
    Route("/api/issues/{issue}/pictures/{name:path}", picture),
]
