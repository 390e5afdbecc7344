"""Files that arrive: streamed to a folder of our own, under names of our own, so many and so large."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from pipeline.files.names import fitting_name
from pipeline.findings.finding import IssueError, found
from pipeline.studio.gate.bodies import UPLOAD

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_FILES: Final = 100
_MOST_FIELDS: Final = 30
_FIELD_BYTES: Final = 64 * 1024
_PIECE: Final = 1024 * 1024


class Arrival:
    """A form with files.

    Args:
        folder: Where its files lie, and nothing else; who takes it deletes it.
        fields: Its other fields.
    """

    def __init__(self, folder: Path, fields: dict[str, str]) -> None:
        """Keep both."""
        self.folder = folder
        self.fields = fields

    @property
    def files(self) -> list[Path]:
        """The files, in order of their names."""
        return sorted(self.folder.iterdir())

    def forget(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


async def received(request: Request, into: Path | None = None) -> Arrival:
    """Receive a form with files.

    A file keeps of its name what a name may be: no folder, nothing that a system takes for something else.

    Args:
        request: With a body of `multipart/form-data` (RFC 7578).
        into: The folder in which that of the files is made; that of temporary files when None.

    Raises:
        IssueError: There are too many files or fields, or it is no such form (E626).
        TooLargeError: It is too large.
    """
    folder = Path(tempfile.mkdtemp(prefix="bulletin-arrival-", dir=into))
    fields: dict[str, str] = {}
    try:
        async with request.form(
            max_files=MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_FIELD_BYTES
        ) as form:
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    fields[name] = value
                elif value.filename:
                    await _keep(value, folder)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if _is_of_form(error):
            size = UPLOAD // 1024 // 1024
            raise IssueError([found("E626", None, count=MOST_FILES, size=size)]) from error
        raise
    return Arrival(folder, fields)


async def _keep(file: UploadFile, folder: Path) -> None:
    bare = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    name = fitting_name(bare[:200], [path.name for path in folder.iterdir()])
    with (folder / name).open("xb") as target:
        while piece := await file.read(_PIECE):
            target.write(piece)


def _is_of_form(error: BaseException) -> bool:
    """Return whether the form itself is wrong; Starlette raises the fault of its parser as an answer."""
    return isinstance(error, MultiPartException) or (
        isinstance(error, Exception) and getattr(error, "status_code", None) == 400  # noqa: PLR2004 - Bad Request
    )
