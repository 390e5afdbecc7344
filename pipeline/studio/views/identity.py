"""The look of the house: colours, faces and logo, with a specimen that the press sets."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.desk.editing.contact_sheet import picture_file
from pipeline.desk.editing.undoing import versions_in
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.overview.renditions import shown_picture
from pipeline.desk.tasks.drafting import DraftRequest, showing_look
from pipeline.desk.writing.settings import SETTINGS, open_settings
from pipeline.desk.writing.shown import fields_shown
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import data_of, made_pdf, text_of
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.choices import choices_of_house, with_choices
from pipeline.studio.views.forms.fields import shown_fields, value_at
from pipeline.studio.views.forms.settings import LOOK
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.settings import save_changes
from pipeline.studio.views.state import state_of
from pipeline.studio.views.undoing import undo_since
from pipeline.studio.views.wording.telling import told_here

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
    return view(
        request,
        "identity.html.j2",
        publication=publication_title(state.workspace),
        base=opened.version,
        shown=shown_fields(_fields(state), opened.fields),
        upload="/api/house-files",
        logo=value_at(opened.fields, ("identity", "logo")) or "",
    )


async def save(request: Request) -> Response:
    """Save colours and faces, and make the specimen anew."""
    data = await data_of(request)
    return await run_in_threadpool(_saved, request, data)


def _saved(request: Request, data: dict[str, Any]) -> Response:
    state = state_of(request)
    before = versions_in(state.workspace, state.workspace.issues)
    opened = open_settings(state.workspace, "publication")
    base = text_of(data, "base") or opened.version
    shown = fields_shown(state.workspace, SETTINGS["publication"], base, opened.fields)
    save_changes(state, "publication", base, changed_values(_fields(state), shown, data))
    words = N_("Saved")
    answer = {"announce": say(words, language_of(request)), "refresh": True}
    return JSONResponse(answer | undo_since(request, state.workspace.issues, before, words))


async def try_look(request: Request) -> Response:
    """Draw the look as the form has it, though it is not saved."""
    data = await data_of(request)
    async with state_of(request).making:
        return await run_in_threadpool(_tried, request, data)


def _tried(request: Request, data: dict[str, Any]) -> Response:
    state, language = state_of(request), language_of(request)
    opened = open_settings(state.workspace, "publication")
    look = state.tried(changed_values(_fields(state), opened.fields, data), language)
    state.shown_look = look.picture
    findings = [told_here(finding, language) for finding in look.findings]
    name = hashlib.sha256(look.picture).hexdigest()[:16]
    return JSONResponse({"picture": f"/api/specimen?v={name}", "said": findings})


def live_specimen(request: Request) -> Response:
    """Answer with the picture of the look that was tried last."""
    picture = state_of(request).shown_look
    if not picture:
        raise HTTPException(404)
    return Response(picture, media_type="image/png")


def make_specimen(request: Request) -> Response:
    """Begin to make all pages of the specimen."""
    state = state_of(request)
    asked = DraftRequest(str(state.workspace.root), "", language_of(request))
    done = {"download": "/api/specimen.pdf", "name": f"{NAME}.pdf"}
    return JSONResponse({"job": state.jobs.start(Work(showing_look, asked, asked.language, lambda _: done))})


def specimen_pages(request: Request) -> Response:
    """Answer with all pages of the specimen, a PDF."""
    return made_pdf(state_of(request).workspace, f"{NAME}/{NAME}.pdf")


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


ROUTES: Final = [
    Route("/identity", identity),
    Route("/identity", save, methods=["POST"]),
    Route("/identity/specimen", make_specimen, methods=["POST"]),
    Route("/api/specimen", live_specimen),
    Route("/api/specimen/live", try_look, methods=["POST"]),
    Route("/api/specimen.pdf", specimen_pages),
    Route("/api/logo", logo),
]
