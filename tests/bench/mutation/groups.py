"""The parts of the program that are changed, each with the tests that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Group(NamedTuple):
    """A part of the program.

    Args:
        name: What it is called on the command line.
        source: Its folder or module, from the repository.
        tests: The folders and modules of its tests, from the repository.
    """

    name: str
    source: str
    tests: tuple[str, ...]

    def modules(self, root: Path) -> Iterator[Path]:
        """Yield its modules, in order."""
        source = root / self.source
        yield from sorted(source.rglob("*.py")) if source.is_dir() else [source]


GROUPS: Final = {
    group.name: group
    for group in (
        Group("law", "pipeline/pdf/law", ("tests/pdf/law",)),
        Group(
            "judge",
            "pipeline/page/engine/layout_faults.py",
            (
                "tests/page/engine/test_layout_faults.py",
                "tests/page/engine/test_layout_measures.py",
                "tests/page/engine/test_sound_layouts.py",
            ),
        ),
        Group("preflight", "pipeline/pdf/preflight", ("tests/pdf",)),
        Group("reading", "pipeline/reading", ("tests/reading", "tests/test_bad_issues.py")),
        Group("importing", "pipeline/importing", ("tests/importing",)),
        Group("archive", "pipeline/archive", ("tests/archive",)),
        Group("delivery", "pipeline/delivery", ("tests/delivery",)),
    )
}
