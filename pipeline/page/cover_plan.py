"""What of the first page's content is set on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection


class CoverPlan(NamedTuple):
    """What of the first page's content is set on a page of its own, because it overruns there.

    Args:
        contents_apart: The contents; the first page lists only the sections.
        list_apart: That list, too: the first page has no contents at all.
        greeting_apart: The greeting.
    """

    contents_apart: bool = False
    list_apart: bool = False
    greeting_apart: bool = False

    def after(self, overruns: Collection[str]) -> CoverPlan:
        """Return the plan to try next.

        Args:
            overruns: The classes of the elements that overran with this plan: `contents`, `greeting`.
        """
        contents = "contents" in overruns
        return CoverPlan(
            contents_apart=self.contents_apart or contents,
            list_apart=self.list_apart or (contents and self.contents_apart),
            greeting_apart=self.greeting_apart or "greeting" in overruns,
        )


WHOLE_COVER: Final = CoverPlan()
"""The plan to try first: nothing is set apart."""
