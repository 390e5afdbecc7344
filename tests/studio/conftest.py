"""A studio that works on a copy of the shipped issues, and a browser that is let in: one for each module."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY
from tests.standards.browsing import chromium
from tests.studio.running import Studio, studio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copytree(REPOSITORY / "issues", folder / "issues", ignore=shutil.ignore_patterns("filed"))
    return folder


@pytest.fixture(scope="module")
def running(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(root, tmp_path_factory.mktemp("state")) as each:
        each.enter()
        yield each


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as each:
        yield each


@pytest.fixture(scope="module")
def entered(
    root: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Studio, BrowserContext]]:
    with studio(root, tmp_path_factory.mktemp("state"), language="en") as running:
        context, _ = running.opened(browser, bypass_csp=True)
        yield running, context
        context.close()


@pytest.fixture
def page(entered: tuple[Studio, BrowserContext]) -> Iterator[Page]:
    """A tab of the browser in which no script may fail."""
    _, context = entered
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    yield tab
    tab.close()
    assert faults == []
