"""fontTools' subsetter and instancer are imported only when they are used.

The engine imports both at its start, which takes a quarter of the time. It calls them where HarfBuzz has no
subsetter, and for variable fonts; neither occurs here. While the engine is imported, placeholder modules take
their place; a call of one of their functions imports the real module.

Upstream: https://github.com/Kozea/WeasyPrint/issues/2073 (time to import; closed: to be solved outside).
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

GUARD: Final = Guard(
    "deferred_subsetter",
    VERSION,
    # The only module that uses the two; its text shows that it only calls the functions named below.
    (Source("weasyprint.pdf.fonts", "9ad9a202a416b84585e59d758e6b5e1b35604807dc3fa4472b6829bc5c4cdcb7"),),
)

DEFERRED: Final[Mapping[str, tuple[str, ...]]] = {
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""The modules, and the functions that the engine calls in each."""


@contextlib.contextmanager
def defer_subsetter() -> Iterator[None]:
    """Register placeholders for the modules that are not imported yet, and remove them afterwards."""
    placeholders = [name for name in DEFERRED if name not in sys.modules]
    for name in placeholders:
        module = ModuleType(name)
        for function in DEFERRED[name]:
            setattr(module, function, _imported_when_called(name, function))
        sys.modules[name] = module
    try:
        yield
    finally:
        for name in placeholders:
            del sys.modules[name]


def _imported_when_called(module: str, function: str) -> Callable[..., Any]:
    def call(*arguments: object, **options: object) -> Any:  # noqa: ANN401 - the library's own
        return getattr(importlib.import_module(module), function)(*arguments, **options)

    return call
