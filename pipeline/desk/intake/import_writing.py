"""Writing an import: as a new issue, whole or not at all, or merged into an existing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.desk.intake.import_target import is_untouched
from pipeline.desk.intake.picture_arrival import IMAGES
from pipeline.files.owned_files import hold_within
from pipeline.files.text.source import read_text
from pipeline.files.workspace import ISSUES, PUBLICATION
from pipeline.files.writing.atomic import write_atomically, write_folder
from pipeline.findings.finding import IssueError, found
from pipeline.findings.system_faults import write_refused
from pipeline.importing.draft.listing import list_articles
from pipeline.importing.merging import RECORD, Merged, Record, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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
        IssueError: A link leads out of the workspace (E647), or somebody has written in the samples meanwhile
            (E632).
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
    """Write a folder where one of samples stands: either it is written whole, or the samples stay.

    Raises:
        IssueError: Somebody has written in it meanwhile (E632).
        PressError: A file cannot be written (E83).
    """
    aside = folder.with_name(f".{folder.name}.samples")
    try:
        folder.rename(aside)
    except OSError as error:
        raise write_refused(error, folder.name) from error
    try:
        _hold_untouched(aside, folder.name)
        write()
    except BaseException:
        aside.rename(folder)
        raise
    for path in aside.iterdir():
        path.unlink()
    aside.rmdir()


def _hold_untouched(samples: Path, issue: str) -> None:
    if not is_untouched(samples):
        raise IssueError([found("E632", None, name=f"{ISSUES}/{issue}")])


def join_issue(target: ImportTarget, imported: ImportedFiles) -> WrittenFiles:
    """Merge an import into an existing issue.

    Each text is read, merged and written before the next: somebody may be saving one of them meanwhile.

    Raises:
        IssueError: `issue.yaml` or an article that is to be merged is no text (E02, E03, E05), the plan
            cannot be read as YAML, somebody made an article of the same name meanwhile (E632), or a link
            leads out of the workspace (E647).
        PressError: A file cannot be written (E83).
    """
    _hold(target)
    files = imported.files
    base = target.record.texts.get(target.key, {})
    # What cannot be read is refused before anything is written.
    _merged_plan(target, imported, base)
    for name in files.texts:
        _merged_article(target, name, files.texts[name], base)
    written = _written_pictures(target, files)
    findings: list[Finding] = []
    for name, text in files.texts.items():
        present, merged = _merged_article(target, name, text, base)
        findings += merged.findings
        if merged.text != (present or ""):
            write_atomically(target.folder / name, merged.text.encode())
            written.append(name)
    there = target.names()
    missing = [name for name in base if name.endswith(".md") and name not in files.texts and name in there]
    findings += [found("W517", None, name=target.key[:80], found=name) for name in missing]
    plan, entered = _merged_plan(target, imported, base)
    if entered.text != plan:
        write_atomically(target.folder / "issue.yaml", entered.text.encode())
        written.append("issue.yaml")
    _write_record(target, imported, base)
    return WrittenFiles(tuple(written), (*findings, *entered.findings))


def _written_pictures(target: ImportTarget, files: Files) -> list[str]:
    """Write the pictures that the issue does not have, and return their names."""
    present = target.pictures()
    new = {name: data for name, data in files.pictures.items() if present.get(name) != data}
    for name, data in new.items():
        write_atomically(target.folder / name, data)
    return [*new]


def _write_record(target: ImportTarget, imported: ImportedFiles, base: Mapping[str, str]) -> None:
    texts = imported.files.texts | ({"issue.yaml": imported.issue} if "issue.yaml" in base else {})
    titles = imported.files.titles
    record = Record(target.record.texts | {target.key: texts}, target.record.titles | {target.key: titles})
    if record.data() != target.record.data():
        write_atomically(target.folder / RECORD, record.data())


def _merged_article(
    target: ImportTarget, name: str, text: str, base: Mapping[str, str]
) -> tuple[str | None, Merged]:
    """Return an article as it is now, None where there is none, and as it is to be.

    Raises:
        IssueError: It is no text (E02, E03, E05), or somebody else's of the same name (E632).
    """
    present = target.text(name)
    if name not in base:
        if present not in {None, text}:
            raise IssueError([found("E632", None, name=f"{target.path}/{name}")])
        return present, Merged(text, ())
    if present is None:
        return None, Merged("", (found("W516", None, name=target.key[:80], found=name),))
    return present, merge(base[name], present, text, path=f"{target.path}/{name}", name=target.key)


def _merged_plan(
    target: ImportTarget, imported: ImportedFiles, base: Mapping[str, str]
) -> tuple[str, Merged]:
    """Return `issue.yaml` as it is now, and as it is to be.

    Raises:
        IssueError: It is no text (E02, E03, E05), or cannot be read as YAML.
    """
    path = f"{target.path}/issue.yaml"
    plan = _as_written(target.folder / "issue.yaml", path)
    if "issue.yaml" not in base:
        return plan, Merged(list_articles(plan, path, imported.sections), ())
    plan = target.text("issue.yaml") or ""
    return plan, merge(base["issue.yaml"], plan, imported.issue, path=path, name=target.key)


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
