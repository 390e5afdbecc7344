"""The look while it is chosen: colours, faces and site as they would be, before anything is saved."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.specimen.sample_workspace import DATE, sample_workspace
from pipeline.desk.specimen.sheet import plain_sheet
from pipeline.desk.specimen.specimen import is_of_look
from pipeline.files.workspace import PUBLICATION
from pipeline.files.yaml_items.item_edits import ItemEditor
from pipeline.findings.finding import Finding  # noqa: TC001 - answers are read by it
from pipeline.pdf.raster import pages_as_one

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value

_PPI: Final = 96


class LiveLook(NamedTuple):
    """A look that was tried.

    Args:
        picture: A PNG.
        findings: What there is to say of it.
    """

    picture: bytes
    findings: tuple[Finding, ...]


class LookRequest(NamedTuple):
    """A look to be tried.

    Args:
        changes: New values of publication.yaml by the path of the field; None takes one out.
        language: Of the names of colours, `bg` or `en`.
    """

    changes: Mapping[Field, Value]
    language: str


class LiveSpecimen:
    """Answers with specimens, in the resident process.

    Args:
        workspace: The workspace; it is only read.
        broken_off: Of trials; there are none here.
        after_page: Is told of pages; a specimen has few.
    """

    def __init__(
        self,
        workspace: Workspace,
        broken_off: Callable[[], int] = lambda: 0,  # noqa: ARG002 - as all who answer
        after_page: Callable[[int], None] = lambda _: None,  # noqa: ARG002 - likewise
    ) -> None:
        """Keep the workspace."""
        self._workspace = workspace

    def answer(self, request: LookRequest) -> LiveLook:
        """Return the look with changes of publication.yaml that nobody has saved.

        Args:
            request: The changes.

        Raises:
            BulletinError: The look cannot be shown so.
        """
        with tempfile.TemporaryDirectory() as folder:
            sample = sample_workspace(self._workspace, Path(folder) / "workspace")
            path = sample.root / PUBLICATION
            editor = ItemEditor(path.read_bytes().decode("utf-8"), PUBLICATION)
            for field, value in request.changes.items():
                editor.set(field, value)
            path.write_bytes(editor.text.encode())
            valid = check_issue(sample.issues / DATE, sample).valid()
            pdf = plain_sheet(valid, request.language)
        findings = tuple(finding for finding in valid.findings if is_of_look(finding))
        return LiveLook(pages_as_one(pdf, _PPI), findings)

    def close(self) -> None:
        """Nothing is kept open."""
