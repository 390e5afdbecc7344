"""The views of the studio, from its routes: what a list of them leaves out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from pipeline.studio.serving.app import studio_app
from pipeline.studio.views.state import StudioState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def left_out(addresses: Iterable[str], folder: Path) -> list[str]:
    """Return the routes of views that none of these addresses opens.

    Args:
        addresses: Paths, with a query or without.
        folder: One that is empty.
    """
    app: Any = studio_app(StudioState(folder, dt.date(2026, 3, 1), folder / "faults.log"))
    paths = [address.partition("?")[0] for address in addresses]
    routes = [each for each in app.routes if isinstance(each, Route) and "GET" in (each.methods or ())]
    views = [each for each in routes if not each.path.startswith(("/api/", "/static/"))]
    assert views
    return [each.path for each in views if not any(each.path_regex.fullmatch(path) for path in paths)]
