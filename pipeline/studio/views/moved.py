"""Issues whose folder was renamed: what an open page of before saves goes to where the issue is now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from pipeline.studio.views.state import StudioState

_OF_ISSUE: Final = re.compile(r"(?P<before>(?:/api)?/issues/)(?P<issue>[^/]+)(?P<rest>.*)", re.DOTALL)


def following(app: ASGIApp, state: StudioState) -> ASGIApp:
    """Return an application that is asked about an issue by the name it has now.

    Args:
        app: The application.
        state: It knows what was renamed.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        named = _OF_ISSUE.fullmatch(scope.get("path", ""))
        if named and (now := state.now_of(named["issue"])) != named["issue"]:
            scope = {**scope, "path": named["before"] + now + named["rest"]}
            scope.pop("raw_path", None)
        await app(scope, receive, send)

    return answer
