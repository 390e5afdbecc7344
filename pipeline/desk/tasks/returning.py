"""Letters that came back, read and heeded, as work that tells how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.tasks.telling import told_steps
from pipeline.files.workspace import Workspace
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import as_whole_data, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.delivery.returns.bounces import ProcessedReturn
    from pipeline.findings.progress import Progress

STEP: Final = "returned letters"
_COUNTED: Final = N_("Letters read: {done}")
_TO_CONFIRM: Final = "E384"


class ReturnsRequest(NamedTuple):
    """What is to be read.

    Args:
        root: The workspace.
        folder: Where the letters lie, and nothing else.
        language: Of messages.
        confirm: How many are to have nothing more, where that was asked before; None where it was not.
    """

    root: str
    folder: str
    language: str
    confirm: int | None = None


def returning(request: ReturnsRequest) -> Iterator[dict[str, Any]]:
    """Read letters and heed them; yield steps, and last what they were as `result`, or `findings`.

    Letters that were heeded stay so wherever the work ends: it is done again with the same ones.
    """
    from pipeline.delivery.ledger.mail_folder import MailFolder  # noqa: PLC0415 - the work's process alone
    from pipeline.desk.mail.returned_mail import process_returned_files  # noqa: PLC0415

    def work(progress: Progress) -> dict[str, Any]:
        rows: list[dict[str, Any]] = []

        def processed(each: ProcessedReturn) -> None:
            if each.returned is not None:
                rows.append(_as_data(each))
                progress(STEP, len(rows), 0)

        result = process_returned_files(
            MailFolder(Workspace(Path(request.root))),
            [Path(request.folder)],
            confirm=request.confirm,
            on_processed=processed,
        )
        asked = [dict(each.values) for each in result.findings if each.code == _TO_CONFIRM]
        return {
            "letters": result.letters,
            "rows": rows,
            "withdrawn": [[each.address or "", each.words] for each in result.withdrawn],
            "findings": [as_whole_data(each, request.language) for each in result.findings],
            "to_confirm": int(str(asked[0]["count"])) if asked else 0,
        }

    for news in told_steps(work, request.language):
        if news.get("step") == STEP:
            yield news | {"words": say(_COUNTED, request.language, done=news["done"])}
        else:
            yield news


def _as_data(each: ProcessedReturn) -> dict[str, Any]:
    """Return what a letter was and what was done about it."""
    assert each.returned is not None  # noqa: S101 - asked before
    return {
        "name": each.name,
        "type": each.returned.type.value,
        "address": (each.delivery.address or "") if each.delivery else "",
        "cause": each.returned.verdict.cause.value,
        "words": each.returned.verdict.words,
        "reason": each.suppressed,
        "is_new": each.is_new,
    }
