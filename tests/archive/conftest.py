"""The site of an archive, published once for all tests that only read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.desk.archive.site_publishing import publish
from tests.support.sites import ADDRESS, archive_of_issues

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.archive.shelf import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The archive of the shipped issues and of one that was corrected."""
    return archive_of_issues(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="session")
def site(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site, published without an address."""
    target = tmp_path_factory.mktemp("site") / "published"
    publish(shelf, target)
    return target


@pytest.fixture(scope="session")
def addressed(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site, published for `ADDRESS`."""
    target = tmp_path_factory.mktemp("addressed") / "published"
    publish(shelf, target, ADDRESS.removesuffix("/"))
    return target
