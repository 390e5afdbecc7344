"""What the views share: the workspace, the officer's day, work in hand, and news for the open pages."""

from __future__ import annotations

import asyncio
import concurrent.futures
import secrets
import threading
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool

from pipeline.desk.intake.picture_arrival import IMAGES
from pipeline.desk.preview.preview import Preview
from pipeline.desk.preview.process.resident import Resident
from pipeline.files.owned_files import hold_within
from pipeline.files.workspace import Workspace, find_workspace, nearest_workspace
from pipeline.findings.finding import DeliveryError, found
from pipeline.studio.views.framed import FramedDocuments
from pipeline.studio.views.jobs import Jobs
from pipeline.studio.views.keeping import BYTES, Keeping
from pipeline.studio.views.news import News

_LOOKS: Final = "pipeline.desk.specimen.live:LiveSpecimen"
"""Who draws looks, in a process of its own."""

_MOST_MAKING: Final = 8
"""Views that may wait for pages at once; a browser has six connections."""

_REST: Final = 120.0
"""Seconds after which the process that draws looks is ended."""

_LAST_LETTER: Final = 60.0
"""Seconds that a letter on its way may take at the end of the studio."""

_SOON: Final = 1.5
"""Seconds within which a sending ends that has no letter on its way, unless a server does not answer it."""

HAND: Final = "studio"
"""Who makes a change, for the history."""

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.desk.specimen.live import LiveLook
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value
    from pipeline.studio.gate.uploads import Arrival


def _kept_nowhere(_: str) -> None:
    """Keep a language nowhere, where no studio was started for the pages."""


class Sending:
    """The sending of mail that is in hand, if there is one."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Condition()
        self._stop = threading.Event()
        self._is_last = self._is_over = False
        self._is_on_its_way = False
        self._asked: object = None
        self.job = ""
        self.issue = ""

    def begin(self, issue: str, asked: object, start: Callable[[threading.Event], str]) -> str:
        """Begin one, where there is none; return the name of its job, or of the same that is in hand.

        Args:
            issue: The issue that is sent.
            asked: What is asked for: who asks for it again joins the one that is in hand.
            start: Begins it and returns the name of the job; it gets what is set when it shall stop.

        Raises:
            DeliveryError: Another one is in hand, of which nobody is told that it were this one (E359); or
                the studio ends.
        """
        with self._lock:
            if self._is_last or (self.job and (self.issue, self._asked) != (issue, asked)):
                raise DeliveryError([found("E359", None)])
            if not self.job:
                self._stop = threading.Event()
                self.issue, self._asked = issue, asked
                self.job = start(self._stop)
            return self.job

    def ended(self) -> None:
        """Learn that it has ended."""
        with self._lock:
            self.job = self.issue = ""
            self._is_on_its_way = False
            self._lock.notify_all()

    def stop(self) -> None:
        """Ask it to end behind the letter that is on its way."""
        self._stop.set()

    def close(self) -> None:
        """Begin no more, and ask the one in hand to end behind the letter that is on its way."""
        with self._lock:
            self._is_last = True
        self.stop()

    def on_its_way(self, is_so: bool) -> None:  # noqa: FBT001 - what is told
        """Learn that a letter goes to the server, or that it is known what became of it.

        Once nobody waits any more, the next one does not go: the process ends.
        """
        with self._lock:
            self._lock.wait_for(lambda: not (is_so and self._is_over))
            self._is_on_its_way = is_so
            self._lock.notify_all()

    def wait(self) -> bool:
        """Wait for the end of the one in hand while a letter is on its way; return whether it has ended.

        A server that does not even answer the connection is not waited for, nor one that is silent for long.
        """
        with self._lock:
            if not self._lock.wait_for(self._has_ended, _SOON):
                self._lock.wait_for(lambda: self._has_ended() or not self._is_on_its_way, _LAST_LETTER)
                self._lock.wait_for(self._has_ended, _SOON)
            self._is_over = True
            return self._has_ended()

    def _has_ended(self) -> bool:
        return not self.job


class MailDesk:
    """What lies before the officer in the views of the mail; nothing of it stays when the studio ends.

    Addresses stand here and not in the addresses of pages, which a browser keeps.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.address = ""
        """Of whom somebody asks."""
        self.told: tuple[str, ...] = ()
        """What was done last, and what is left to do."""
        self.is_listed = False
        """Whether a list still names who was forgotten."""
        self.returned: dict[str, Any] | None = None
        """What the letters were that were brought in last, and what was done."""
        self.letters: Arrival | None = None
        """Those letters, where the office has to confirm what is to be done."""

    def hand_over(self) -> Arrival | None:
        """Return the letters that are kept, to whoever deletes them."""
        letters, self.letters = self.letters, None
        return letters

    def clear_letters(self) -> None:
        """Keep no letters, and nothing of what they were."""
        self.returned = None
        if letters := self.hand_over():
            letters.forget()


class StudioState:
    """The state of the running studio.

    Args:
        root: The workspace, or the folder in which one is to be begun.
        today: The officer's day.
        log: Where faults of the program are written down; None where they are shown.
        secret: By which pages seal what they keep in the browser; None for one of this run alone.
        arrivals: The folder in which files arrive; None for that of temporary files.
    """

    def __init__(
        self,
        root: Path,
        today: dt.date,
        log: Path | None = None,
        secret: bytes | None = None,
        arrivals: Path | None = None,
    ) -> None:
        """Keep them; nothing is read yet."""
        self.root = root
        self.today = today
        self.log = log
        self.arrivals = arrivals
        self.jobs = Jobs(log)
        self.news = News()
        self.framed = FramedDocuments()
        self.making = asyncio.Semaphore(_MOST_MAKING)
        self.keeping = Keeping(secret or secrets.token_bytes(BYTES))
        self._preview: Preview | None = None
        self._beginning = threading.Lock()
        self._looks: Resident | None = None
        self._rest: threading.Timer | None = None
        self._trying = threading.Lock()
        self.shown_look = b""
        self._moved: dict[str, str] = {}
        self.rebuilt: dict[str, dict[str, Any]] = {}
        self.sending = Sending()
        self.keep_language: Callable[[str], None] = _kept_nowhere
        """Called with the language that a browser has chosen."""
        self.mail_desk = MailDesk()

    @property
    def begun(self) -> Workspace | None:
        """The workspace, or None before the first day."""
        return nearest_workspace(self.root)

    @property
    def workspace(self) -> Workspace:
        """The workspace.

        Raises:
            IssueError: It was not begun, or is gone (E85).
        """
        return find_workspace(self.root)

    def folder(self, issue: str) -> Path:
        """Return the folder of an issue that an address names; by its name alone.

        Raises:
            IssueError: There is none (E09), or a link leads out of the workspace there (E647).
        """
        workspace = self.workspace
        folders = {folder.name: folder for folder in workspace.issue_folders()}
        folder = folders[issue] if issue in folders else workspace.choose_issue(f"issues/{issue}")
        hold_within(workspace.root, folder, folder / IMAGES)
        return folder

    def moved(self, issue: str, to: str) -> None:
        """Learn that the folder of an issue was renamed."""
        self._moved.pop(to, None)
        self._moved[issue] = to

    def now_of(self, issue: str) -> str:
        """Return the name that an issue has now; the same where its folder was not renamed."""
        now = issue
        while now in self._moved and not (self.workspace.issues / now).exists():
            now = self._moved[now]
        return now

    @property
    def preview(self) -> Preview:
        """The pages as they stand; its process starts with the first question.

        Raises:
            IssueError: There is no workspace (E85).
        """
        with self._beginning:
            if self._preview is None:
                self._preview = Preview(self.workspace)
            return self._preview

    def tried(self, changes: Mapping[Field, Value], language: str) -> LiveLook:
        """Return the look of the house with changes that nobody has saved.

        The process that draws it ends a while after it was last asked.

        Raises:
            BulletinError: The look cannot be shown so.
        """
        with self._trying:
            if self._looks is None or not self._looks.is_alive:
                self._looks = Resident(self.workspace.root, _LOOKS)
            looks = self._looks
            if self._rest is not None:
                self._rest.cancel()
            self._rest = threading.Timer(_REST, self._end_trying)
            self._rest.daemon = True
            self._rest.start()
        from pipeline.desk.specimen.live import LiveLook, LookRequest  # noqa: PLC0415 - slow to load

        return looks.ask(LookRequest(changes, language), LiveLook)

    def _end_trying(self) -> None:
        with self._trying:
            if self._rest is not None:
                self._rest.cancel()
            if self._looks is not None:
                self._looks.kill()
            self._looks = self._rest = None

    def close(self) -> None:
        """End, and wait until the server has answered the letter that is on its way.

        Of one that is cut off nobody would know whether it arrived.
        """
        self.end()
        self.sending.wait()

    def end(self) -> None:
        """End the work in hand, without waiting for it."""
        self.sending.close()
        self.mail_desk.clear_letters()
        self._end_trying()
        if self._preview is not None:
            self._preview.close()
        self.jobs.close()
        self.news.close()


def apart(view: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Return a view that waits for pages, so that many who wait for them leave room for all other views.

    Args:
        view: One that is called in a thread; there are 40 of them.
    """

    async def waiting(request: Request) -> Response:
        async with state_of(request).making:
            return await run_in_threadpool(view, request)

    return waiting


def unattended(view: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Return a view that asks another machine, whose silence does not hold up the end of the studio.

    Args:
        view: One that writes nothing: it is called in a thread of its own, which may be cut off.
    """

    async def waiting(request: Request) -> Response:
        answer: concurrent.futures.Future[Response] = concurrent.futures.Future()
        answer.set_running_or_notify_cancel()

        def run() -> None:
            try:
                answer.set_result(view(request))
            except BaseException as fault:  # noqa: BLE001 - raised below, where it was asked for
                answer.set_exception(fault)

        threading.Thread(target=run, daemon=True).start()
        return await asyncio.wrap_future(answer)

    return waiting


def state_of(request: Request) -> StudioState:
    """Return the state of the studio that got a request."""
    state: Any = request.app.state
    studio: StudioState = state.studio
    return studio
