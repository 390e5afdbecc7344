"""An issue is sent to a group of members alone, or once more as a reminder: to whom, and then the sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from pipeline.delivery.settings.reader import SETTINGS
from pipeline.findings.finding import BulletinError
from pipeline.studio.views.publishing.mail_overview import Audience, audience_of_some, groups_of
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import state_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.findings.finding import Finding


def some_members(request: Request) -> Response:
    """Show to whom an issue would go that is for a group, or a reminder."""
    state, language = state_of(request), language_of(request)
    name = state.folder(request.path_params["issue"]).name
    group = request.query_params.get("group", "").strip()
    is_reminder = bool(request.query_params.get("reminder"))
    is_set_up = (state.workspace.root / SETTINGS).is_file()
    groups: list[tuple[str, int]] = []
    audience: Audience | None = None
    findings: tuple[Finding, ...] = ()
    if is_set_up:
        try:
            groups = groups_of(state)
            if group or is_reminder:
                audience = audience_of_some(state, name, language, group=group, is_reminder=is_reminder)
        except BulletinError as error:
            findings = error.findings
    return issue_view(
        request,
        "publishing/some_members.html.j2",
        name,
        is_set_up=is_set_up,
        groups=groups,
        group=group,
        is_reminder=is_reminder,
        audience=audience,
        findings=findings,
        job=state.sending.job,
    )


ROUTES: Final = [Route("/issues/{issue}/mail/some", some_members)]
