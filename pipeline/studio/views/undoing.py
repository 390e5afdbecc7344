"""Changes that were saved are undone by a button, with every file they touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.editing.undoing import Step, steps_between, undo, versions_in
from pipeline.findings.finding import IssueError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import data_of
from pipeline.studio.views.rendering import language_of
from pipeline.studio.views.state import HAND, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

_MOST_STEPS: Final = 500


def undo_since(request: Request, folder: Path, before: Mapping[str, str], words: str) -> dict[str, Any]:
    """Return what a page needs to offer that a change is undone; nothing where no file was touched.

    Args:
        request: The request that made the change.
        folder: The folder of the files.
        before: Their versions before the change, from `versions_in`.
        words: What was done, a message of the catalogue.
    """
    steps = steps_between(before, versions_in(state_of(request).workspace, folder))
    return offered(request, steps, words)


def offered(request: Request, steps: Iterable[Step], words: str, button: str = "") -> dict[str, Any]:
    """Return the same for steps that are known."""
    language = language_of(request)
    given = [list(step) for step in steps]
    button = say(button or N_("Undo"), language)
    return {"undo": {"words": say(words, language), "button": button, "steps": given}} if given else {}


async def undo_change(request: Request) -> Response:
    """Undo a change, and offer to make it again."""
    data = await data_of(request)
    return await run_in_threadpool(_undone, request, data)


def _undone(request: Request, data: dict[str, Any]) -> Response:
    state, language = state_of(request), language_of(request)
    back = undo(state.workspace, _steps(data.get("steps")), HAND)
    for step in back:
        _, *issue, name = step.path.split("/")
        state.news.tell("saved", {"issue": "/".join(issue), "path": name if issue else step.path})
    words = N_("Undone")
    answer = {"announce": say(words, language), "refresh": True}
    return JSONResponse(answer | offered(request, back, words, N_("Do it again")))


def _steps(given: Any) -> list[Step]:  # noqa: ANN401 - what a page sent
    """Return the steps that a page sent.

    Raises:
        IssueError: They are none (E631).
    """
    lists = given if isinstance(given, list) else []
    steps = [Step(*each) for each in lists if isinstance(each, list) and len(each) == len(Step._fields)]
    are_texts = all(isinstance(part, str) for each in steps for part in each)
    if not steps or len(steps) > _MOST_STEPS or not are_texts:
        raise IssueError([found("E631", None)])
    return steps


ROUTES: Final = [Route("/undo", undo_change, methods=["POST"])]
