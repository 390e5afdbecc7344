"""`bulletin identity`: a specimen of a publication's look, as a PDF and a picture of its first page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.specimen.sample_workspace import DATE, WITHOUT_COVER, sample_workspace
from pipeline.desk.specimen.sheet import look_sheet
from pipeline.files.outputs import write_together
from pipeline.files.owned_files import hold_within
from pipeline.files.workspace import ISSUES
from pipeline.findings.progress import Progress, silent
from pipeline.findings.translatable import N_
from pipeline.pdf.joining import joined
from pipeline.pdf.raster import cover_picture

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding

NAME: Final = "identity"
"""The folder of the files, and the stem of their names."""

_STEP: Final = N_("specimen")
_FOLDERS: Final = ("styles/", "fonts/")


class Specimen(NamedTuple):
    """A specimen that was written.

    Args:
        paths: The PDF and the picture.
        findings: What was found in publication.yaml, the style and the faces.
    """

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]


def make_specimen(
    workspace: Workspace, out: Path, progress: Progress = silent, language: str = "bg"
) -> Specimen:
    """Write a specimen of the look of a publication: the same bytes from the same files.

    Args:
        workspace: The publication's.
        out: The folder of outputs.
        progress: Called after each step.
        language: Of the names of colours, `bg` or `en`.

    Raises:
        IssueError: publication.yaml has errors, or a link leads out of the folder of outputs (E647).
        PressError: The style cannot be read, or a page cannot be laid out; nothing was written.
    """
    target = out / NAME
    hold_within(out, target)
    with tempfile.TemporaryDirectory() as folder:
        sample = sample_workspace(workspace, Path(folder) / "workspace")
        valid = check_issue(sample.issues / DATE, sample).valid()
        progress(_STEP, 1, 4)
        made = [
            build(BuildRequest(sample.issues / date, sample, Path(folder) / "out", mail=date == DATE))
            for date in (DATE, WITHOUT_COVER)
        ]
        progress(_STEP, 2, 4)
        files = {path.name: path.read_bytes() for result in made for path in result.paths}
        mail = f"bulletin-{DATE}-mail"
        pictures = {
            name.removeprefix(f"{mail}-"): data for name, data in files.items() if name.startswith(f"{mail}-")
        }
        sheet = look_sheet(valid, files[f"{mail}.html"], pictures, language)
        progress(_STEP, 3, 4)
    issue, plain = (files[f"bulletin-{date}.pdf"] for date in (DATE, WITHOUT_COVER))
    pdf = joined([(sheet, None), (issue, None), (plain, [1])])
    paths = write_together(target, {f"{NAME}.pdf": pdf, f"{NAME}.png": cover_picture(pdf)})
    progress(_STEP, 4, 4)
    return Specimen(tuple(paths), tuple(finding for finding in valid.findings if is_of_look(finding)))


def is_of_look(finding: Finding) -> bool:
    """Return whether a finding is about the publication's own files, and not about the sample."""
    path = finding.place.path if finding.place is not None else ""
    own = path.startswith(_FOLDERS) or (path.count("/") == 1 and path.startswith(ISSUES))
    return own and finding.code != "W172"
