"""Writing an import: as a new issue, whole or not at all, or merged into an existing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.desk.intake.picture_arrival import IMAGES
from pipeline.files.owned_files import hold_within
from pipeline.files.text.source import read_text
from pipeline.files.workspace import ISSUES, PUBLICATION, write_atomically, write_folder
from pipeline.findings.finding import IssueError, found
from pipeline.findings.system_faults import write_refused
from pipeline.importing.draft.listing import list_articles
from pipeline.importing.merging import RECORD, Record, merge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.desk.intake.import_target import ImportTarget
    from pipeline.findings.finding import Finding
    from pipeline.importing.draft.files import Files


@dataclass(frozen=True, slots=True)
class ImportedFiles:
    """Files of an import that are to be written.

    Args:
        files: Articles and pictures.
        issue: `issue.yaml` as the import alone would write it.
        sections: Title, lead and article names of each section.
        publication: `publication.yaml`, written if there is none yet.
    """

    files: Files
    issue: str
    sections: list[tuple[str, str, list[str]]]
    publication: str


class WrittenFiles(NamedTuple):
    """Files an import has written.

    Args:
        names: Files that were written or changed, by path in the issue's folder.
        findings: Conflicts, and articles that were removed on either side.
    """

    names: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def begin_issue(target: ImportTarget, imported: ImportedFiles) -> WrittenFiles:
    """Write a new issue, and the publication if there is none: all files or none.

    Raises:
        IssueError: A link leads out of the workspace (E647).
        PressError: A file cannot be written (E83).
    """
    _hold(target)
    texts = {"issue.yaml": imported.issue, **imported.files.texts}
    record = Record({target.key: texts}, {target.key: imported.files.titles})
    data = {name: text.encode() for name, text in texts.items()} | imported.files.pictures
    written = data | {RECORD: record.data()}
    if target.workspace is None:
        issue = {f"{target.folder.name}/{name}": content for name, content in written.items()}
        publication = {PUBLICATION.removeprefix(f"{ISSUES}/"): imported.publication.encode()}
        write_folder(target.root / ISSUES, publication | issue)
    elif target.folder.exists():
        _in_place_of(target.folder, lambda: write_folder(target.folder, written))
    else:
        write_folder(target.folder, written)
    return WrittenFiles(tuple(data))


def _hold(target: ImportTarget) -> None:
    """Refuse a folder from which a link leads out of the workspace."""
    if target.workspace is not None:
        hold_within(target.workspace.root, target.folder, target.folder / IMAGES)


def _in_place_of(folder: Path, write: Callable[[], None]) -> None:
    """Write a folder where one of samples stands: either it is written whole, or the samples stay."""
    aside = folder.with_name(f".{folder.name}.samples")
    try:
        folder.rename(aside)
    except OSError as error:
        raise write_refused(error, folder.name) from error
    try:
        write()
    except BaseException:
        aside.rename(folder)
        raise
    for path in aside.iterdir():
        path.unlink()
    aside.rmdir()


def join_issue(target: ImportTarget, imported: ImportedFiles) -> WrittenFiles:
    """Merge an import into an existing issue.

    Raises:
        IssueError: `issue.yaml` is no text (E02, E03, E05), or cannot be read as YAML, or a link leads out of
            the workspace (E647).
        PressError: A file cannot be written (E83).
    """
    _hold(target)
    files = imported.files
    incoming = dict(files.texts)
    present = target.texts()
    base = target.record.texts.get(target.key, {})
    changed, findings = _merged_articles(target, incoming, base, present)
    plan, entered, more = _merged_plan(target, imported, base, present)
    present_pictures = target.pictures()
    pictures = {name: data for name, data in files.pictures.items() if present_pictures.get(name) != data}
    for name, data in {**pictures, **changed}.items():
        write_atomically(target.folder / name, data)
    if entered != plan:
        changed["issue.yaml"] = entered.encode()
        write_atomically(target.folder / "issue.yaml", changed["issue.yaml"])
    texts = incoming | ({"issue.yaml": imported.issue} if "issue.yaml" in base else {})
    record = Record(
        target.record.texts | {target.key: texts}, target.record.titles | {target.key: files.titles}
    )
    if record.data() != target.record.data():
        write_atomically(target.folder / RECORD, record.data())
    return WrittenFiles((*pictures, *changed), (*findings, *more))


def _merged_articles(
    target: ImportTarget, incoming: dict[str, str], base: dict[str, str], present: dict[str, str]
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the articles that change, and findings of the merge."""
    findings: list[Finding] = []
    changed: dict[str, bytes] = {}
    for name, text in incoming.items():
        entered = text
        if name in base and name not in present:
            findings.append(found("W516", None, name=target.key[:80], found=name))
            continue
        if name in base:
            merged = merge(base[name], present[name], text, path=f"{target.path}/{name}", name=target.key)
            findings += merged.findings
            entered = merged.text
        if present.get(name) != entered:
            changed[name] = entered.encode()
    missing = [name for name in base if name.endswith(".md") and name not in incoming and name in present]
    findings += [found("W517", None, name=target.key[:80], found=name) for name in missing]
    return changed, findings


def _merged_plan(
    target: ImportTarget, imported: ImportedFiles, base: dict[str, str], present: dict[str, str]
) -> tuple[str, str, tuple[Finding, ...]]:
    """Return `issue.yaml` before and after the merge, and findings of it."""
    path = f"{target.path}/issue.yaml"
    plan = _as_written(target.folder / "issue.yaml", path)
    if "issue.yaml" not in base:
        return plan, list_articles(plan, path, imported.sections), ()
    plan = present.get("issue.yaml", "")
    merged = merge(base["issue.yaml"], plan, imported.issue, path=path, name=target.key)
    return plan, merged.text, merged.findings


def _as_written(path: Path, name: str) -> str:
    """Return the text of a file with its line ends and byte order mark; empty if there is no file.

    Raises:
        IssueError: It is no text (E02, E03, E05).
    """
    data = path.read_bytes() if path.is_file() else b""
    source, findings = read_text(data, name)
    if source is None:
        raise IssueError(findings)
    return data.decode("utf-8")
