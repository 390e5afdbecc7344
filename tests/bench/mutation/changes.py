"""The rules of change: what is altered in a module, one small thing at a time.

The sources are edited at the places that `ast` names, so everything else of a module stays as it was written,
lines and comments too. The rules are those of mutation testing (DeMillo, Lipton and Sayward 1978): errors as
programmers make them, each so small that only a test that looks closely sees it.
"""

from __future__ import annotations

import ast
import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPARISONS: Final[dict[type[ast.cmpop], tuple[str, tuple[str, ...]]]] = {
    ast.Lt: (r"<", ("<=", ">=")),
    ast.LtE: (r"<=", ("<", ">")),
    ast.Gt: (r">", (">=", "<=")),
    ast.GtE: (r">=", (">", "<")),
    ast.Eq: (r"==", ("!=",)),
    ast.NotEq: (r"!=", ("==",)),
    ast.In: (r"\bin\b", ("not in",)),
    ast.NotIn: (r"\bnot\s+in\b", ("in",)),
    ast.Is: (r"\bis\b", ("is not",)),
    ast.IsNot: (r"\bis\s+not\b", ("is",)),
}
_ARITHMETIC: Final[dict[type[ast.operator], tuple[str, str]]] = {
    ast.Add: (r"\+", "-"),
    ast.Sub: (r"-", "+"),
    ast.Mult: (r"\*", "/"),
    ast.Div: (r"/", "*"),
    ast.FloorDiv: (r"//", "*"),
    ast.Mod: (r"%", "*"),
    ast.BitAnd: (r"&", "|"),
    ast.BitOr: (r"\|", "&"),
}
_SIGNS: Final = {ast.And: (r"\band\b", "or"), ast.Or: (r"\bor\b", "and")}
_SMALL: Final = 10
"""Numbers up to this count and are moved by one; larger ones are measures, to be doubled and halved."""

_BOUND: Final = 10_000
"""Numbers from here on bound what is spent on a file: half of a bound, or twice, is as good a bound."""

_CODE: Final = re.compile(r"[EWQ]\d{2,3}")
_NOT_RUN: Final = {"annotation", "returns", "decorator_list", "type_params"}
"""Fields of the syntax tree that are never looked at: what they hold is no decision of the program."""

KINDS: Final = ("comparison", "condition", "guard", "number", "operator", "answer", "call", "string")


class Change(NamedTuple):
    """One change of a module.

    Args:
        kind: Its rule, one of KINDS.
        within: The function it is in, with its class; empty for one of the module itself.
        line: The first line changed, counted from 1.
        start: The first byte changed.
        end: The byte after the last one changed.
        put: What is put there.
        before: The lines changed, as they are, without the spaces around them.
        after: The same lines, changed.
    """

    kind: str
    within: str
    line: int
    start: int
    end: int
    put: str
    before: str
    after: str

    def applied_to(self, source: bytes) -> bytes:
        """Return the module with the change."""
        return source[: self.start] + self.put.encode() + source[self.end :]

    def key(self) -> str:
        """Return what names the change wherever its lines move within their function."""
        text = f"{self.within}\n{self.before}\n{self.after}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def changes_of(source: bytes) -> list[Change]:
    """Return every change the rules make of a module, in the order of its lines.

    Args:
        source: The module, in UTF-8.

    Raises:
        SyntaxError: It is no Python.
    """
    walk = _Walk(source)
    walk.visit(ast.parse(source))
    return sorted(walk.found, key=lambda change: (change.start, change.end, change.put))


class _Walk:
    """Goes through a syntax tree and collects changes.

    Args:
        source: The module.
    """

    def __init__(self, source: bytes) -> None:
        self.found: list[Change] = []
        self._source = source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._within: list[str] = []

    def visit(self, node: ast.AST) -> None:
        """Collect the changes of a node and of all below it."""
        if _type_checking(node) or isinstance(node, ast.JoinedStr):
            return  # places within an f-string are unreliable before Python 3.12
        named = isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        if named:
            self._within.append(node.name)  # type: ignore[attr-defined]
        for rule in (_comparisons, _conditions, _numbers, _operators, _answers, _calls, _strings):
            for kind, start, end, put in rule(node, self):
                self._found(kind, start, end, put)
        for field, value in ast.iter_fields(node):
            if field not in _NOT_RUN:
                self._below(node, field, value)
        if named:
            self._within.pop()

    def _below(self, node: ast.AST, field: str, value: object) -> None:
        for child in value if isinstance(value, list) else [value]:
            documents = (
                field == "body" and isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            )
            names = isinstance(node, ast.ImportFrom | ast.Import | ast.MatchClass) and field == "names"
            if isinstance(child, ast.AST) and not documents and not names:
                self.visit(child)

    def start(self, node: ast.expr | ast.stmt) -> int:
        """Return the first byte of a node."""
        return self._starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt) -> int:
        """Return the byte after a node."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, start: int, end: int) -> str:
        """Return what is written between two bytes."""
        return self._source[start:end].decode()

    def _found(self, kind: str, start: int, end: int, put: str) -> None:
        first = max(at for at in self._starts if at <= start)
        last = min(at for at in [*self._starts, len(self._source)] if at >= end)
        before = self.text(first, last)
        after = self.text(first, start) + put + self.text(end, last)
        line = self._starts.index(first) + 1
        self.found.append(
            Change(kind, ".".join(self._within), line, start, end, put, before.strip(), after.strip())
        )


_Found = tuple[str, int, int, str]


def _type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _between(walk: _Walk, left: ast.expr, right: ast.expr, sign: str) -> tuple[int, int] | None:
    """Return where a sign stands between two operands; none where a comment in between has it, too."""
    start = walk.end(left)
    text = walk.text(start, walk.start(right))
    matches = list(re.finditer(sign, text))
    if len(matches) != 1 or "#" in text:
        return None
    first, last = (len(text[:at].encode()) for at in matches[0].span())
    return start + first, start + last


def _comparisons(node: ast.AST, walk: _Walk) -> Iterator[_Found]:
    """Turn a comparison: its edge moved, or its answer reversed."""
    if not isinstance(node, ast.Compare):
        return
    for left, sign, right in zip((node.left, *node.comparators), node.ops, node.comparators, strict=False):
        written, turned = _COMPARISONS[type(sign)]
        if place := _between(walk, left, right, written):
            yield from (("comparison", *place, put) for put in turned)


def _conditions(node: ast.AST, walk: _Walk) -> Iterator[_Found]:
    """Negate a condition; and take it away where it only guards what follows."""
    tests: list[tuple[ast.expr, bool]] = []
    if isinstance(node, ast.If):
        tests = [(node.test, not node.orelse)]
    elif isinstance(node, ast.While | ast.IfExp):
        tests = [(node.test, False)]
    elif isinstance(node, ast.comprehension):
        tests = [(test, True) for test in node.ifs]
    elif isinstance(node, ast.match_case) and node.guard is not None:
        tests = [(node.guard, True)]
    for test, guards in tests:
        start, end = walk.start(test), walk.end(test)
        whole = walk.text(start, end)
        # A comparison of one sign is reversed by its own rule.
        if not isinstance(test, ast.Compare) and not _negated(test):
            yield "condition", start, end, f"not ({whole})"
        if guards and not isinstance(test, ast.Constant):
            yield "guard", start, end, "True"


def _negated(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _numbers(node: ast.AST, walk: _Walk) -> Iterator[_Found]:
    """Move a number."""
    if not isinstance(node, ast.Constant) or type(node.value) not in {int, float}:
        return
    value = node.value
    assert isinstance(value, int | float)
    if value >= _BOUND:
        return
    if isinstance(value, float):
        moved = [repr(value * 2), repr(value / 2)] if value else ["1.0"]
    elif value <= _SMALL:
        moved = [str(value + 1)] + ([str(value - 1)] if value else [])
    else:
        moved = [str(value * 2), str(value // 2)]
    yield from (("number", walk.start(node), walk.end(node), put) for put in moved)


def _operators(node: ast.AST, walk: _Walk) -> Iterator[_Found]:
    """Change an operator of logic or arithmetic."""
    if isinstance(node, ast.BoolOp):
        written, other = _SIGNS[type(node.op)]
        for left, right in zip(node.values, node.values[1:], strict=False):
            if place := _between(walk, left, right, written):
                yield "operator", *place, other
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        written, other = _ARITHMETIC[type(node.op)]
        if place := _between(walk, node.left, node.right, written):
            yield "operator", *place, other
    elif _negated(node):
        assert isinstance(node, ast.UnaryOp)
        inner = walk.text(walk.start(node.operand), walk.end(node.operand))
        yield "operator", walk.start(node), walk.end(node), f"({inner})"


def _answers(node: ast.AST, walk: _Walk) -> Iterator[_Found]:
    """Take an answer away: what is returned or yielded; a truth is reversed."""
    if isinstance(node, ast.Return) and node.value is not None:
        value = node.value
        if isinstance(value, ast.Constant) and isinstance(value.value, bool):
            yield "answer", walk.start(value), walk.end(value), str(not value.value)
        elif not (isinstance(value, ast.Constant) and value.value is None):
            yield "answer", walk.start(value), walk.end(value), "None"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        whole = walk.text(walk.start(node), walk.end(node))
        yield "answer", walk.start(node), walk.end(node), f"None if True else ({whole})"


def _calls(node: ast.AST, walk: _Walk) -> Iterator[_Found]:
    """Take a call away that is made for its effect."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call", walk.start(node), walk.end(node), "None"


def _strings(node: ast.AST, walk: _Walk) -> Iterator[_Found]:
    """Change a string that is a state or a code: one that is compared, or a finding's."""
    strings: list[ast.expr] = []
    if isinstance(node, ast.Compare):
        for each in (node.left, *node.comparators):
            strings += each.elts if isinstance(each, ast.Tuple | ast.Set | ast.List) else [each]
    elif isinstance(node, ast.MatchValue):
        strings = [node.value]
    elif isinstance(node, ast.Call):
        strings = [each for each in node.args if _is_code(each)]
    elif isinstance(node, ast.Dict):
        strings = [each for each in node.values if _is_code(each)]
    for each in strings:
        if isinstance(each, ast.Constant) and isinstance(each.value, str | bytes):
            extra = "~" if isinstance(each.value, str) else b"~"
            yield "string", walk.start(each), walk.end(each), repr(each.value + extra)  # type: ignore[operator]


def _is_code(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _CODE.fullmatch(node.value) is not None
    )
