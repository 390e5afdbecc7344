"""Measure the pages of four bulletins in two identities, and in version 1: `python -m tests.bench.pages`.

Names of bulletins or looks narrow it down; `--pdf FOLDER` keeps the PDFs; `--files FILE…` measures files that
are there already. The exit status is 1 when a made-up bulletin breaks a limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError
from pipeline.models.editions import SCREEN
from pipeline.page.engine.faces import isolate_faces
from tests.specimens.bulletins import BULLETINS, LOOKS, MADE_UP, laid_out
from tests.support.pages.page_figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.specimens.bulletins import Bulletin, Look
    from tests.support.pages.page_figures import PageFigures

_HEAD: Final = (
    "bulletin", "look", "pages", "ink", "emptiest", "lines", ">133 %", ">200 %", "widest", "ladder", "holes",
    "off grid", "contrast", "recto -",
)  # fmt: skip
_HALF: Final = 0.5


def printed(bulletin: Bulletin, look: Look, root: Path) -> bytes:
    """Build the screen edition of a bulletin in a look, and return it.

    Args:
        bulletin: One of `BULLETINS`.
        look: One of `LOOKS`.
        root: An empty folder.
    """
    issue = laid_out(bulletin, look, root)
    request = BuildRequest(issue, Workspace(root), root / "out", editions=(SCREEN,), fresh=True)
    pdf = next(path for path in build(request).paths if path.suffix == ".pdf")
    return pdf.read_bytes()


def row_of(name: str, look: str, of: PageFigures) -> tuple[str, ...]:
    """Return the line of the table for a bulletin."""
    share, page = of.emptiest
    return (
        name, look, str(of.pages), f"{of.mean_inked:.0%}", f"{share:.0%} (p. {page})", str(of.lines),
        f"{of.wide:.1%}", f"{of.loose:.1%}", f"{of.widest:.2f}", str(of.ladder), str(len(of.holes)),
        f"{of.off_grid:.0%}", f"{of.contrast:.2f}", ", ".join(map(str, of.recto_hyphens)) or "–",
    )  # fmt: skip


def remarks_of(name: str, look: str, of: PageFigures) -> Iterator[str]:
    """Yield what the table cannot say: every page's share of ink, the limits that are broken, and where."""
    shares = " ".join(f"{share:.0%}" for share in of.inked)
    yield f"{name}, {look}: ink by page {shares}"
    for number, (share, free) in enumerate(zip(of.inked, of.free, strict=True), 1):
        if 1 < number < of.pages and share < _HALF:
            yield f"  page {number} is below 50 %: {share:.0%}, {free:.0f} lines free at its foot"
    yield from (f"  beyond a limit: {words}" for words in of.broken_limits)
    yield from (f"  over 200 %: {line}" for line in of.loose_lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pages", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join((*BULLETINS, *LOOKS))}; all when left out")
    parser.add_argument("--pdf", type=Path, help="a folder for the PDFs, to look at them")
    parser.add_argument("--files", nargs="*", type=Path, default=[], help="finished PDFs to measure instead")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - {*BULLETINS, *LOOKS}:
        parser.error(f"no such bulletin or look: {', '.join(sorted(unknown))}")
    isolate_faces()
    table: list[tuple[str, ...]] = [_HEAD]
    remarks: list[str] = []
    kept = True
    for name, look, pdf in _pdfs(asked):
        of = figures_of(pdf)
        table.append(row_of(name, look, of))
        remarks += remarks_of(name, look, of)
        kept &= look not in MADE_UP or not of.broken_limits
    widths = [max(len(row[column]) for row in table) for column in range(len(_HEAD))]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
    sys.stdout.write("\n" + "\n".join(remarks) + "\n")
    return 0 if kept else 1


def _pdfs(asked: argparse.Namespace) -> Iterator[tuple[str, str, bytes]]:
    for path in asked.files:
        yield path.stem, path.parent.name, path.read_bytes()
    if asked.files:
        return
    bulletins = [name for name in BULLETINS if name in asked.names] or list(BULLETINS)
    looks = [name for name in LOOKS if name in asked.names] or list(LOOKS)
    for name in bulletins:
        for look in looks:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                sys.stderr.write(f"building: {name}, {look}\n")
                try:
                    pdf = printed(BULLETINS[name], LOOKS[look], Path(folder) / "w")
                except BulletinError as error:
                    sys.stderr.write(
                        f"  refused: {', '.join(sorted({each.code for each in error.findings}))}\n"
                    )
                    if look in MADE_UP:
                        raise
                    continue
            if asked.pdf:
                asked.pdf.mkdir(parents=True, exist_ok=True)
                (asked.pdf / f"{name}-{look}.pdf").write_bytes(pdf)
            yield name, look, pdf


if __name__ == "__main__":
    sys.exit(main())
