"""Build: all that was ordered is made, and then written, or nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.cache import Cache, default_folder
from pipeline.desk.made import packed, unpacked
from pipeline.desk.orders import Order
from pipeline.desk.report import report
from pipeline.lock import lock_of
from pipeline.progress import Progress, silent
from pipeline.workspace import locked, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings import Finding


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
        PressError: The page cannot be made; nothing was written.
    """
    workspace = order.workspace
    lock = lock_of(order.folder, workspace.root, workspace.style_folders(), workspace.font_folders())
    cache = Cache(default_folder())
    target = order.out / order.folder.name
    with locked(target / ".lock"):
        keys = {
            edition: lock.key(edition.name, order.language or "", "draft" if order.draft else "")
            for edition in order.editions
        }
        kept = {} if order.fresh else {edition: unpacked(cache.get(key)) for edition, key in keys.items()}
        made = {edition: part for edition, part in kept.items() if part is not None}
        missing = [edition for edition in order.editions if edition not in made]
        if missing:
            # The heavier floors are loaded only when a page is to be made.
            from pipeline.desk.making import Making  # noqa: PLC0415

            making = Making(order._replace(editions=tuple(missing)), lock.as_json(), progress)
            made |= {edition: making.make(edition) for edition in missing}
            for edition in missing:
                cache.put(keys[edition], packed(made[edition]))
            cache.prune()
        parts = {edition.name: made[edition] for edition in order.editions}
        findings = tuple(dict.fromkeys(finding for part in parts.values() for finding in part.findings))
        outputs = {name: data for part in parts.values() for name, data in part.outputs.items()}
        told = report(order.folder.name, parts, findings, lock.as_json(), draft=order.draft)
        outputs[f"{order.stem}-report.json"] = told
        paths = [_put(target / name, data) for name, data in outputs.items()]
    return Built(tuple(paths), findings, not missing)


def _put(path: Path, data: bytes) -> Path:
    """Write a file where it does not hold the same already."""
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)
    return path


__all__ = ["Built", "Order", "build"]
