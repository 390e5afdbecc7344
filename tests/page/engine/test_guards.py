"""Only `page.engine` uses private names of the layout engine, each guarded; another version is refused."""

from __future__ import annotations

import ast
import functools
import importlib
import re
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.models.editions import SCREEN
from pipeline.page.engine import loading
from pipeline.page.engine.loading import GUARDS, check_guards, load_engine
from pipeline.page.engine.patches.guards import NOTHING, VERSION, EngineChangedError, Shape, Source
from pipeline.page.engine.press import print_pdf
from pipeline.page.engine.preview.resident_layout import GUARDS as OF_THE_PREVIEW
from pipeline.page.identity.style_file import PageRhythm
from tests.support.pango_declarations import PREPARED, prepared
from tests.support.paths import PACKAGE, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.page.engine.patches.guards import Guard

ENGINE: Final = PACKAGE / "page" / "engine"
SHAPES: Final = [
    (guard, shape)
    for guard in (*GUARDS, *OF_THE_PREVIEW)
    for shape in guard.expectations
    if isinstance(shape, Shape)
]


def patches() -> list[Path]:
    helpers = {"__init__", "guards", "pango_declarations", "plain_paths"}
    folders = [ENGINE / name for name in ("patches", "svg", "shortcuts")]
    modules = sorted(path for folder in folders for path in folder.glob("*.py"))
    return [path for path in modules if path.stem not in helpers]


def private_accesses(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every private name that a module takes from something else than `self`, with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                continue
            case ast.Attribute(attr=name) if re.fullmatch(r"_[a-z]\w*", name):
                yield node.lineno, name
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=str(name)), *_]):
                if name.startswith("_"):
                    yield node.lineno, name


@functools.cache
def private_names_of_the_engine() -> frozenset[str]:
    """Return the names its modules give to attributes and functions, but for those that ours use as well."""
    engine = find_spec("weasyprint")
    assert engine is not None
    assert engine.origin is not None
    ours = [path for path in PACKAGE.rglob("*.py") if ENGINE not in path.parents]
    own = names_in(ours, r"(?:\bself\.|def )(_[a-z]\w*)") | {"_replace", "_asdict", "_fields", "_make"}
    return names_in(Path(engine.origin).parent.rglob("*.py"), r"(?:\.|def )(_[a-z]\w*)") - own


def names_in(paths: Iterable[Path], pattern: str) -> frozenset[str]:
    return frozenset(name for path in paths for name in re.findall(pattern, path.read_text("utf-8")))


@pytest.fixture
def reloaded() -> Iterator[None]:
    """The engine is asked for as by the first page of a process."""
    load_engine()
    load_engine.cache_clear()
    yield
    load_engine.cache_clear()


def first_page() -> None:
    print_pdf(
        "<html lang='bg'><title>x</title><p>", SCREEN, {}, b"0" * 16, PageRhythm(lines=40, leading=14, top=50)
    )


class TestOneDoor:
    @pytest.mark.parametrize(
        "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
    )
    def test_nobody_else_imports_the_engine_or_takes_a_private_name_of_it(self, path: Path) -> None:
        if ENGINE in path.parents:
            return
        text = path.read_text("utf-8")
        names = {
            alias.name if isinstance(node, ast.Import) else str(node.module)
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert not {name.split(".")[0] for name in names} & {"weasyprint", "pydyf", "cffi", "_cffi_backend"}
        taken = [name for name in private_accesses(path) if name[1] in private_names_of_the_engine()]
        assert not taken

    def test_a_private_name_taken_elsewhere_would_be_seen(self, tmp_path: Path) -> None:
        module = tmp_path / "module.py"
        module.write_text("def f(page):\n    x = page._page_box\n    return getattr(page, '_page_box', x)\n")
        taken = list(private_accesses(module))
        assert taken == [(2, "_page_box"), (3, "_page_box")]
        assert {name for _, name in taken} <= private_names_of_the_engine()

    @pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: path.stem)
    def test_each_private_name_is_guarded_where_it_is_taken(self, path: Path) -> None:
        guards = [guard for guard in (*GUARDS, *OF_THE_PREVIEW) if guard.patch == path.stem]
        guarded = {
            each.name.rpartition(":")[2].split(".")[-1] for guard in guards for each in guard.expectations
        }
        taken = {name for _, name in private_accesses(path)} & private_names_of_the_engine()
        assert taken <= guarded


class TestEveryPatchIsGuarded:
    @pytest.mark.parametrize("path", patches(), ids=lambda path: path.stem)
    def test_a_patch_is_one_function_with_a_reason_and_a_guard(self, path: Path) -> None:
        tree = ast.parse(path.read_text("utf-8"))
        public = [
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]
        assert len(public) == 1
        assert "Upstream: " in (ast.get_docstring(tree) or "")
        module = importlib.import_module(f"pipeline.page.engine.{path.parent.name}.{path.stem}")
        tables: dict[Any, Guard] = {**loading.WHILE_LOADING, **loading.ONCE_LOADED, **loading.OF_A_DOCUMENT}
        guard = tables[getattr(module, public[0])]
        assert guard is module.GUARD
        assert guard.patch == path.stem
        assert guard.version == VERSION
        assert guard.expectations

    def test_the_version_guarded_is_the_one_installed_by_the_project(self) -> None:
        assert f'"weasyprint=={VERSION}"' in (REPOSITORY / "pyproject.toml").read_text("utf-8")

    def test_all_guards_hold(self) -> None:
        load_engine()
        check_guards()

    def test_the_prepared_declarations_are_those_of_the_engine(self) -> None:
        assert PREPARED.read_text("utf-8") == prepared()


class TestAnotherEngineIsRefused:
    @pytest.mark.usefixtures("reloaded")
    def test_another_version_fails_at_the_first_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("weasyprint.VERSION", "71.0")
        with pytest.raises(EngineChangedError, match=r"weasyprint.VERSION – expected 70\.0, found 71\.0"):
            first_page()

    @pytest.mark.parametrize("guard", [*GUARDS, *OF_THE_PREVIEW], ids=lambda guard: guard.patch)
    def test_another_version_fails_for_each_patch_by_its_name(
        self, guard: Guard, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load_engine()
        monkeypatch.setattr("weasyprint.VERSION", "71.0")
        with pytest.raises(EngineChangedError, match=f"“{guard.patch}”"):
            guard.check()

    @pytest.mark.usefixtures("reloaded")
    @pytest.mark.parametrize(
        ("guard", "shape"), SHAPES, ids=[f"{guard.patch}-{shape.name}" for guard, shape in SHAPES]
    )
    def test_a_name_that_is_gone_fails_at_the_first_page(
        self, guard: Guard, shape: Shape, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(loading, "GUARDS", [guard])
        self._take_away(shape, monkeypatch)
        with pytest.raises(EngineChangedError, match=re.escape(shape.name)) as raised:
            first_page()
        assert f"“{guard.patch}”" in str(raised.value)
        assert f"expected {shape.expected}, found {NOTHING}" in str(raised.value)

    @pytest.mark.usefixtures("reloaded")
    @pytest.mark.parametrize(
        ("guard", "shape"),
        [pair for pair in SHAPES if pair[1].expected.startswith("(")],
        ids=[f"{guard.patch}-{shape.name}" for guard, shape in SHAPES if shape.expected.startswith("(")],
    )
    def test_other_parameters_fail_at_the_first_page(
        self, guard: Guard, shape: Shape, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def other(one_more: object) -> None: ...

        monkeypatch.setattr(loading, "GUARDS", [guard])
        holder, last = self._holder(shape)
        monkeypatch.setattr(holder, last, other)
        with pytest.raises(EngineChangedError, match=re.escape("found (one_more: 'object') -> 'None'")):
            first_page()

    @pytest.mark.usefixtures("reloaded")
    @pytest.mark.parametrize("guard", loading.WHILE_LOADING.values(), ids=lambda guard: guard.patch)
    def test_another_source_fails_before_it_is_loaded(
        self, guard: Guard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (source,) = guard.expectations
        assert isinstance(source, Source)
        engine = tmp_path / "weasyprint"
        path = engine.joinpath(*source.name.split(".")[1:]).with_suffix(".py")
        path.parent.mkdir(parents=True)
        path.write_text("# another")
        (engine / "__init__.py").write_text("")
        spec = importlib.util.spec_from_file_location("weasyprint", engine / "__init__.py")
        monkeypatch.setattr("importlib.util.find_spec", lambda _: spec)
        monkeypatch.setattr(loading, "WHILE_LOADING", {lambda: None: guard})
        with pytest.raises(EngineChangedError, match=f"“{guard.patch}”.*{re.escape(source.name)}"):
            first_page()

    def _take_away(self, shape: Shape, monkeypatch: pytest.MonkeyPatch) -> None:
        holder, last = self._holder(shape)
        if isinstance(holder, ModuleType):
            monkeypatch.delattr(holder, last)
            return
        if not isinstance(holder, type):
            # A function cannot be taken out of a C library.
            monkeypatch.setattr(shape.name.rpartition(".")[0].replace(":", "."), SimpleNamespace())
            return
        for base in holder.__mro__:
            if last in vars(base):
                monkeypatch.delattr(base, last)
            code = getattr(vars(base).get("__init__"), "__code__", None)
            if code is not None:
                names = {
                    field: tuple("gone" if name == last else name for name in getattr(code, field))
                    for field in ("co_names", "co_consts")
                }
                monkeypatch.setattr(vars(base)["__init__"], "__code__", code.replace(**names))

    @staticmethod
    def _holder(shape: Shape) -> tuple[Any, str]:
        module, _, path = shape.name.partition(":")
        *owners, last = path.split(".")
        return functools.reduce(getattr, owners, importlib.import_module(module)), last
