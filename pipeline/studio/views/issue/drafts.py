"""The draft of an issue as a PDF, in one button."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.tasks.drafting import DraftRequest, drafting
from pipeline.files.workspace import ISSUES
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import made_pdf
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import language_of
from pipeline.studio.views.state import state_of
from pipeline.studio.views.wording.naming import Names
from pipeline.studio.views.wording.telling import VIEWS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.findings.finding import Finding


def draft(request: Request) -> Response:
    """Begin to make the draft."""
    state, name = state_of(request), request.path_params["issue"]
    state.folder(name)
    language = language_of(request)

    def finish(made: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        path = Path(made["paths"][0])
        words = say(N_("The draft is there: {name}"), language, name=path.name)
        return {"download": f"/api/issues/{name}/draft.pdf", "name": path.name, "announce": words}

    names = Names(state.workspace, name, language)

    def tell(finding: Finding) -> dict[str, Any]:
        return names.told(finding) | whereabouts(finding, name, names)

    asked = DraftRequest(str(state.workspace.root), name, language)
    return JSONResponse({"job": state.jobs.start(Work(drafting, asked, language, finish, tell=tell))})


def whereabouts(finding: Finding, issue: str, names: Names) -> dict[str, Any]:
    """Return what an officer calls the file of a finding, `where`, and the view that opens it, `go`."""
    if finding.place is None:
        return {}
    path, line = finding.place.path, finding.place.line
    folder, _, name = path.rpartition("/")
    view = VIEWS.get(path, ("", f"/issues/{issue}"))[1]
    if folder == f"{ISSUES}/{issue}" and name.endswith(".md"):
        view = f"/issues/{issue}/articles/{name}?line={line}"
    return {"where": names.where(path), "go": view}


def draft_file(request: Request) -> Response:
    """Answer with the draft that was made last."""
    state = state_of(request)
    name = state.folder(request.path_params["issue"]).name
    return made_pdf(state.workspace, f"{name}/bulletin-{name}-draft.pdf")


ROUTES: Final = [
    Route("/issues/{issue}/draft", draft, methods=["POST"]),
    Route("/api/issues/{issue}/draft.pdf", draft_file),
]
