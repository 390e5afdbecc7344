"""News for open pages, as Server-Sent Events (HTML Living Standard, 9.2)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.concurrency import iterate_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from pipeline.studio.views.state import state_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response


def event(name: str, data: Any) -> str:  # noqa: ANN401 - what JSON holds
    """Return an event as it is sent."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def job_news(request: Request) -> Response:
    """Tell how work goes on, until it is done."""
    job = state_of(request).jobs.get(request.path_params["job"])
    if job is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return _stream(iterate_in_threadpool(_told(job.news())))


def all_news(request: Request) -> Response:
    """Tell what is saved, changed outside, and made, as long as the page is open."""
    return _stream(_worded(state_of(request).news.listen()))


async def _worded(news: AsyncIterator[tuple[str, Any] | None]) -> AsyncIterator[str]:
    yield event("listening", {})
    async for each in news:
        yield ": still here\n\n" if each is None else event(*each)


def _told(news: Iterable[dict[str, Any] | None]) -> Iterator[str]:
    for each in news:
        yield ": still at it\n\n" if each is None else event("job", each)


def _stream(events: AsyncIterator[str]) -> Response:
    return StreamingResponse(events, media_type="text/event-stream")
