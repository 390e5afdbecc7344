"""Generates the prepared C declarations: `python -m tests.support.pango_declarations`.

To be run when another version of the engine declares other functions.
"""

from __future__ import annotations

import ast
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import cffi

from tests.support.paths import REPOSITORY

PREPARED: Final = REPOSITORY / "pipeline/page/engine/patches/pango_declarations.py"


def declarations() -> str:
    """Return the C text that the engine hands to cffi."""
    engine = find_spec("weasyprint")
    assert engine is not None
    assert engine.origin is not None
    tree = ast.parse((Path(engine.origin).parent / "text/ffi.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    (text,) = [
        str(ast.literal_eval(call.args[0]))
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "cdef"
    ]
    return text


def prepared() -> str:
    """Return the module that cffi generates from it."""
    ffi = cffi.FFI()
    ffi.cdef(declarations())
    ffi.set_source(PREPARED.stem, None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PREPARED.name
        ffi.emit_python_code(str(path))
        return path.read_text("utf-8")


if __name__ == "__main__":
    PREPARED.write_text(prepared(), "utf-8")
