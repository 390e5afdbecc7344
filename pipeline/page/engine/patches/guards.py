"""Guards: the expectations of a patch, or of a use of private names, about the engine.

The engine's private names are not stable: another version may rename them or change their meaning, and pages
would be wrong without an error. So every module that uses them declares a guard with the version it was
written for and the shape of each name there, and `loading.load_engine` compares before the first page is laid
out.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGINE: Final = "weasyprint"
VERSION: Final = "70.0"
"""The version of the engine that all patches were written for, and that pyproject.toml asks for."""

NOTHING: Final = "nothing of that name"
_SET_BY_INIT: Final = "an attribute its __init__ sets"


class EngineChangedError(Exception):
    """The engine is not the one that a patch was written for: an error of the program, not of the issue.

    Args:
        patch: The module of `page.engine` that does not fit.
        name: The name it uses in the engine.
        expected: The shape it was written for.
        found: The present shape.
    """

    def __init__(self, patch: str, name: str, expected: str, found: str) -> None:
        """Compose the message."""
        self.patch = patch
        super().__init__(
            f"the patch “{patch}” does not fit the layout engine: {name} – expected {expected}, found {found}"
        )


class Expectation(Protocol):
    """Something in the engine that a patch relies on."""

    @property
    def name(self) -> str:
        """The name, as `module:qualified.name`."""

    @property
    def expected(self) -> str:
        """The shape it must have."""

    def found(self) -> str:
        """Return its present shape, in the same notation."""


class Shape(NamedTuple):
    """A function, class, attribute or C function of the engine.

    Args:
        name: `module:qualified.name`, as `weasyprint.layout.page:remake_page`.
        expected: The parameters of a callable as `inspect.signature` writes them; for a C function, how many
            it has; by default, an attribute that the class's `__init__` sets.
    """

    name: str
    expected: str = _SET_BY_INIT

    def found(self) -> str:
        """Return the present shape of the object of this name."""
        module, _, path = self.name.partition(":")
        try:
            holder: Any = importlib.import_module(module)
        except ImportError:
            return NOTHING
        *owners, last = path.split(".")
        for owner in owners:
            holder = getattr(holder, owner, None)
        value = getattr(holder, last, None)
        if value is not None:
            return _shape_of(value)
        return _SET_BY_INIT if inspect.isclass(holder) and last in _set_by_init(holder) else NOTHING


class Source(NamedTuple):
    """A module of the engine or its writer whose source must be unchanged; it is compared without loading.

    Args:
        name: The module.
        sha256: Of its file.
    """

    name: str
    sha256: str

    @property
    def expected(self) -> str:
        """The first digits of the hash."""
        return f"a file with SHA-256 {self.sha256[:12]}…"

    def found(self) -> str:
        """Return the first digits of the file's hash."""
        package, *within = self.name.split(".")
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            return NOTHING
        path = Path(spec.origin).parent.joinpath(*within).with_suffix(".py")
        if not path.is_file():
            return NOTHING
        return f"a file with SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}…"


class Guard(NamedTuple):
    """The expectations of one module of `page.engine`.

    Args:
        patch: The module, by its last name.
        version: The engine's version it was written for.
        expectations: All names it uses that are not public, and those it replaces.
    """

    patch: str
    version: str
    expectations: tuple[Expectation, ...]

    def check(self) -> None:
        """Compare the engine with the version and the names the patch was written for.

        Raises:
            EngineChangedError: The version or one of the names differs.
        """
        found = importlib.import_module(ENGINE).VERSION
        if found != self.version:
            raise EngineChangedError(self.patch, f"{ENGINE}.VERSION", self.version, found)
        self.check_names(self.expectations)

    def check_sources(self) -> None:
        """Compare only the sources, which needs no loaded engine.

        Raises:
            EngineChangedError: A module differs.
        """
        self.check_names(each for each in self.expectations if isinstance(each, Source))

    def check_names(self, expectations: Iterable[Expectation]) -> None:
        """Compare some of the names.

        Raises:
            EngineChangedError: One differs.
        """
        for each in expectations:
            found = each.found()
            if found != each.expected:
                raise EngineChangedError(self.patch, each.name, each.expected, found)


def _shape_of(value: object) -> str:
    if inspect.isclass(value) or inspect.isroutine(value):
        return str(inspect.signature(value))
    if type(value).__module__ == "_cffi_backend":
        ffi = importlib.import_module(f"{ENGINE}.text.ffi").ffi
        return f"a C function of {len(ffi.typeof(value).args)} arguments"
    return f"an object of type {type(value).__name__}"


def _set_by_init(owner: type) -> set[str]:
    """Return the names that the `__init__` of a class, or of one it inherits from, mentions."""
    codes = [
        code for base in owner.__mro__ if (code := getattr(vars(base).get("__init__"), "__code__", None))
    ]
    return {name for code in codes for name in (*code.co_names, *code.co_consts) if isinstance(name, str)}
