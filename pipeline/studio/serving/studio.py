"""The studio as a whole: what the command starts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.editing.aside_keeping import age_out
from pipeline.findings.finding import BulletinError, PressError
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say
from pipeline.studio.gate.gate import link_to
from pipeline.studio.gate.sessions import Sessions
from pipeline.studio.serving.app import studio_app
from pipeline.studio.serving.fault_log import NAME, written_down
from pipeline.studio.serving.icons import IconTexts, install_icon
from pipeline.studio.serving.opening import open_browser
from pipeline.studio.serving.running import Registration, Running, state_folder
from pipeline.studio.serving.server import Life, listen, new_control, serve
from pipeline.studio.views.rendering import EntryPages
from pipeline.studio.views.state import StudioState

if TYPE_CHECKING:
    import datetime as dt
    import socket
    from collections.abc import Callable
    from pathlib import Path

_TITLE: Final = N_("Bulletin")
_COMMENT: Final = N_("Write and lay out the bulletin")


class StudioRequest(NamedTuple):
    """What the command is asked for.

    Args:
        root: The workspace, or the folder in which one is to be begun.
        port: The port, or 0 for any that is free.
        opens_browser: Whether the browser is opened.
        language: The language of the pages, `bg` or `en`.
        is_asked: Whether the command was told that language; else the one that was chosen last in the studio
            of this folder comes before it.
        today: The officer's day.
        shows_traces: Whether a fault of the program is shown where the command was started, and not written
            down.
    """

    root: Path
    port: int
    opens_browser: bool
    language: str
    is_asked: bool
    today: dt.date
    shows_traces: bool = False


def run_studio(request: StudioRequest, show_link: Callable[[str], None]) -> bool:
    """Open the studio of a folder; where one runs already, open that one.

    Args:
        request: What is asked for.
        show_link: Called with the single-use link where no browser was opened.

    Returns:
        Whether it was stopped by the keyboard.

    Raises:
        PressError: The port is taken (E623), the one that runs does not answer (E620), or its state cannot be
            written (E83).
    """
    registration = Registration(request.root)
    if not request.is_asked:
        request = request._replace(language=registration.language() or request.language)
    with registration.held() as is_free:
        if not is_free:
            _open(registration.link(), request, show_link)
            return False
        listening = _listen(request.port, registration)
        sessions = Sessions(request.language)
        running = Running(listening.getsockname()[1], new_control())
        registration.enter(running)

        def began() -> None:
            _open(link_to(running.port, sessions.new_link()), request, show_link)

        log = None if request.shows_traces else state_folder() / NAME
        state = StudioState(
            request.root, request.today, log, registration.secret(), registration.new_arrivals()
        )

        def chosen(language: str) -> None:
            sessions.language = language
            # It is spoken all the same; the next start speaks the one of before.
            with contextlib.suppress(PressError):
                registration.keep_language(language)

        state.keep_language = chosen
        if (workspace := state.begun) is not None:
            # What cannot be deleted now is tried again the next time.
            with contextlib.suppress(BulletinError, OSError):
                age_out(workspace, request.today)
        with written_down(log), listening, contextlib.closing(state):
            app = studio_app(state)
            return serve(app, listening, sessions, running, EntryPages(), Life(began, state.end))


def _listen(port: int, registration: Registration) -> socket.socket:
    if port:
        return listen(port)
    try:
        return listen(registration.port)
    except PressError:
        return listen(0)


def put_icon(root: Path, language: str, *, is_asked: bool) -> tuple[Path, ...]:
    """Write the start icon of a folder's studio; return the files written.

    Args:
        root: The folder.
        language: `bg` or `en`: that of the icon.
        is_asked: Whether the command was told that language; the studio then begins in it.

    Raises:
        PressError: See `install_icon`; or the language cannot be kept (E83).
    """
    if is_asked:
        Registration(root).keep_language(language)
    return install_icon(root, IconTexts(say(_TITLE, language), say(_COMMENT, language)))


def _open(link: str, request: StudioRequest, show_link: Callable[[str], None]) -> None:
    opened = request.opens_browser and open_browser(link, say(_TITLE, request.language), request.language)
    if not opened:
        show_link(link)
