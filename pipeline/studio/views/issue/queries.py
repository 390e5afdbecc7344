"""What there is to look at in an issue: errors and questions, with what mends or answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.mending import fix_place, places_to_fix
from pipeline.desk.editing.undoing import kept_versions, versions_in
from pipeline.desk.intake.checking import check
from pipeline.desk.intake.fixing import files_with_errors, fix, fix_pictures
from pipeline.desk.overview.language_help import misspelt, set_typography
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.settings import open_settings, save_settings
from pipeline.files.workspace import ISSUES
from pipeline.findings.finding import BulletinError, Finding, IssueError, errors, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.quoting import quoted
from pipeline.findings.wording.wording import say, severity_of, summary
from pipeline.studio.views.answers import data_of, text_of
from pipeline.studio.views.rendering import language_of
from pipeline.studio.views.state import HAND, state_of
from pipeline.studio.views.undoing import undo_since
from pipeline.studio.views.wording.naming import Names
from pipeline.studio.views.wording.telling import UNKNOWN_WORD, explained, with_samples_once
from pipeline.studio.views.wording.typography_setting import IN_PICTURES, IN_TEXTS, can_be_set, why_not_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.studio.views.state import StudioState

_MOST_TEXTS: Final = 2000


def findings(request: Request) -> Response:
    """Answer with all findings of an issue, each with its article and what can be done about it."""
    state, name = state_of(request), request.path_params["issue"]
    language = language_of(request)
    folder = state.folder(name)
    try:
        known = check(folder, state.workspace, spelling=True)
    except BulletinError as error:
        known = error.findings
    known = with_samples_once(known)
    names = Names(state.workspace, folder.name, language)
    may_be_set = any(finding.code in IN_TEXTS for finding in known)
    places = places_to_fix(folder, state.workspace) if may_be_set else {}
    shown = [
        _shown(finding, folder.name, language, names) | _help(finding, places, language) for finding in known
    ]
    return JSONResponse(
        {
            "findings": shown,
            "summary": summary(known, language),
            "errors": len(errors(known)),
            "mends": can_be_set(known, places),
            "unset": _unset(known, places, names, language),
            "answers": _answers(state),
        }
    )


def _unset(
    findings: Sequence[Finding], places: Mapping[str, frozenset[int]], names: Names, language: str
) -> str:
    """Return in words what cannot be set for its errors; empty where all can be."""
    titles = names.titles()
    wrong = sorted(files_with_errors(findings))
    left = [quoted(titles.get(path, path), language) for path in wrong if path.endswith(".md")]
    message = why_not_set(findings, places, left)
    return say(message, language, names=", ".join(left)) if message else ""


def _help(finding: Finding, places: Mapping[str, frozenset[int]], language: str) -> dict[str, Any]:
    """Return what a finding means, and whether a button mends it."""
    place = finding.place
    in_text = finding.code in IN_TEXTS and place is not None and place.line in places.get(place.path, ())
    mends = in_text or finding.code == IN_PICTURES
    return {"mends": mends, "explained": explained(finding, language, mends=mends)}


def _answers(state: StudioState) -> list[str]:
    """Return the questions that were answered for good, the last first."""
    accepted = open_settings(state.workspace, "house").fields.get("accepted")
    return [str(each) for each in reversed(accepted)] if isinstance(accepted, list) else []


def _shown(finding: Finding, issue: str, language: str, names: Names) -> dict[str, Any]:
    values = dict(finding.values)
    path = finding.place.path if finding.place else ""
    inside = path.removeprefix(f"issues/{issue}/")
    return {
        **names.told(finding),
        "word": severity_of(finding, language),
        "where": names.titles().get(path, inside),
        "article": inside if inside != path and inside.endswith(".md") else "",
        "length": finding.place.length if finding.place else 0,
        "found": values.get("found", ""),
        "accept": values.get("key", ""),
        "know": values.get("found", "") if finding.code == UNKNOWN_WORD else "",
        "guess": values.get("guess", ""),
    }


async def answer(request: Request) -> Response:
    """Answer a question for good: it is right as it stands, or the word is known from now on."""
    data = await data_of(request)
    return await run_in_threadpool(_answered, request, data)


def _answered(request: Request, data: dict[str, Any]) -> Response:
    workspace = state_of(request).workspace
    before = versions_in(workspace, workspace.issues)
    settings = open_settings(workspace, "house")
    changes: dict[tuple[str | int, ...], Any] = {}
    if "format" not in settings.fields:
        changes[("format",)] = "1"
    if taken_back := text_of(data, "ask_again"):
        present = settings.fields.get("accepted")
        kept = [each for each in present if each != taken_back] if isinstance(present, list) else []
        changes = {("accepted",): kept or None}
    for field, name in (("accepted", "accept"), ("words", "know")):
        if text := text_of(data, name):
            present = settings.fields.get(field)
            changes[(field, len(present) if isinstance(present, list) else 0)] = text
    saved = save_settings(workspace, "house", settings.version, changes, HAND)
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name="house.yaml")])
    words = N_("It will be asked about again") if taken_back else N_("The answer is kept")
    answer = {"state": "saved", "announce": say(words, language_of(request))}
    return JSONResponse(answer | undo_since(request, workspace.issues, before, words))


async def mend(request: Request) -> Response:
    """Set the typography of an issue in its files, and take out of pictures what they tell besides.

    Where a place is named, only what is there.
    """
    data = await data_of(request)
    return await run_in_threadpool(_mended, request, data)


def _mended(request: Request, data: dict[str, Any]) -> Response:
    state, name = state_of(request), request.path_params["issue"]
    folder = state.folder(name)
    before = kept_versions(state.workspace, folder)
    path, line = text_of(data, "path"), data.get("line")
    if path:
        count = _mended_at(state, folder, path, line if isinstance(line, int) else 0)
    else:
        pictures = fix_pictures(folder, state.workspace)
        count = len(pictures) + sum(len(each.lines) for each in fix(folder, state.workspace))
    state.news.tell("changed", {"issue": name, "paths": []})
    words = say(N_("lines changed: {count}"), language_of(request), count=count)
    answer = {"announce": words, "refresh": not path, "state": "saved"}
    return JSONResponse(answer | undo_since(request, folder, before, N_("The typography is set")))


def _mended_at(state: StudioState, folder: Path, path: str, line: int) -> int:
    """Mend one place, and return how many were.

    Raises:
        IssueError: There is nothing to mend (E631).
    """
    if path == f"{ISSUES}/{folder.name}":
        return len(fix_pictures(folder, state.workspace))
    if not fix_place(folder, state.workspace, path, line, HAND):
        raise IssueError([found("E631", None)])
    return 1


async def spelling(request: Request) -> Response:
    """Answer with the words of texts that no dictionary knows."""
    data = await data_of(request)
    given = data.get("texts")
    texts = [text for text in given if isinstance(text, str)] if isinstance(given, list) else []
    wrong = await run_in_threadpool(
        misspelt, state_of(request).workspace, text_of(data, "language"), texts[:_MOST_TEXTS]
    )
    return JSONResponse({"misspelt": [each._asdict() for each in wrong]})


async def typography(request: Request) -> Response:
    """Answer with a text with the quotes, dashes and spaces of its language."""
    data = await data_of(request)
    text = data.get("text")
    written = text if isinstance(text, str) else ""
    return JSONResponse({"text": await run_in_threadpool(set_typography, written, text_of(data, "language"))})


ROUTES: Final = [
    Route("/api/issues/{issue}/findings", findings),
    Route("/api/issues/{issue}/answers", answer, methods=["POST"]),
    Route("/api/issues/{issue}/mending", mend, methods=["POST"]),
    Route("/api/spelling", spelling, methods=["POST"]),
    Route("/api/typography", typography, methods=["POST"]),
]
