"""Properties that no rule sets on an element, taken at once from its parent or from their initial values.

Of some forty thousand properties that the layout of a short bulletin asks for, nearly all are of this kind;
the engine looks for variables, logical names and calculations in each of them first. Properties with rules of
their own, and all that a rule sets, are computed by the engine.

Source: CSS Cascading and Inheritance Level 4, 4.4 Computed values. Upstream: no issue known for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.memory.signatures import with_signature_of
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

GUARD: Final = Guard(
    "plain_properties",
    VERSION,
    (
        # Its text shows what the value of a property depends on.
        Source("weasyprint.css.__init__", "77ad7287f90d7cfaf85eb00ebe7af47d2bedfb856d7dc68717152f2d8a7605fd"),
        Shape("weasyprint.css:ComputedStyle.__missing__", "(self, key)"),
        Shape("weasyprint.css:ComputedStyle.cascaded"),
        Shape("weasyprint.css:ComputedStyle.parent_style"),
        Shape("weasyprint.css.functions:check_math", "(token)"),
    ),
)

_WITH_OWN_RULES: Final = frozenset({"display", "float", "page", "position"})
_PROPAGATED: Final = "text_decoration_"


def take_plain_properties() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.css import ComputedStyle  # noqa: PLC0415 - slow to load
    from weasyprint.css.functions import check_math  # noqa: PLC0415
    from weasyprint.css.properties import (  # noqa: PLC0415
        INHERITED,
        INITIAL_NOT_COMPUTED,
        INITIAL_VALUES,
    )

    computed = ComputedStyle.__missing__
    if getattr(computed, "takes_plain", False):
        return
    names = {
        name: logical
        for name, logical in _logical_names(INITIAL_VALUES).items()
        if name not in _WITH_OWN_RULES | INITIAL_NOT_COMPUTED and not name.startswith(_PROPAGATED)
    }

    def missing(style: Any, key: str) -> Any:  # noqa: ANN401 - of the engine
        logical = names.get(key)
        cascaded = style.cascaded
        if logical is None or key in cascaded:
            return computed(style, key)
        for name in logical:
            if name in cascaded:
                return computed(style, key)
        if key not in INHERITED:
            value = style[key] = INITIAL_VALUES[key]
            return value
        parent = style.parent_style
        if parent is None:
            return computed(style, key)
        value = parent[key]
        # What is calculated from the size of type is calculated anew for that of this element.
        if check_math(value):
            return computed(style, key)
        style[key] = value
        return value

    missing.takes_plain = True  # type: ignore[attr-defined]
    ComputedStyle.__missing__ = with_signature_of(computed, missing)


def _logical_names(initial: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names of all properties, each with those that set it by the direction of text."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS  # noqa: PLC0415

    functions: Mapping[str, Callable[..., str]] = PHYSICAL_FUNCTIONS
    return {
        name: tuple({functions[name](block="ttb", inline=inline) for inline in ("ltr", "rtl")})
        if name in functions
        else ()
        for name in initial
    }
