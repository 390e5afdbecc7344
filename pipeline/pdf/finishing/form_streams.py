"""The content streams of a PDF besides those of its pages: forms and tiling patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator


def forms_in(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Yield the forms and tiling patterns of resources, and those within them, each once.

    Args:
        resources: Of a page, form or pattern.
        seen: Those that were yielded before; added to on the way.

    Yields:
        The stream, with resources of its own, which may be changed.
    """
    objects: list[Any] = [*resources.get("/XObject", {}).values(), *resources.get("/Pattern", {}).values()]
    for form in objects:
        is_form = form.get("/Subtype") == "/Form" or form.get("/PatternType") == 1
        if not is_form or form.objgen in seen:
            continue
        seen.add(form.objgen)
        if form.get("/Resources") is None:
            form["/Resources"] = pikepdf.Dictionary()
        yield form
        yield from forms_in(form["/Resources"], seen)
