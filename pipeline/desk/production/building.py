"""Build: all that was ordered is made, and then written, or nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.edition_result import Made, packed, unpacked
from pipeline.desk.production.order import Order
from pipeline.desk.production.report import report
from pipeline.files.cache import Cache, default_folder
from pipeline.files.lock import Lock, lock_of
from pipeline.files.workspace import locked, write_atomically
from pipeline.findings.finding import Finding, PressError, errors, found, in_order
from pipeline.findings.progress import Progress, silent
from pipeline.models.editions import MAIL, SCREEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


REFUSED: Final = "refused"
"""The folder below the outputs for files that preflight refuses."""

BOOKLET: Final = "booklet"

_OF_FILLS: Final = frozenset({"W05", "W06"})
"""Findings on how full a page is: editions differ in it by a line or so."""


class Built(NamedTuple):
    """What a build gave.

    Args:
        paths: The files, a PDF first.
        findings: Warnings; errors would have stopped it.
        from_cache: Whether nothing had changed since it was built before.
    """

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    from_cache: bool


def build(order: Order, progress: Progress = silent) -> Built:
    """Build editions of an issue.

    Args:
        order: What is to be built.
        progress: Hears of each step.

    Returns:
        The files written, whole or not at all.

    Raises:
        IssueError: The files have errors; nothing was written.
        PressError: The page cannot be made, or preflight refuses a file, which then lies under
            `refused/`; nothing else was written.
    """
    workspace = order.workspace
    lock = lock_of(order.folder, workspace.root, workspace.style_folders(), workspace.font_folders())
    target = order.out / order.folder.name
    with locked(target / ".lock"):
        made, is_kept = _made(order, lock, progress)
        findings = _once(finding for part in made.values() for finding in part.findings)
        if refused := [part for part in made.values() if errors(part.findings)]:
            where = [_refuse(target, *next(iter(part.outputs.items()))) for part in refused]
            raise PressError([*findings, *where])
        outputs = {name: data for part in made.values() for name, data in part.outputs.items()}
        told = report(order.folder.name, made, findings, lock.as_json(), draft=order.draft)
        outputs[f"{order.stem}-report.json"] = told
        paths = [_put(target / name, data) for name, data in outputs.items()]
        for path in _outlived(order, target, outputs):
            path.unlink(missing_ok=True)
    return Built(tuple(paths), tuple(in_order(findings)), is_kept)


def _made(order: Order, lock: Lock, progress: Progress) -> tuple[dict[str, Made], bool]:
    """Make what was ordered, as far as it is not kept; returns it by name, and whether all of it was."""
    cache = Cache(default_folder())
    options = (order.language or "", "draft" if order.draft else "")
    wanted = [edition.name for edition in order.editions] + [BOOKLET] * order.booklet + [MAIL] * order.mail
    keys = {name: lock.key(name, *options) for name in wanted}
    kept = {} if order.fresh else {name: unpacked(cache.get(key)) for name, key in keys.items()}
    made = {name: part for name, part in kept.items() if part is not None}
    missing = [edition for edition in order.editions if edition.name not in made]
    folds = order.booklet and BOOKLET not in made
    mails = order.mail and MAIL not in made
    if not missing and not folds and not mails:
        return {name: made[name] for name in wanted}, True
    # The heavier floors are loaded only when a page is to be made.
    from pipeline.desk.production.edition_maker import Making  # noqa: PLC0415

    screen = made.get(SCREEN.name)
    if screen is None and not order.fresh:
        screen = unpacked(cache.get(lock.key(SCREEN.name, *options)))
    wants_screen = (folds or mails) and screen is None and SCREEN not in missing
    steps = (*missing, *([SCREEN] if wants_screen else []))
    making = Making(order._replace(editions=steps, booklet=folds, mail=mails), lock, progress)
    made |= {edition.name: making.make(edition) for edition in missing}
    if folds or mails:
        # Other faces are made of the pages for members, even where those were not ordered.
        screen = made.get(SCREEN.name) or screen or making.make(SCREEN)
        if folds:
            made[BOOKLET] = making.booklet(next(iter(screen.outputs.values())))
        if mails:
            made[MAIL] = screen if errors(screen.findings) else making.mail(screen)
    for name in wanted:
        if kept.get(name) is None and not errors(made[name].findings):
            cache.put(keys[name], packed(made[name]))
    cache.prune()
    return {name: made[name] for name in wanted}, False


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once; how full a page is, for the first edition that says it."""
    told: dict[object, Finding] = {}
    for finding in findings:
        key = (finding.code, finding.page) if finding.code in _OF_FILLS else finding
        told.setdefault(key, finding)
    return tuple(told.values())


def _outlived(order: Order, target: Path, outputs: Mapping[str, bytes]) -> Iterator[Path]:
    """Give the files of an earlier build that could be taken for this: refused, or of pages now gone."""
    yield from (target / REFUSED / name for name in outputs)
    for edition in order.editions:
        proofs = target.glob(f"{order.stem}{edition.suffix}-proof-*.png") if edition.in_ink else ()
        yield from (path for path in proofs if path.name not in outputs)
    if any(edition is SCREEN for edition in order.editions) and not order.booklet:
        yield target / f"{order.stem}-booklet.pdf"


def _refuse(target: Path, name: str, pdf: bytes) -> Finding:
    """Put a file that preflight refuses where nobody takes it for the real one, and say where."""
    folder = target / REFUSED
    _put(folder / name, pdf)
    return found("E72", None, name=name, folder=f"{target.name}/{REFUSED}")


def _put(path: Path, data: bytes) -> Path:
    """Write a file where it does not hold the same already."""
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)
    return path


__all__ = ["Built", "Order", "build"]
