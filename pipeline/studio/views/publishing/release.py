"""An issue is made, put into the archive and sent: what stands so far, and the next step."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.archive.shelf import Shelf
from pipeline.desk.overview.made_files import made_files
from pipeline.desk.tasks.publishing import PublishRequest, building, filing
from pipeline.findings.finding import ArchiveError
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import from_data, say
from pipeline.studio.views.answers import made_pdf
from pipeline.studio.views.issue.drafts import whereabouts
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.publishing.mail_overview import mail_overview
from pipeline.studio.views.rendering import issue_view, language_of
from pipeline.studio.views.state import state_of
from pipeline.studio.views.wording.naming import Names
from pipeline.typography.dates import full_date
from pipeline.typography.localisation import file_size

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.findings.finding import Finding

_MADE: Final = N_("The files are made")
_FILED: Final = N_("The issue is in the archive")
_FILED_BEFORE: Final = N_("The issue is in the archive already, and nothing has changed since")


def release(request: Request) -> Response:
    """Show what is made, what is filed and what is sent of an issue."""
    state, language = state_of(request), language_of(request)
    name = state.folder(request.path_params["issue"]).name
    made = made_files(state.workspace, name)
    filings: list[dict[str, Any]] = []
    findings: tuple[Finding, ...] = ()
    try:
        shelf = Shelf(state.workspace)
        filings = [
            {"name": each.name, "filed": full_date(each.filed, language), "correction": each.correction}
            for each in shelf.filings
            if each.issue == name
        ]
    except ArchiveError as error:
        findings = error.findings
    return issue_view(
        request,
        "publishing/release.html.j2",
        name,
        made=made,
        made_at=_moment(made.at, language),
        sizes={each.name: file_size(each.size, language) for each in made.files},
        filings=filings,
        findings=findings,
        mail=mail_overview(state, name, language) if filings else None,
        job=state.sending.job if state.sending.issue == name else "",
    )


def _moment(at: dt.datetime | None, language: str) -> str:
    return f"{full_date(at.date(), language)}, {at:%H:%M}" if at is not None else ""


def build(request: Request) -> Response:
    """Begin to make the files."""
    return _begun(request, building, lambda _: _MADE)


def file(request: Request) -> Response:
    """Begin to put the issue into the archive."""
    return _begun(request, filing, lambda made: _FILED if made["is_new"] else _FILED_BEFORE)


def _begun(
    request: Request,
    task: Callable[[PublishRequest], Iterator[dict[str, Any]]],
    words: Callable[[dict[str, Any]], str],
) -> Response:
    state, language = state_of(request), language_of(request)
    name = state.folder(request.path_params["issue"]).name
    names = Names(state.workspace, name, language)

    def tell(finding: Finding) -> dict[str, Any]:
        return names.told(finding) | whereabouts(finding, name, names)

    def finish(made: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        # What only is to be looked at stands in the contents, too: how much there is, is said here.
        told = say(words(made), language)
        if count := len([from_data(each) for each in made["findings"]]):
            told = f"{told}. " + say(N_("To be looked at: {count}"), language, count=count)
        return {"announce": told, "refresh": True}

    asked = PublishRequest(str(state.workspace.root), name, language, state.today)
    return JSONResponse({"job": state.jobs.start(Work(task, asked, language, finish, tell=tell))})


def made_file(request: Request) -> Response:
    """Answer with a file that was made."""
    state = state_of(request)
    issue, name = state.folder(request.path_params["issue"]).name, request.path_params["name"]
    if name not in {each.name for each in made_files(state.workspace, issue).files}:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return made_pdf(state.workspace, f"{issue}/{name}")


ROUTES: Final = [
    Route("/issues/{issue}/release", release),
    Route("/issues/{issue}/build", build, methods=["POST"]),
    Route("/issues/{issue}/filing", file, methods=["POST"]),
    Route("/api/issues/{issue}/made/{name}", made_file),
]
