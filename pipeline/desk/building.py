"""Build: files → model → typeset text → HTML → PDF, and what goes with it."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.cache import Cache, default_folder
from pipeline.editions import SCREEN, Edition
from pipeline.finding_records import as_record, from_record
from pipeline.findings import Finding, found
from pipeline.lock import lock_of
from pipeline.places import Place
from pipeline.progress import Progress, silent
from pipeline.workspace import locked, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.examining import Checked
    from pipeline.models.issue import Issue
    from pipeline.page_boxes import PageFill
    from pipeline.press import Asset
    from pipeline.workspace import Workspace

FEWEST_ON_LAST: Final = 3
"""The last page holds at least a third of its lines."""

MOST_SHORT: Final = 4
"""Lines by which any other page may end short."""


class Order(NamedTuple):
    """What is to be built.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        out: The folder that outputs go under; `out/` of the workspace by default.
        language: The language wanted, or None for the issue's own.
        edition: The edition.
        draft: Whether every page is marked as a draft.
        fresh: Whether nothing is taken from the cache.
    """

    folder: Path
    workspace: Workspace
    out: Path
    language: str | None = None
    edition: Edition = SCREEN
    draft: bool = False
    fresh: bool = False


class Built(NamedTuple):
    """What a build gave.

    Args:
        paths: The files, the PDF first.
        findings: Warnings; errors would have stopped it.
        from_cache: Whether nothing had changed since it was built before.
    """

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    from_cache: bool


def build(order: Order, progress: Progress = silent) -> Built:
    """Build an edition of an issue.

    Args:
        order: What is to be built.
        progress: Hears of each step.

    Returns:
        The files written, whole or not at all.

    Raises:
        IssueError: The files have errors; nothing was written.
        PressError: The page cannot be made; nothing was written.
    """
    workspace = order.workspace
    lock = lock_of(order.folder, workspace.root, workspace.style_folders(), workspace.font_folders())
    key = lock.key(order.edition.name, order.language or "", "draft" if order.draft else "")
    cache = Cache(default_folder())
    target = order.out / order.folder.name
    with locked(target / ".lock"):
        kept = None if order.fresh else _unpacked(cache.get(key))
        outputs, findings = kept or _made(order, lock.as_json(), progress)
        if kept is None:
            cache.put(key, _packed(outputs, findings))
            cache.prune()
        paths = []
        for name, data in outputs.items():
            path = target / name
            if not path.is_file() or path.read_bytes() != data:
                write_atomically(path, data)
            paths.append(path)
    return Built(tuple(paths), findings, kept is not None)


def _made(order: Order, lock: str, progress: Progress) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Go the whole road once."""
    # The heavier floors are loaded only when a page is to be made.
    from pipeline.composition import compose_html  # noqa: PLC0415
    from pipeline.desk.assets import assets_of  # noqa: PLC0415
    from pipeline.desk.examining import checked, stop_on_errors  # noqa: PLC0415
    from pipeline.page_pictures import cover_picture  # noqa: PLC0415
    from pipeline.press import print_pdf  # noqa: PLC0415
    from pipeline.typesetting import typeset  # noqa: PLC0415

    clock = _Clock(progress)
    looked: Checked = checked(order.folder, order.workspace, order.language)
    stop_on_errors(looked.findings)
    issue, style = looked.reading.issue, looked.style
    assert issue is not None  # noqa: S101 - an issue that is not whole has errors
    assert style is not None  # noqa: S101 - likewise
    clock.done("reading")
    assets, pictures = assets_of(issue, looked, style, order.edition, fresh=order.fresh)
    clock.done("pictures")
    set_issue = typeset(issue)
    clock.done("typography")
    html = compose_html(set_issue, order.edition, style, pictures, draft=order.draft)
    clock.done("composition")
    pressed = print_pdf(html, order.edition, assets, _identifier(html, assets), style.plan.page)
    clock.done("press")
    cover = cover_picture(pressed.pdf)
    clock.done("cover")
    findings = (*looked.findings, *pressed.findings, *_fill_findings(issue, pressed.fills))
    stop_on_errors(findings)
    stem = f"bulletin-{order.folder.name}"
    language = f".{order.language}" if order.language and _is_translation(order, issue) else ""
    outputs = {
        f"{stem}{language}{order.edition.suffix}.pdf": pressed.pdf,
        f"{stem}{language}-cover.png": cover,
    }
    if events := _calendar(issue):
        outputs[f"{stem}{language}.ics"] = events
    report = _report(outputs, findings, pressed.fills, clock, lock, order)
    outputs[f"{stem}{language}-report.json"] = report
    return outputs, findings


def _is_translation(order: Order, issue: Issue) -> bool:
    return (order.folder / f"issue.{issue.language}.yaml").exists()


def _calendar(issue: Issue) -> bytes | None:
    from pipeline.calendar_file import calendar_file  # noqa: PLC0415

    return calendar_file(issue)


def _fill_findings(issue: Issue, fills: tuple[PageFill, ...]) -> list[Finding]:
    """Judge how full the pages are: how many lines to win, or to fill."""
    place = Place(f"{issue.folder}/issue.yaml")
    findings = []
    for number, fill in enumerate(fills[:-1], 1):
        if fill.free > MOST_SHORT:
            findings.append(found("W06", place, page=number, lines=fill.free))
    last = fills[-1]
    total = last.lines + last.free
    if len(fills) > 1 and last.lines * FEWEST_ON_LAST < total:
        wanted = -(-total // FEWEST_ON_LAST) - last.lines
        findings.append(found("W05", place, page=len(fills), lines=last.lines, fill=wanted))
    return findings


def _identifier(html: str, assets: dict[str, Asset]) -> bytes:
    """Make the file identifier from the content, so that the same content is the same file."""
    digest = hashlib.sha256(html.encode())
    for name in sorted(assets):
        digest.update(name.encode() + hashlib.sha256(assets[name].data).digest())
    return digest.digest()[:16]


def _report(
    outputs: dict[str, bytes],
    findings: tuple[Finding, ...],
    fills: tuple[PageFill, ...],
    clock: _Clock,
    lock: str,
    order: Order,
) -> bytes:
    report = {
        "issue": order.folder.name,
        "edition": order.edition.name,
        "draft": order.draft,
        "pages": len(fills),
        "lines": [{"page": number, **fill._asdict()} for number, fill in enumerate(fills, 1)],
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in outputs.items()
        },
        "findings": [as_record(finding) for finding in findings],
        "seconds": clock.seconds,
        "lock": json.loads(lock),
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


class _Clock:
    """Times the steps and tells of them."""

    _STEPS: Final = ("reading", "pictures", "typography", "composition", "press", "cover")

    def __init__(self, progress: Progress) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self._last = time.perf_counter()
        progress(self._STEPS[0], 0, len(self._STEPS))

    def done(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = round(now - self._last, 3)
        self._last = now
        self._progress(step, len(self.seconds), len(self._STEPS))


def _packed(outputs: dict[str, bytes], findings: tuple[Finding, ...]) -> bytes:
    head = {
        "sizes": {name: len(data) for name, data in outputs.items()},
        "findings": [as_record(finding) for finding in findings],
    }
    return json.dumps(head, ensure_ascii=False).encode() + b"\n" + b"".join(outputs.values())


def _unpacked(data: bytes | None) -> tuple[dict[str, bytes], tuple[Finding, ...]] | None:
    if data is None:
        return None
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    outputs: dict[str, bytes] = {}
    for name, size in head["sizes"].items():
        outputs[name], rest = rest[:size], rest[size:]
    findings = tuple(from_record(record) for record in head["findings"])
    return outputs, findings
