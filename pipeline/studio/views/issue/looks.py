"""How an issue looks elsewhere: in spreads, at the print shop, in the mail and on a telephone."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from pipeline.desk.writing.plans import open_plan
from pipeline.findings.finding import BulletinError
from pipeline.models.editions import LARGEST_MAIL
from pipeline.pdf.plate_pictures import PLATES
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import apart, state_of
from pipeline.studio.views.wording.naming import Names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.findings.finding import Finding

_NO_TEXT: Final = ""
"""The kind of an article whose file is missing."""


def spreads(request: Request) -> Response:
    """Show two pages at a time, large."""
    return issue_view(request, "pages/spreads.html.j2", request.path_params["issue"])


def press(request: Request) -> Response:
    """Show the pages as the print shop gets them: where they are cut and folded, and each ink."""
    return issue_view(request, "pages/press.html.j2", request.path_params["issue"], plates=PLATES)


def mail(request: Request) -> Response:
    """Show the mail by day and in the dark, narrow and wide."""
    return issue_view(request, "pages/mail.html.j2", request.path_params["issue"])


def phone(request: Request) -> Response:
    """Show an article of the site, or the mail, as wide as a telephone."""
    name = request.path_params["issue"]
    state = state_of(request)
    state.folder(name)
    plan = open_plan(state.workspace, name)
    articles = [each for section in plan.sections for each in section.articles if each.kind != _NO_TEXT]
    return issue_view(request, "pages/phone.html.j2", name, articles=articles)


def mail_document(request: Request) -> Response:
    """Compose the mail, and answer with the address of its frame."""
    state, name = state_of(request), request.path_params["issue"]
    issue = state.folder(name).name
    try:
        shown = state.preview.mail(issue, dark=_is_dark(request) or False)
    except BulletinError as error:
        return _not_shown(request, issue, error)
    frame = state.framed.keep(issue, shown.html)
    size = {"size": round(len(shown.html.encode()) / 1000), "limit": LARGEST_MAIL // 1000}
    return JSONResponse({"frame": frame} | size | _told(request, issue, shown.findings))


def article_document(request: Request) -> Response:
    """Compose an article, and answer with the address of its frame and the lines that it shows."""
    state, name = state_of(request), request.path_params["issue"]
    issue = state.folder(name).name
    try:
        shown = state.preview.article_html(issue, request.path_params["name"], dark=_is_dark(request))
    except BulletinError as error:
        return _not_shown(request, issue, error)
    frame = state.framed.keep(issue, shown.html)
    return JSONResponse({"frame": frame, "lines": shown.lines} | _told(request, issue, shown.findings))


def framed(request: Request) -> Response:
    """Answer with a document for its frame."""
    document = state_of(request).framed.get(request.path_params["key"])
    if document is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return HTMLResponse(document)


def _is_dark(request: Request) -> bool | None:
    return {"yes": True, "no": False}.get(request.query_params.get("dark", ""))


def _not_shown(request: Request, issue: str, error: BulletinError) -> Response:
    """Answer that there is nothing newer; the page keeps what it shows."""
    return JSONResponse({"frame": ""} | _told(request, issue, error.findings))


def _told(request: Request, issue: str, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return what stands in the way, each with what an officer calls its file."""
    names = Names(state_of(request).workspace, issue, language_of(request))
    told = [
        names.told(each) | {"where": names.titles().get(each.place.path if each.place else "", "")}
        for each in findings
    ]
    return {"findings": told}


ROUTES: Final = [
    Route("/issues/{issue}/pages/spreads", spreads),
    Route("/issues/{issue}/pages/press", press),
    Route("/issues/{issue}/pages/mail", mail),
    Route("/issues/{issue}/pages/phone", phone),
    Route("/api/issues/{issue}/mail", apart(mail_document)),
    Route("/api/issues/{issue}/articles/{name}/html", apart(article_document)),
    Route("/api/issues/{issue}/frames/{key}", framed),
]
