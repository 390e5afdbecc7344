"""Judge all editions of four bulletins in two identities: `python -m tests.standards.bulletins [NAME…]`.

Each is built twice from a copy of its own: the law of the page and preflight find no errors, veraPDF passes
the screen edition (PDF/UA-1, PDF/A-2a) and the archive edition (PDF/UA-1, PDF/A-3a), the tests' own checker
finds no fault in the press edition, and both builds give the same bytes. The exit status is 1 where one of it
is not so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError, errors
from pipeline.models.editions import ARCHIVE, PRESS, SCREEN
from pipeline.page.engine.faces import isolate_faces
from pipeline.page.pictures.press_conditions import COATED
from tests.specimens.bulletins import BULLETINS, LOOKS, MADE_UP, laid_out
from tests.standards.press_checker import checked
from tests.standards.verapdf import judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.specimens.bulletins import Bulletin, Look

EDITIONS: Final = (SCREEN, PRESS, ARCHIVE)
_STANDARDS: Final = {"": ("ua1", "2a"), "-archive": ("ua1", "3a")}


class BuiltBulletin(NamedTuple):
    """All editions of a bulletin.

    Args:
        date: Of the issue, which names its files.
        errors: Codes of what the law of the page, preflight and the rest found to be wrong.
        files: What was written, by name.
    """

    date: str
    errors: tuple[str, ...]
    files: Mapping[str, bytes]


def built(bulletin: Bulletin, look: Look, root: Path) -> BuiltBulletin:
    """Build all editions of a bulletin.

    Args:
        bulletin: One of `BULLETINS`.
        look: One of `LOOKS`.
        root: An empty folder.
    """
    issue = laid_out(bulletin, look, root)
    request = BuildRequest(issue, Workspace(root), root / "out", editions=EDITIONS, fresh=True, mail=True)
    try:
        result = build(request)
    except BulletinError as error:
        return BuiltBulletin(bulletin.date, tuple(each.code for each in errors(error.findings)), {})
    # The report says how long the build took.
    kept = {path.name: path.read_bytes() for path in result.paths if path.suffix != ".json"}
    return BuiltBulletin(bulletin.date, tuple(each.code for each in errors(result.findings)), kept)


def faults_of(made: BuiltBulletin, folder: Path) -> Iterator[str]:
    """Yield what is wrong with the editions of a bulletin, as sentences.

    Args:
        made: All editions.
        folder: For files that other programs read.
    """
    if made.errors:
        yield f"errors: {', '.join(made.errors)}"
        return
    for suffix, flavours in _STANDARDS.items():
        path = folder / f"bulletin-{made.date}{suffix}.pdf"
        path.write_bytes(made.files[path.name])
        for flavour, verdict in judged(path, *flavours).items():
            if not verdict.passed:
                yield f"veraPDF, {flavour}: {'; '.join(verdict.failed_rules)}"
    press = folder / f"bulletin-{made.date}-press.pdf"
    press.write_bytes(made.files[press.name])
    yield from (f"press: {fault}" for fault in checked(press, COATED.read_bytes()).faults)


def differences(one: BuiltBulletin, other: BuiltBulletin) -> Iterator[str]:
    """Yield which files of two builds are not the same."""
    for name in sorted({*one.files, *other.files}):
        if one.files.get(name) != other.files.get(name):
            yield f"{name} has other bytes the second time"


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the bulletins asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.standards.bulletins", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(BULLETINS)}; all when left out")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - {*BULLETINS}:
        parser.error(f"no such bulletin: {', '.join(sorted(unknown))}")
    isolate_faces()
    sound = True
    for name in asked.names or BULLETINS:
        for look in MADE_UP:
            with tempfile.TemporaryDirectory(prefix="bulletins-") as folder:
                root = Path(folder)
                twice = [built(BULLETINS[name], LOOKS[look], root / part) for part in ("first", "second")]
                faults = [*faults_of(twice[0], root), *differences(*twice)]
            sys.stdout.write(f"{name}, {look}: {'sound' if not faults else ''}\n")
            sys.stdout.write("".join(f"  {fault}\n" for fault in faults))
            sys.stdout.flush()
            sound &= not faults
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
