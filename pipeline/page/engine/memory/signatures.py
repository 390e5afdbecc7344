"""A patch with the signature of what it replaces, so that guards see the function they expect."""

from __future__ import annotations

import inspect
from typing import Any, TypeVar

Patched = TypeVar("Patched")


def with_signature_of(plain: Any, patched: Patched) -> Patched:  # noqa: ANN401 - a function of the engine
    """Return a patch that guards take for what it replaces.

    `functools.wraps` would do more: by `__wrapped__` other patches of the same function know that they are in
    force.

    Args:
        plain: The engine's function.
        patched: What replaces it.
    """
    patched.__signature__ = inspect.signature(plain)  # type: ignore[attr-defined]
    return patched
