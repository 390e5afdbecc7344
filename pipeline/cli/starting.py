"""What makes the command start and end at once: modules are loaded late, and objects are not freed."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.garbage import BETWEEN_COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LATE: Final = {
    "difflib": ("get_close_matches",),
    "importlib.metadata": ("entry_points",),
    "markdown_it.rules_core.linkify": ("linkify",),
    "markdown_it.rules_core.replacements": ("replace",),
    "markdown_it.rules_core.smartquotes": ("smartquotes",),
    "markdown_it.rules_inline.linkify": ("linkify",),
    "secrets": (),
    "shutil": ("get_terminal_size",),
    "subprocess": (),
    "tempfile": (),
    "textwrap": ("dedent",),
    "tokenize": (),
    "typer.completion": ("get_completion_inspect_parameters",),
}
"""Modules that libraries import as they load and use in rare cases, with the functions they import by name.

Pydantic would search for plugins with `importlib.metadata`, which loads readers of mail and of ZIP, and makes
tokens with `secrets`; typer starts other programs to open a file or to find the shell, looks for commands of
similar names, and completes them in a shell. The rules of Markdown that set typography or find addresses are
not in use. A check makes no temporary files, copies none, wraps no text by the standard library, and reads no
code; `shutil` would load three libraries of the system to unpack archives.
"""


def prepare_process() -> None:
    """Prepare the process of the command, before anything else is imported."""
    _open_standard_streams()
    # Imports and parsing make many objects that stay. Python would look through them for garbage every 700
    # allocations, which takes a fifth of the time of a check.
    gc.set_threshold(BETWEEN_COLLECTIONS)
    # Pydantic would search all installed packages for plugins; this program has none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for name, functions in _LATE.items():
        load_late(name, functions)


def _open_standard_streams() -> None:
    """Open what the process was started without: else the first file it writes would be its output."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest number that is free.
            os.open(os.devnull, os.O_RDWR)


def leave(status: Sequence[int]) -> None:
    """End the process, when all is done that was to be done at its end, without freeing each object before.

    That takes a tenth of the time of a check; the system frees a process at once.

    Args:
        status: The exit status; empty where the command did not come to its end.
    """
    if status:
        from pipeline.cli.terminal import flush_streams  # noqa: PLC0415 - loaded long before

        flush_streams()
        os._exit(status[0])


def load_late(name: str, functions: tuple[str, ...] = ()) -> None:
    """Let a module be loaded when it is used; where it is loaded already, nothing changes.

    Args:
        name: Its full name.
        functions: Those of its functions that may be imported by name without loading it.
    """
    if name in sys.modules:
        return
    late = _LateModule(name)
    for function in functions:
        setattr(late, function, _called_late(late, function))
    sys.modules[name] = late
    parent, _, last = name.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], last, late)


class _LateModule(ModuleType):
    """Stands for a module until a name of it is asked for."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module holds under this name
        # An import of names asks whether the module is a package, which is no use of it.
        if name == "__path__":
            raise AttributeError(name)
        return getattr(self.loaded(), name)

    def loaded(self) -> ModuleType:
        """Return the module itself, loaded as by any import."""
        if sys.modules.get(self.__name__) is self:
            sys.modules.pop(self.__name__, None)
        return importlib.import_module(self.__name__)


def _called_late(module: _LateModule, function: str) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - those of the function
        return getattr(module.loaded(), function)(*arguments, **named)

    return call
