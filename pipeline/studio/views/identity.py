"""The look of the house: colours, faces and logo, with a specimen that the press sets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from pipeline.desk.editing.contact_sheet import picture_file
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.overview.renditions import shown_picture
from pipeline.desk.tasks.drafting import DraftRequest, showing_look
from pipeline.desk.writing.settings import open_settings
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.choices import choices_of_house, with_choices
from pipeline.studio.views.forms.fields import shown_fields, value_at
from pipeline.studio.views.forms.settings import LOOK
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.settings import save_changes
from pipeline.studio.views.state import HAND, state_of

NAME: Final = "identity"
"""What the files of the specimen are called, as `bulletin identity` calls them."""

if TYPE_CHECKING:
    from starlette.requests import Request

    from pipeline.studio.views.forms.fields import Field
    from pipeline.studio.views.state import StudioState


def identity(request: Request) -> Response:
    """Show the look."""
    state = state_of(request)
    opened = open_settings(state.workspace, "publication")
    specimen = _specimen(state)
    return view(
        request,
        "identity.html.j2",
        publication=publication_title(state.workspace),
        base=opened.version,
        shown=shown_fields(_fields(state), opened.fields),
        upload="/api/house-files",
        has_specimen=specimen.stat().st_mtime_ns if specimen.is_file() else 0,
        logo=value_at(opened.fields, ("identity", "logo")) or "",
    )


async def save(request: Request) -> Response:
    """Save colours and faces, and make the specimen anew."""
    data = await data_of(request)
    return await run_in_threadpool(_saved, request, data)


def _saved(request: Request, data: dict[str, Any]) -> Response:
    state = state_of(request)
    opened = open_settings(state.workspace, "publication")
    changes = changed_values(_fields(state), opened.fields, data)
    save_changes(state, "publication", text_of(data, "base") or opened.version, changes)
    return make_specimen(request)


def make_specimen(request: Request) -> Response:
    """Begin to make the specimen."""
    state = state_of(request)
    asked = DraftRequest(str(state.workspace.root), "", language_of(request))
    work = Work(showing_look, asked, asked.language, lambda _: {"refresh": True})
    return JSONResponse({"job": state.jobs.start(work)})


def specimen(request: Request) -> Response:
    """Answer with the picture of the specimen."""
    path = _specimen(state_of(request))
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type="image/png")


def specimen_pages(request: Request) -> Response:
    """Answer with all pages of the specimen, a PDF."""
    path = _specimen(state_of(request)).with_suffix(".pdf")
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type="application/pdf")


def download(_: Request) -> Response:
    """Say where the pages of the specimen are."""
    return JSONResponse({"download": "/api/specimen.pdf", "name": f"{NAME}.pdf"})


def logo(request: Request) -> Response:
    """Answer with the logo as a picture."""
    state = state_of(request)
    name = value_at(open_settings(state.workspace, "publication").fields, ("identity", "logo"))
    if not isinstance(name, str):
        raise HTTPException(404)
    made = shown_picture(picture_file(state.workspace.issues, name), name, 800)
    return Response(made.data, media_type=made.media_type)


def _fields(state: StudioState) -> list[Field]:
    """Return the fields of the look, with the faces and files that are offered."""
    return with_choices(LOOK, choices_of_house(state.workspace))


def _specimen(state: StudioState) -> Path:
    return Path(state.workspace.root) / "out" / NAME / f"{NAME}.png"


ROUTES: Final = [
    Route("/identity", identity),
    Route("/identity", save, methods=["POST"]),
    Route("/identity/specimen", make_specimen, methods=["POST"]),
    Route("/identity/download", download, methods=["POST"]),
    Route("/api/specimen", specimen),
    Route("/api/specimen.pdf", specimen_pages),
    Route("/api/logo", logo),
]
