"""Lays the examples of CommonMark out, as articles of issues that the law of the page judges."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import errors
from pipeline.page.engine.faces import isolate_faces
from tests.bench.commonmark import FRONT
from tests.support.whole_issues.workspaces import PUBLICATION, built, checked, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings.finding import Finding
    from tests.bench.commonmark import Example

AN_ISSUE: Final = 40
"""Examples that are laid out together."""

_STYLE: Final = "style: {name: bulletin, version: 1}"


_OF_NO_SITE: Final = re.compile(r"(?<![\w/.:])(?=/(?:my )?ur[il])")
"""Where an address of the examples begins that belongs to no site, which a bulletin refuses."""


class LaidOut(NamedTuple):
    """What became of an example on the page.

    Args:
        number: Of the example.
        refused: The codes of the errors by which `check` refuses it.
        broken: The errors of the build, those of the law of the page among them.
    """

    number: int
    refused: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def laid_out(examples: Sequence[Example]) -> Iterator[LaidOut]:
    """Lay examples out in issues of `AN_ISSUE`, each an article; what `check` refuses is left out.

    Args:
        examples: Those to lay out.

    Yields:
        Each example, with what was found.
    """
    isolate_faces()
    for begins in range(0, len(examples), AN_ISSUE):
        batch = examples[begins : begins + AN_ISSUE]
        refused = _refused(batch)
        yield from (LaidOut(number, refused=codes) for number, codes in refused.items())
        sound = [each for each in batch if each.number not in refused]
        if sound:
            yield from _built(sound)


def _refused(batch: Sequence[Example]) -> dict[int, tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        found = errors(checked(workspace(Path(folder), _articles(batch), publication=_publication())))
    return _by_example(found)


def _built(sound: Sequence[Example]) -> Iterator[LaidOut]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        of = workspace(root / "w", _articles(sound), publication=_publication())
        result = built(of, root / "out", "screen", mail=True)
    broken = _by_example(errors(result.findings))
    # An error that names no example is one of all of them, if it is the only one.
    of_all = () if set(broken) - {0} else broken.get(0, ())
    if not result.files and not broken:
        of_all = ("nothing was written, and no error says why",)
    yield from (LaidOut(each.number, broken=broken.get(each.number, of_all)) for each in sound)


def _articles(batch: Sequence[Example]) -> dict[str, str]:
    return {
        f"example-{each.number}.md": FRONT.replace("Example", f"Example {each.number}")
        + _with_sites(each.markdown)
        for each in batch
    }


def _with_sites(markdown: str) -> str:
    return _OF_NO_SITE.sub("https://example.org", markdown)


def _publication() -> str:
    return PUBLICATION.replace("style: {name: knowledge-city, version: 1}", _STYLE).replace("[bg]", "[en]")


def _by_example(found: Sequence[Finding]) -> dict[int, tuple[str, ...]]:
    """Return the codes found by the number of the example, or by 0 where they are of none."""
    codes: dict[int, tuple[str, ...]] = {}
    for each in found:
        name = each.place.path.rsplit("/", 1)[-1] if each.place else ""
        number = int(name[8:-3]) if name.startswith("example-") and name.endswith(".md") else 0
        codes[number] = (*codes.get(number, ()), each.code)
    return codes
