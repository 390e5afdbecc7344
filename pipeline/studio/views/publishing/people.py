"""A member asks to have the bulletin no more, to have it again, or to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from pipeline.delivery.settings.reader import SETTINGS
from pipeline.desk.overview.issues import publication_title
from pipeline.findings.finding import BulletinError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.views.answers import data_of, refused_fields, text_of
from pipeline.studio.views.rendering import language_of, view
from pipeline.studio.views.state import state_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.desk.mail.standings import Silenced, Standing
    from pipeline.findings.finding import Finding

_FOUND: Final = N_("Found: {address}")
_NOT_FOUND: Final = N_("Nobody with the address {address} is known")


def people(request: Request) -> Response:
    """Show of whom somebody asks, and who is sent nothing."""
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415 - only where mail is set up
    from pipeline.desk.mail.standings import silenced, standing_of  # noqa: PLC0415
    from pipeline.desk.mail.wording import REASONS  # noqa: PLC0415

    state = state_of(request)
    desk = state.mail_desk
    is_set_up = (state.workspace.root / SETTINGS).is_file()
    person: Standing | None = None
    nobody: Silenced | None = None
    findings: tuple[Finding, ...] = ()
    if is_set_up:
        try:
            folder = MailFolder(state.workspace)
            person = standing_of(folder, desk.address) if desk.address else None
            nobody = silenced(folder)
        except BulletinError as error:
            findings = error.findings
    return view(
        request,
        "publishing/people.html.j2",
        publication=publication_title(state.workspace),
        is_set_up=is_set_up,
        person=person,
        nobody=nobody,
        reasons=REASONS,
        told=desk.told,
        is_listed=desk.is_listed,
        findings=findings,
    )


async def find(request: Request) -> Response:
    """Find somebody by an address, however it is written."""
    written = text_of(await data_of(request), "address")
    return await run_in_threadpool(_sought, request, written)


def _sought(request: Request, written: str) -> Response:
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415 - only where mail is set up
    from pipeline.desk.mail.standings import standing_of  # noqa: PLC0415

    state = state_of(request)
    try:
        standing = standing_of(MailFolder(state.workspace), written)
    except BulletinError as error:
        if [each.code for each in error.findings] != ["E383"]:
            raise
        return refused_fields(request, {"address": error.findings[0]})
    state.mail_desk.address, state.mail_desk.told = standing.address, ()
    words = say(_FOUND if standing.is_known else _NOT_FOUND, language_of(request), address=standing.address)
    return JSONResponse({"announce": words, "refresh": True, "focus": "person"})


async def unsubscribe(request: Request) -> Response:
    """Send somebody nothing more, from the next letter on."""
    return await run_in_threadpool(_unsubscribed, request, await data_of(request), undo=False)


async def readmit(request: Request) -> Response:
    """Let somebody have the bulletin again who asks for it."""
    return await run_in_threadpool(_unsubscribed, request, await data_of(request), undo=True)


def _unsubscribed(request: Request, data: dict[str, Any], *, undo: bool) -> Response:
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415 - only where mail is set up
    from pipeline.desk.mail.records import unsubscribe as unsubscribe_address  # noqa: PLC0415
    from pipeline.desk.mail.wording import words_of_unsubscribing  # noqa: PLC0415

    result = unsubscribe_address(
        MailFolder(state_of(request).workspace),
        text_of(data, "address"),
        undo=undo,
        anyway=data.get("anyway") is True,
    )
    desk = state_of(request).mail_desk
    desk.told = ()
    words = say(words_of_unsubscribing(result, undo=undo), language_of(request), address=result.address)
    # The button that was pressed is not there any more; one goes on where the member is.
    focus = {"focus": "person"} if desk.address == result.address else {}
    return JSONResponse({"announce": words, "refresh": True, **focus})


async def forget(request: Request) -> Response:
    """Take somebody out of all that was written, whose address was typed once more."""
    return await run_in_threadpool(_forgotten, request, await data_of(request))


def _forgotten(request: Request, data: dict[str, Any]) -> Response:
    from pipeline.delivery.ledger.addresses import address_key  # noqa: PLC0415 - only where mail is set up
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415
    from pipeline.desk.mail.records import forget as erase_address  # noqa: PLC0415
    from pipeline.desk.mail.wording import words_of_forgetting  # noqa: PLC0415

    address, again = text_of(data, "address"), text_of(data, "again")
    if not again or address_key(again) != address_key(address):
        return refused_fields(request, {"again": found("E639", None, found=again, wanted=address)})
    language, desk = language_of(request), state_of(request).mail_desk
    folder = MailFolder(state_of(request).workspace)
    forgotten = erase_address(folder, address, anyway=text_of(data, "anyway") == "yes")
    # What letters said may name who is forgotten.
    desk.clear_letters()
    desk.address, desk.is_listed = "", bool(forgotten.lists)
    desk.told = tuple(say(text, language, **values) for text, values in words_of_forgetting(forgotten))
    return JSONResponse({"announce": desk.told[0], "refresh": True, "focus": "done"})


ROUTES: Final = [
    Route("/mail/people", people),
    Route("/mail/people/find", find, methods=["POST"]),
    Route("/mail/people/unsubscribe", unsubscribe, methods=["POST"]),
    Route("/mail/people/readmit", readmit, methods=["POST"]),
    Route("/mail/people/forget", forget, methods=["POST"]),
]
