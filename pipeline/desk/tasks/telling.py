"""Work that reports its steps to a callback, as work that yields them."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from pipeline.findings.finding import BulletinError
from pipeline.findings.wording.wording import as_whole_data, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.findings.progress import Progress


def told_steps(work: Callable[[Progress], dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    """Do work in a thread, so that its steps can be yielded while it goes on.

    Args:
        work: Returns what is yielded last as `result`; its errors are yielded as `findings`.
        language: Of messages.

    Raises:
        Exception: Any other that the work raises.
    """
    news: queue.Queue[dict[str, Any] | BaseException] = queue.Queue()

    def progress(step: str, done: int, total: int) -> None:
        news.put({"step": step, "words": say(step, language), "done": done, "total": total})

    def run() -> None:
        try:
            news.put({"result": work(progress)})
        except BulletinError as error:
            news.put({"findings": [as_whole_data(finding, language) for finding in error.findings]})
        except BaseException as fault:  # noqa: BLE001 - raised below, where the work was asked for
            news.put(fault)

    # It does not hold up the end of the process, where nobody waits for the work any more.
    threading.Thread(target=run, daemon=True).start()
    is_step = True
    while is_step:
        each = news.get()
        if isinstance(each, BaseException):
            raise each
        yield each
        is_step = "step" in each
