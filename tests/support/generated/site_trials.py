"""Pages of a site as its law examines them, to be harmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.archive.site.site_law import SiteLaw, page_findings
from pipeline.desk.archive.site_publishing import publish
from pipeline.html_checks.html_tree import read_html

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.archive.shelf import Shelf
    from pipeline.findings.finding import Finding
    from pipeline.models.issue import Issue


class Page(NamedTuple):
    """The page of an issue.

    Args:
        path: Its path in the site.
        html: As published.
        issue: Typeset.
        correction: What its filing corrects.
        sheets: The style sheets of the site, by path.
    """

    path: str
    html: str
    issue: Issue
    correction: str
    sheets: Mapping[str, str]

    def findings(self, html: str = "", *, is_styled: bool = True) -> list[Finding]:
        """Return what the law finds.

        Args:
            html: The page instead of the published one.
            is_styled: Whether its style sheets are judged, which takes most of the time.
        """
        root = read_html(html or self.html)
        up = "../" * self.path.count("/")
        linked = {up + path: sheet for path, sheet in self.sheets.items() if is_styled}
        return list(page_findings(self.issue, root, self.path, self.correction, linked=linked))


def pages_of(shelf: Shelf, target: Path) -> list[Page]:
    """Publish an archive and return the pages of its issues.

    Args:
        shelf: The archive.
        target: The folder of the site.
    """
    seen: list[Page] = []
    sheets: dict[str, str] = {}
    examine = SiteLaw.examine

    def noted(
        self: SiteLaw,
        path: str,
        data: bytes,
        issue: Issue | None = None,
        correction: str = "",
        *,
        is_strict: bool = True,
    ) -> None:
        if issue is not None:
            seen.append(Page(path, data.decode(), issue, correction, sheets))
        if path.endswith(".css"):
            sheets[path] = data.decode()
        examine(self, path, data, issue, correction, is_strict=is_strict)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SiteLaw, "examine", noted)
        publish(shelf, target)
    return seen
