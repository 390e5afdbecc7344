"""The archive is made a site, and handed on as one file to whoever keeps the web server."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from pipeline.archive.shelf import Shelf
from pipeline.delivery.settings.reader import read_publication
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.tasks.site import PACKED, SITE, SiteRequest, site_making
from pipeline.files.owned_files import RefusedNameError, owned_file
from pipeline.findings.finding import BulletinError
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import OUTPUTS, data_of, text_of
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import state_of
from pipeline.typography.dates import full_date
from pipeline.typography.localisation import file_size

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding

_MADE: Final = N_("The site is made; issues: {issues}, files: {files}")


def site(request: Request) -> Response:
    """Show whether a site was made, and where it is to lie."""
    workspace, language = state_of(request).workspace, language_of(request)
    findings: tuple[Finding, ...] = ()
    count, changed = 0, 0.0
    try:
        shelf = Shelf(workspace)
        count = len(shelf.newest())
        # Each filing, and each withdrawal, has its line there.
        changed = shelf.index.stat().st_mtime if count else 0.0
    except BulletinError as error:
        findings = error.findings
    made = _made(workspace)
    state = made.stat() if made is not None else None
    at = dt.datetime.fromtimestamp(state.st_mtime, dt.UTC).astimezone() if state is not None else None
    return view(
        request,
        "publishing/site.html.j2",
        publication=publication_title(workspace),
        count=count,
        address=_address(workspace),
        made=f"{full_date(at.date(), language)}, {at:%H:%M}" if at is not None else "",
        is_current=state is not None and state.st_mtime >= changed,
        size=file_size(state.st_size, language) if state is not None else "",
        name=PACKED,
        folder=f"{OUTPUTS}/{SITE}",
        findings=findings,
    )


def _made(workspace: Workspace) -> Path | None:
    """Return the site that was made, as one file, or None."""
    try:
        return owned_file(workspace.root, f"{OUTPUTS}/{PACKED}")
    except RefusedNameError:
        return None


def _address(workspace: Workspace) -> str:
    """Return where the settings say that the site lies; empty where they do not."""
    try:
        sender = read_publication(workspace, "").sender
    except BulletinError:
        return ""
    return str(sender.online or "") if sender is not None else ""


async def make(request: Request) -> Response:
    """Begin to make the site."""
    address = text_of(await data_of(request), "address")
    return await run_in_threadpool(_begun, request, address)


def _begun(request: Request, address: str) -> Response:
    state, language = state_of(request), language_of(request)

    def finish(made: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        return {"announce": say(_MADE, language, **made), "refresh": True, "focus": "made"}

    asked = SiteRequest(str(state.workspace.root), address, language)
    return JSONResponse({"job": state.jobs.start(Work(site_making, asked, language, finish))})


def packed(request: Request) -> Response:
    """Answer with the site as one file."""
    made = _made(state_of(request).workspace)
    if made is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return FileResponse(made, media_type="application/zip")


ROUTES: Final = [
    Route("/archive/site", site),
    Route("/archive/site", make, methods=["POST"]),
    Route("/api/archive/site", packed),
]
