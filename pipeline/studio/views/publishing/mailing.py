"""An issue is sent: to the officer first, then to the members, to each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.desk.tasks.mailing import MailingRequest, mailing
from pipeline.findings.finding import found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import from_data, say
from pipeline.models.values.strings import is_email_address
from pipeline.studio.views.answers import data_of, refused, refused_fields, text_of
from pipeline.studio.views.jobs import Work
from pipeline.studio.views.rendering import language_of
from pipeline.studio.views.state import state_of
from pipeline.studio.views.wording.telling import told_here

if TYPE_CHECKING:
    import threading

    from starlette.requests import Request
    from starlette.responses import Response

ENDINGS: Final = {
    "done": N_("Sent; accepted by the server: {sent}"),
    "waiting": N_(
        "The server takes the rest later; accepted so far: {sent}. “Go on” sends it when it is time"
    ),
    "interrupted": N_("Stopped behind the letter that was on its way; accepted so far: {sent}"),
    "stopped": N_("The sending was broken off; accepted so far: {sent}"),
    "refused": N_("The sending was broken off; accepted so far: {sent}"),
}
"""How a sending ended, by its ending."""


async def trial(request: Request) -> Response:
    """Begin to send a trial to the officer."""
    to = text_of(await data_of(request), "to")
    if not is_email_address(to):
        return refused_fields(request, {"to": found("E383", None, found=to)})
    return await run_in_threadpool(_begun, request, {"to": to})


async def send(request: Request) -> Response:
    """Begin to send to the members, of whom the officer confirmed how many they are."""
    data = await data_of(request)
    count = data.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return refused(request, [found("E364", None)])
    asked: dict[str, Any] = {name: data.get(name) is True for name in ("correction", "reminder")}
    asked |= {"confirmed": count, "listed": text_of(data, "listed"), "group": text_of(data, "group")}
    return await run_in_threadpool(_begun, request, asked)


async def resume(request: Request) -> Response:
    """Go on with a sending that is not finished, or try those again whom the server refused."""
    data = await data_of(request)
    asked = {name: data.get(name) is True for name in ("failed", "with_changes")}
    return await run_in_threadpool(_begun, request, asked)


def _begun(request: Request, asked: dict[str, Any]) -> Response:
    state, language = state_of(request), language_of(request)
    issue = state.folder(request.path_params["issue"]).name

    def finish(made: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        if "trial" in made:
            words = say(N_("The trial is on its way to {address}"), language, address=asked["to"])
            return {"announce": words, "refresh": True}
        words = say(ENDINGS[made["ending"]], language, sent=made["sent"])
        told = [told_here(from_data(each), language) for each in made["findings"]]
        return {"announce": words, "refresh": True, "findings": told}

    def start(stop: threading.Event) -> str:
        work = Work(
            mailing,
            MailingRequest(state.workspace, issue, language, stop, state.sending.on_its_way, **asked),
            language,
            finish,
            tidy=state.sending.ended,
            waits_for_others=True,
            shows_anew=True,
        )
        return state.jobs.start(work)

    return JSONResponse({"job": state.sending.begin(issue, asked, start)})


def stop(request: Request) -> Response:
    """End the sending that is in hand behind the letter that is on its way."""
    state_of(request).sending.stop()
    words = N_("The sending ends behind the letter that is on its way")
    return JSONResponse({"announce": say(words, language_of(request))})


async def cancel(request: Request) -> Response:
    """End what is not finished for good: what was sent stays sent."""
    count = (await data_of(request)).get("count")
    confirmed = count if isinstance(count, int) and not isinstance(count, bool) else 0
    return await run_in_threadpool(_cancelled, request, confirmed)


def _cancelled(request: Request, count: int) -> Response:
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415 - only where mail is set up
    from pipeline.desk.mail.ending import cancel as cancel_mailing  # noqa: PLC0415

    state = state_of(request)
    issue = state.folder(request.path_params["issue"]).name
    done = cancel_mailing(MailFolder(state.workspace), count, issue)
    words = say(N_("cancelled: {count}; what was sent stays sent"), language_of(request), count=done.letters)
    return JSONResponse({"announce": words, "refresh": True})


async def settle(request: Request) -> Response:
    """Keep what the office found out of a letter of which nobody knew whether it arrived."""
    data = await data_of(request)
    return await run_in_threadpool(_settled, request, text_of(data, "address"), data.get("has") is True)


def _settled(request: Request, address: str, has: bool) -> Response:  # noqa: FBT001 - of a form
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415 - only where mail is set up
    from pipeline.delivery.ledger.states import State  # noqa: PLC0415
    from pipeline.desk.mail.records import settle_unknown  # noqa: PLC0415

    state = state_of(request)
    issue = state.folder(request.path_params["issue"]).name
    found_out = State.SENT if has else State.QUEUED
    settle_unknown(MailFolder(state.workspace), [address], found_out, issue)
    return JSONResponse({"announce": say(N_("Noted"), language_of(request)), "refresh": True})


ROUTES: Final = [
    Route("/issues/{issue}/mail/trial", trial, methods=["POST"]),
    Route("/issues/{issue}/mail/send", send, methods=["POST"]),
    Route("/issues/{issue}/mail/resume", resume, methods=["POST"]),
    Route("/issues/{issue}/mail/stop", stop, methods=["POST"]),
    Route("/issues/{issue}/mail/cancel", cancel, methods=["POST"]),
    Route("/issues/{issue}/mail/settle", settle, methods=["POST"]),
]
