"""Templates of a style, which may come from anywhere: sandboxed, and bounded in what they may make.

Jinja's sandbox keeps a template from the machine, but not from its memory: few letters can ask for gigabytes.
Those of the program are kept compiled beside them, as Python keeps its modules.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import pickle
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.files.program.own_files import PACKAGE, program_hash
from pipeline.files.program.versions import versions
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent
"""The package's templates; a style's own of the same name take precedence."""

COMPILED: Final = TEMPLATES / "__pycache__"
"""The folder of the program's compiled templates; whoever may not write there compiles them each time."""

LONGEST: Final = 50_000_000
"""Characters that a template, or one text in it, may make; an issue of a hundred pages makes two million."""

_WIDEST: Final = 10_000
"""The largest number by which a text may be widened or repeated in one step."""

_WIDENING: Final = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs", "replace"})
_FORMATTING: Final = frozenset({"format", "format_map"})
_WIDENING_FILTERS: Final = ("center", "indent", "wordwrap", "replace")
_HARMLESS: Final = 10_000
"""Characters of a text that may be repeated that often."""

_RUNS: Final = re.compile(r"\d{5,}")
"""Numbers by which a text could be widened beyond `_WIDEST`."""

_WIDTHS: Final = re.compile(r"(?:\{[^{}]*|%[^%a-zA-Z]*)\d{5}")
"""A format with a width beyond it."""

_WIDTH_GIVEN: Final = re.compile(r"\{[^{}]*\{|%[^%a-zA-Z]*\*")
"""A format whose width is one of the values."""

_TOO_MUCH: Final = N_("it would make more text than anybody needs")


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """An environment of templates that can neither reach the machine nor exhaust it."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def __init__(self, **options: Any) -> None:
        """Bound the filters that widen a text."""
        super().__init__(**options)
        for name in _WIDENING_FILTERS:
            self.filters[name] = _bounded(self.filters[name], _check)
        self.filters["format"] = _bounded(self.filters["format"], _check_format)

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Join what a template has made.

        Raises:
            SecurityError: It is more than anybody needs.
        """
        made, length = [], 0
        for part in parts:
            length += len(part)
            if length > LONGEST:
                raise SecurityError(_TOO_MUCH)
            made.append(part)
        return "".join(made)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse to repeat a text without end, to raise a number so, or to write one so wide."""
        if operator == "*" and not (_is_number(left) and _is_number(right)):
            _check((left, right))
        if operator == "%" and isinstance(left, str):
            _check_format((left, *(right if isinstance(right, tuple) else (right,))))
        if operator == "**" and max(abs(left), abs(right)) > _WIDEST:
            raise SecurityError(_TOO_MUCH)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """Refuse to call a method that would widen a text without end."""
        # The sandbox wraps `format` of a text in a function of its own.
        method = getattr(called, "__wrapped__", called)
        text = getattr(method, "__self__", None)
        if isinstance(text, str):
            name = getattr(method, "__name__", "")
            if name in _WIDENING:
                _check((text, *arguments, *named.values()))
            elif name in _FORMATTING:
                _check_format((text, *arguments, *named.values()))
        return super().call(context, called, *arguments, **named)


def _bounded(widen: Any, check: Callable[[Iterable[Any]], None]) -> Any:
    """Return a filter that checks what it is given."""

    def checked(*arguments: Any, **named: Any) -> Any:
        check((*arguments, *named.values()))
        return widen(*arguments, **named)

    for name in ("jinja_pass_arg", "__name__", "__doc__"):
        if hasattr(widen, name):
            setattr(checked, name, getattr(widen, name))
    return checked


def _check(values: Iterable[Any]) -> None:
    """Check that none of the values makes a text too wide: no large number, and no long text with one.

    Raises:
        SecurityError: One would.
    """
    known = list(values)
    numbers = [abs(value) for value in known if isinstance(value, (int, float))]
    texts = [value for value in known if isinstance(value, str)]
    lists = [value for value in known if isinstance(value, (list, tuple))]
    is_long = any(len(each) > _HARMLESS for each in (*texts, *lists))
    if any(number > _WIDEST for number in numbers) or (numbers and is_long):
        raise SecurityError(_TOO_MUCH)


def _check_format(values: Iterable[Any]) -> None:
    """Check that a format does not write its values too wide.

    Args:
        values: The format, then the values.

    Raises:
        SecurityError: It would, by a width in the format or, where the format leaves it open, in a value.
    """
    text, *given = values
    if len(text) > LONGEST:
        raise SecurityError(_TOO_MUCH)
    widths = _WIDTHS.findall(text)
    if _WIDTH_GIVEN.search(text):
        widths += [run for value in _within(given) for run in _RUNS.findall(str(value))]
    if widths:
        raise SecurityError(_TOO_MUCH)


def _within(values: Iterable[Any]) -> Iterator[Any]:
    """Yield values, and those of mappings."""
    for value in values:
        if isinstance(value, Mapping):
            yield from value.values()
        else:
            yield value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))


class ProgramBytecode(FileSystemBytecodeCache):
    """A cache of the program's compiled templates, for the same Python, Jinja and environment.

    A style's own templates are not in it: what comes from anywhere does not write into the program.
    """

    def __init__(self) -> None:
        """Name the files by all that compiling depends on besides the template."""
        environment = program_hash("page/templates/environment.py")
        state = hashlib.sha256(f"{versions()['jinja2']} {environment}".encode()).hexdigest()[:16]
        super().__init__(str(COMPILED), f"%s.{state}.{sys.implementation.cache_tag}.j2c")

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the bytecode of a template, if it is kept for this source."""
        if filename is None or PACKAGE not in Path(filename).parents:
            return Bucket(environment, "", self.get_source_checksum(source))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what is kept, unless it cannot be read."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, unless Python may keep nothing either."""
        if bucket.key and not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                COMPILED.mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


def compile_templates() -> None:
    """Keep the templates of the page compiled, also where Python writes no bytecode by itself."""
    sys.dont_write_bytecode = False
    environment = environment_of(())
    for name in environment.list_templates():
        if name.endswith(".j2"):
            environment.get_template(name)


@functools.cache
def environment_of(
    own: tuple[tuple[str, str], ...], folder: tuple[str, Path] | None = None
) -> BoundedEnvironment:
    """Return the environment of a style's templates, in which those of the program are found as well.

    Args:
        own: The style's templates, by name.
        folder: The folder of the templates of another output, behind the prefix of their names.
    """
    loaders: list[BaseLoader] = [DictLoader(dict(own)), FileSystemLoader(TEMPLATES)]
    if folder is not None:
        prefix, path = folder
        loaders.insert(0, PrefixLoader({prefix: FileSystemLoader(path)}))
    environment = BoundedEnvironment(
        loader=ChoiceLoader(loaders),
        bytecode_cache=ProgramBytecode(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=False,
    )
    environment.globals.clear()
    return environment
