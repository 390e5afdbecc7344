"""Answers to forms: where to go, what is refused, and at which field."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse

from pipeline.files.owned_files import RefusedNameError, owned_file
from pipeline.studio.views.rendering import language_of
from pipeline.studio.views.wording.telling import told_here

OUTPUTS: Final = "out"
"""The folder of a workspace that what is made goes into."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding


def refused_fields(request: Request, faults: Mapping[str, Finding]) -> Response:
    """Answer that fields of a form are wrong; each finding is shown at its field."""
    language = language_of(request)
    data = [{**told_here(finding, language), "field": name} for name, finding in faults.items()]
    return _refused(data)


def refused(request: Request, findings: Iterable[Finding]) -> Response:
    """Answer that something cannot be done."""
    language = language_of(request)
    return _refused([told_here(finding, language) for finding in findings])


async def data_of(request: Request) -> dict[str, Any]:
    """Return the fields that a page sent as JSON; none where it sent something else."""
    try:
        data = json.loads(await request.body())
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def text_of(data: Mapping[str, Any], name: str) -> str:
    """Return a field as a text without spaces around it; empty where it is none."""
    value = data.get(name)
    return value.strip() if isinstance(value, str) else ""


def made_pdf(workspace: Workspace, name: str) -> Response:
    """Answer with a PDF that was made: one in the folder of outputs, and nothing that a link there leads to.

    Args:
        workspace: The workspace.
        name: The file in that folder.

    Raises:
        HTTPException: There is none.
    """
    try:
        path = owned_file(workspace.root, f"{OUTPUTS}/{name}")
    except RefusedNameError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    return FileResponse(path, media_type="application/pdf")


def _refused(data: list[dict[str, Any]]) -> Response:
    return JSONResponse({"state": "refused", "findings": data}, HTTPStatus.UNPROCESSABLE_ENTITY)
