"""The kind `gallery`."""

from __future__ import annotations

from typing import Literal

from pipeline.models.kinds.common_head import CommonHead


class GalleryHead(CommonHead):
    """Two to twelve pictures, which stand in the body."""

    kind: Literal["gallery"]
