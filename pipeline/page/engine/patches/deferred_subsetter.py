"""fontTools' subsetter and instancer imported only where they are used.

The engine imports both with itself, a quarter of its start. It calls them for a font without HarfBuzz's
subsetter and for a variable font; we have neither. While the engine is imported, stand-ins answer for the
two modules; a call of one of their functions imports the real one.

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
"""The modules, and what the engine calls in each."""


@contextlib.contextmanager
def defer_subsetter() -> Iterator[None]:
    """Have stand-ins answer for the modules that are not imported yet, and take them away afterwards."""
    standing = [name for name in DEFERRED if name not in sys.modules]
    for name in standing:
        module = ModuleType(name)
        for function in DEFERRED[name]:
            setattr(module, function, _imported_when_called(name, function))
        sys.modules[name] = module
    try:
        yield
    finally:
        for name in standing:
            del sys.modules[name]


def _imported_when_called(module: str, function: str) -> Callable[..., Any]:
    def call(*arguments: object, **options: object) -> Any:  # noqa: ANN401 - the library's own
        return getattr(importlib.import_module(module), function)(*arguments, **options)

    return call
