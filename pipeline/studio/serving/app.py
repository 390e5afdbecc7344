"""The application: which address is answered by which view, and how errors are shown."""

from __future__ import annotations

import asyncio
import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from pipeline.files.workspace import shipped_folder
from pipeline.findings.finding import BulletinError
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import LANGUAGES, say
from pipeline.studio.views import first_day, identity, issues, settings, undoing
from pipeline.studio.views.answers import data_of
from pipeline.studio.views.issue import (
    articles,
    contents,
    drafts,
    flatplan,
    history,
    imports,
    looks,
    pages,
    pictures,
    queries,
    removing,
    replacing,
    taking_out,
    texts,
)
from pipeline.studio.views.moved import following
from pipeline.studio.views.outside import watch
from pipeline.studio.views.publishing import (
    mail_settings,
    mailing,
    people,
    release,
    returned,
    shelf,
    site,
    some_members,
    withdrawing,
)
from pipeline.studio.views.rendering import STATIC, language_of, view
from pipeline.studio.views.state import state_of
from pipeline.studio.views.streams import all_news, job_news
from pipeline.studio.views.wording.program_faults import fault_words, write_fault
from pipeline.studio.views.wording.telling import told_here

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from pipeline.studio.views.state import StudioState

_FACE_FILES: Final = {
    "SofiaSans-Regular.ttf": "sofia-sans",
    "SofiaSans-Italic.ttf": "sofia-sans",
    "SofiaSans-SemiBold.ttf": "sofia-sans",
    "SofiaSans-Bold.ttf": "sofia-sans",
    "SourceSerif-Regular.ttf": "source-serif",
    "SourceSerif-Italic.ttf": "source-serif",
    "SourceSerif-SemiBold.ttf": "source-serif",
    "SourceCodePro-Regular.ttf": "source-code",
}
"""The faces of the interface, by their files: the program's own, served from here."""

_VIEWS: Final = (
    first_day,
    issues,
    settings,
    identity,
    undoing,
    contents,
    articles,
    pictures,
    removing,
    replacing,
    taking_out,
    history,
    imports,
    drafts,
    flatplan,
    looks,
    pages,
    queries,
    texts,
    release,
    mailing,
    mail_settings,
    people,
    returned,
    shelf,
    site,
    some_members,
    withdrawing,
)

_KINDS: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
}


def studio_app(state: StudioState) -> ASGIApp:
    """Return the application.

    Args:
        state: What the views share.
    """

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(watch(state))
        yield
        watching.cancel()

    app = Starlette(
        lifespan=life,
        routes=studio_routes(),
        exception_handlers={BulletinError: findings_of, HTTPException: missing, Exception: fault_of},
    )
    app.state.studio = state
    return following(app, state)


def studio_routes() -> list[Route]:
    """Return where the studio answers."""
    return [
        Route("/static/{name:path}", static_file),
        Route("/api/tab", new_tab, methods=["POST"]),
        Route("/api/sight", sight),
        Route("/api/language", other_language, methods=["POST"]),
        Route("/api/jobs/{job}", job_news),
        Route("/api/events", all_news),
        *(route for module in _VIEWS for route in module.ROUTES),
    ]


def static_file(request: Request) -> Response:
    """Answer with a file of the program: a style, a script, a face."""
    name = request.path_params["name"]
    folder = shipped_folder("fonts") / _FACE_FILES[name] if name in _FACE_FILES else STATIC
    known = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if name not in known:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    kind = _KINDS.get(known[name].suffix, "application/octet-stream")
    kept = {"cache-control": "private, max-age=86400"} if request.url.query or name in _FACE_FILES else None
    return FileResponse(known[name], media_type=kind, headers=kept)


def new_tab(request: Request) -> Response:
    """Give a new tab of this browser a secret of its own; an open tab asks for it."""
    return JSONResponse({"key": request.scope["state"]["session"].new_key()})


def sight(request: Request) -> Response:
    """Give a page of before a start of the studio what addresses of pictures end with now."""
    return JSONResponse({"sight": request.scope["state"]["session"].sight})


async def other_language(request: Request) -> Response:
    """Speak another language to this browser."""
    wanted = (await data_of(request)).get("language")
    if isinstance(wanted, str) and wanted in LANGUAGES:
        request.scope["state"]["session"].language = wanted
        await run_in_threadpool(state_of(request).keep_language, wanted)
    return JSONResponse({"reload": True})


def findings_of(request: Request, error: Exception) -> Response:
    """Answer with findings: as a page where one was asked for, else as data."""
    assert isinstance(error, BulletinError)  # noqa: S101 - it is registered for these alone
    language = language_of(request)
    if request.method == "GET" and not request.url.path.startswith("/api/"):
        return view(request, "problem.html.j2", HTTPStatus.CONFLICT, findings=error.findings, title="")
    data = [told_here(finding, language) for finding in error.findings]
    return JSONResponse({"state": "refused", "findings": data}, HTTPStatus.UNPROCESSABLE_ENTITY)


def fault_of(request: Request, error: Exception) -> Response:
    """Answer that the program itself failed, in words: a page shows them where it shows what is wrong."""
    language = language_of(request)
    log = state_of(request).log
    write_fault(error, log)
    message = fault_words(language, log)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if request.method == "GET" and not request.url.path.startswith("/api/"):
        return view(request, "problem.html.j2", status, findings=(), title=message)
    return JSONResponse({"state": "fault", "findings": [{"message": message, "remedy": ""}]}, status)


def missing(request: Request, error: Exception) -> Response:
    """Answer that there is no such page."""
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return JSONResponse({"state": "too-large"}, status)
    if request.method == "GET" and "session" in request.scope.get("state", {}):
        title = say(N_("There is no such page"), language_of(request))
        return view(request, "problem.html.j2", status, findings=(), title=title)
    return JSONResponse({"state": "missing"}, status)
