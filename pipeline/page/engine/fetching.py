"""The engine's fetcher: it serves the files of the issue, and nothing else from machine or network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.page.style import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Mapping


class Asset(NamedTuple):
    """A file the page may fetch.

    Args:
        data: Its bytes.
        media_type: Its IANA media type.
    """

    data: bytes
    media_type: str


def fetcher_of(assets: Mapping[str, Asset]) -> Any:  # noqa: ANN401 - the engine's class is loaded late
    """Return a fetcher of the engine that serves these files.

    Args:
        assets: By their path below `style.ORIGIN`.

    Returns:
        The fetcher; its list `denied` holds the addresses of all refused requests.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - slow to load

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Serves the assets and records refused requests: the engine goes on without the file."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"https", "data"}, allow_redirects=False, fail_on_errors=False)
            self.denied: list[str] = []

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            name = url.removeprefix(ORIGIN) if url.startswith(ORIGIN) else None
            asset = assets.get(name) if name is not None else None
            if asset is None:
                self.denied.append(url)
                # Not fatal here, so that every refused request is recorded; the PDF is discarded afterwards.
                raise ValueError(url)
            return URLFetcherResponse(url, asset.data, {"Content-Type": asset.media_type})

    return OwnFilesOnly()
