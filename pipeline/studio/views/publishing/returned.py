"""Letters that came back are brought in, read and heeded; where it would be too many, the office is asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.delivery.settings.reader import SETTINGS
from pipeline.desk.overview.issues import publication_title
from pipeline.desk.tasks.returning import ReturnsRequest, returning
from pipeline.findings.finding import BulletinError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import from_data, say
from pipeline.studio.gate.uploads import received
from pipeline.studio.views.answers import data_of, refused, refused_fields, text_of
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import state_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.findings.finding import Finding
    from pipeline.studio.gate.uploads import Arrival

_MOST_ROWS: Final = 300
"""Letters that are listed; all are counted."""

_SAID_APART: Final = {"E384", "W384"}
"""Findings that have a place of their own: with what is to be decided."""

_READ: Final = N_("letters: {count}; have nothing more because of reports: {withdrawn}")
_ASKED: Final = N_("Letters: {count}. There is something to decide.")


def returned(request: Request) -> Response:
    """Show what the letters were, what was done, and what is to be decided."""
    from pipeline.delivery.returns.reports import ReturnType  # noqa: PLC0415 - only for mail
    from pipeline.desk.mail.wording import CAUSES, REASONS, RETURN_TYPES  # noqa: PLC0415

    state = state_of(request)
    told = state.mail_desk.returned or {}
    is_set_up = (state.workspace.root / SETTINGS).is_file()
    findings: list[Finding] = []
    silent: dict[str, str] = {}
    try:
        silent = _silent(request) if is_set_up else {}
    except BulletinError as error:
        findings += error.findings
    brought = [from_data(each) for each in told.get("findings", ())]
    findings += [each for each in brought if each.code not in _SAID_APART]
    rows = told.get("rows", ())
    counts = Counter(row["type"] for row in rows)
    return view(
        request,
        "publishing/returned.html.j2",
        publication=publication_title(state.workspace),
        is_set_up=is_set_up,
        told=told,
        counts=[(RETURN_TYPES[each], counts[each.value]) for each in ReturnType if counts[each.value]],
        rows=rows[:_MOST_ROWS],
        more=max(0, len(rows) - _MOST_ROWS),
        held=[address for address, reason in silent.items() if reason == "asked"],
        withdrawn=[(a, words) for a, words in told.get("withdrawn", ()) if silent.get(a) == "bounced"],
        asked=[each for each in brought if each.code == "E384"],
        types={each.value: words for each, words in RETURN_TYPES.items()},
        causes={each.value: words for each, words in CAUSES.items()},
        reasons=REASONS,
        findings=findings,
    )


def _silent(request: Request) -> dict[str, str]:
    """Return who is sent nothing, with the reason."""
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415 - only where mail is set up
    from pipeline.desk.mail.standings import silenced  # noqa: PLC0415

    return dict(silenced(MailFolder(state_of(request).workspace)).people)


async def bring_in(request: Request) -> Response:
    """Begin to read letters."""
    arrival = await received(request, state_of(request).arrivals)
    if not arrival.files:
        arrival.forget()
        return refused(request, [found("E629", None)])
    state_of(request).mail_desk.clear_letters()
    return await run_in_threadpool(_begun, request, arrival, None)


async def confirm(request: Request) -> Response:
    """Send those nothing more whom so many reports name, once their number is typed."""
    desk, typed = state_of(request).mail_desk, text_of(await data_of(request), "count")
    count = int((desk.returned or {}).get("to_confirm", 0))
    if count and typed != str(count):
        return refused_fields(request, {"count": found("E393", None, given=typed or "–", count=count)})
    arrival = desk.hand_over()
    if arrival is None:
        return refused(request, [found("E640", None)])
    desk.returned = None
    return await run_in_threadpool(_begun, request, arrival, count)


def leave(request: Request) -> Response:
    """Leave those as they are of whom the office was asked."""
    state_of(request).mail_desk.clear_letters()
    words = N_("Nobody is withdrawn because of these letters")
    return JSONResponse({"announce": say(words, language_of(request)), "refresh": True})


def _begun(request: Request, arrival: Arrival, count: int | None) -> Response:
    state, language = state_of(request), language_of(request)

    def finish(made: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        state.mail_desk.returned = made
        if made["to_confirm"]:
            # The letters are needed once more.
            state.mail_desk.letters = arrival
        text = _ASKED if made["to_confirm"] else _READ
        words = say(text, language, count=made["letters"], withdrawn=len(made["withdrawn"]))
        return {"announce": words, "refresh": True, "focus": "decide" if made["to_confirm"] else "came"}

    def tidy() -> None:
        if state.mail_desk.letters is not arrival:
            arrival.forget()

    asked = ReturnsRequest(str(state.workspace.root), str(arrival.folder), language, count)
    work = Work(returning, asked, language, finish, tidy)
    return JSONResponse({"job": state.jobs.start(work)})


ROUTES: Final = [
    Route("/mail/returned", returned),
    Route("/mail/returned", bring_in, methods=["POST"]),
    Route("/mail/returned/confirm", confirm, methods=["POST"]),
    Route("/mail/returned/leave", leave, methods=["POST"]),
]
