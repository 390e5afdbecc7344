"""The settings of the mail: server, password and list of members, as forms."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.delivery.settings.passwords import VARIABLE
from pipeline.delivery.settings.reader import MAIL as MAIL_FOLDER
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.writing.mail_settings import (
    faulty_fields,
    open_mail_settings,
    save_mail_settings,
    take_members,
)
from pipeline.findings.finding import BulletinError, DeliveryError, errors, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.gate.bodies import ORDINARY
from pipeline.studio.gate.uploads import received
from pipeline.studio.views.answers import data_of, refused, refused_fields, text_of
from pipeline.studio.views.forms.changes import changed_values
from pipeline.studio.views.forms.fields import shown_fields
from pipeline.studio.views.forms.mail import MAIL
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import state_of, unattended
from pipeline.studio.views.wording.telling import told_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.delivery.members.reader import MemberList
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding

_FIELDS: Final = tuple(field for group in MAIL for field in group.fields)
_NEEDED: Final = "server.host"
_MOST_FINDINGS: Final = 50


def settings(request: Request) -> Response:
    """Show the settings of the mail."""
    workspace = state_of(request).workspace
    findings: tuple[Finding, ...] = ()
    listed = None
    opened = open_mail_settings(workspace)
    if name := opened.fields.get("members"):
        try:
            listed = _listed(workspace, str(name))
            findings = listed.findings
        except BulletinError as error:
            findings = error.findings
    return view(
        request,
        "publishing/mail.html.j2",
        publication=publication_title(workspace),
        groups=[(group, shown_fields(group.fields, opened.fields)) for group in MAIL],
        base=opened.version,
        is_set_up=bool(opened.fields),
        has_password=opened.has_password,
        variable=VARIABLE if opened.is_outranked else "",
        members=name or "",
        active=len(listed.active) if listed is not None else None,
        inactive=len(listed.members) - len(listed.active) if listed is not None else 0,
        findings=findings[:_MOST_FINDINGS],
    )


def _listed(workspace: Workspace, name: str) -> MemberList:
    from pipeline.delivery.members.reader import read_members  # noqa: PLC0415 - slow to load

    return read_members(workspace.root / MAIL_FOLDER / name, name)


async def save(request: Request) -> Response:
    """Save the settings, and the password where one was typed."""
    data = await data_of(request)
    return await run_in_threadpool(_saved, request, data)


def _saved(request: Request, data: dict[str, Any]) -> Response:
    workspace = state_of(request).workspace
    if not text_of(data, _NEEDED):
        return refused_fields(request, {_NEEDED: found("E624", None)})
    opened = open_mail_settings(workspace)
    changes = changed_values(_FIELDS, opened.fields, data)
    if faults := faulty_fields(workspace, changes):
        return refused_fields(request, {".".join(map(str, path)): fault for path, fault in faults.items()})
    # A password may begin and end with spaces.
    password = data.get("password")
    base = text_of(data, "base") or opened.version
    save_mail_settings(workspace, base, changes, password if isinstance(password, str) else "")
    return JSONResponse({"announce": say(N_("Saved"), language_of(request)), "refresh": True})


async def bring_members(request: Request) -> Response:
    """Take the list of members."""
    arrival = await received(request, state_of(request).arrivals)
    try:
        if not arrival.files:
            return refused(request, [found("E629", None)])
        if len(arrival.files) > 1:
            # One would be taken, and the members of the others be left out without a word.
            return refused(request, [found("E626", None, count=1, size=ORDINARY // 1024 // 1024)])
        path = arrival.files[0]
        workspace = state_of(request).workspace
        listed = await run_in_threadpool(take_members, workspace, path.name, path.read_bytes())
    except DeliveryError as error:
        return _refused_list(error.findings, language_of(request))
    finally:
        arrival.forget()
    words = say(
        N_("The list is taken; active members: {count}"), language_of(request), count=len(listed.active)
    )
    return JSONResponse({"announce": words, "refresh": True})


def _refused_list(findings: Sequence[Finding], language: str) -> Response:
    """Answer what is wrong with a list, each with its row."""
    told = []
    for finding in findings[:_MOST_FINDINGS]:
        row = finding.place.line if finding.place else 0
        where = {"where": say(N_("row {row}"), language, row=row)} if row else {}
        told.append(told_here(finding, language) | where)
    return JSONResponse({"state": "refused", "findings": told}, HTTPStatus.UNPROCESSABLE_ENTITY)


def check(request: Request) -> Response:
    """Ask the server whether it would take the mail; nothing is sent."""
    from pipeline.desk.mail.context import open_mail  # noqa: PLC0415 - only for this
    from pipeline.desk.mail.preparation import check_mail  # noqa: PLC0415

    checked = check_mail(open_mail(state_of(request).workspace), None)
    if wrong := errors(checked.findings):
        return refused(request, wrong)
    words = say(N_("The server takes our mail over a secured connection"), language_of(request))
    return JSONResponse({"announce": words})


ROUTES: Final = [
    Route("/mail", settings),
    Route("/mail", save, methods=["POST"]),
    Route("/mail/members", bring_members, methods=["POST"]),
    Route("/mail/check", unattended(check), methods=["POST"]),
]
