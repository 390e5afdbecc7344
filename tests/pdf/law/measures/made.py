"""Texts and blocks without a page: for rules that ask where a text stands, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.findings.place import Place
from pipeline.pdf.law.drawn.drawn_text import Box, Fragment
from pipeline.pdf.law.expected.blocks import Block, Piece
from pipeline.pdf.law.expected.signs import signs_of, without_hyphens
from pipeline.pdf.law.matching.match import Match

if TYPE_CHECKING:
    from collections.abc import Sequence


def shown(words: str, left: float = 100, baseline: float = 100, **options: Any) -> Fragment:
    """Return a text of 10 points, 5 for each of its signs wide, 8 high, on a page and place of its own.

    Args:
        words: What it says.
        left: Its left edge.
        baseline: Its lower edge, too.
        options: Its `size`, `page`, `at` and `wide`, where they are others.
    """
    size, page, at = options.get("size", 10), options.get("page", 1), options.get("at", 0)
    wide = options.get("wide", 5 * len(words))
    signs = signs_of(words)
    box = Box(left, baseline, left + wide, baseline + 0.8 * size)
    return Fragment(
        page, at, words, signs, without_hyphens(signs), box, left, baseline, size, (0, 0, 0, 255), None
    )


def written(*words: str, **options: Any) -> Block:
    """Return a block of the main text in pieces, with its signs chosen."""
    pieces = tuple(Piece(each, Place("a.md", line)) for line, each in enumerate(words, 1))
    block = Block(pieces, options.pop("sequence", "main"), **options)
    block.choose("")
    return block


def whole(block: Block, *fragments: Fragment) -> Match:
    """Return what was found of a block: all of it, in some texts."""
    return Match(block, list(fragments), len(block.bare))


def numbered(fragments: Sequence[Fragment]) -> Sequence[Fragment]:
    """Return texts numbered as they are painted, one after another."""
    for at, fragment in enumerate(fragments):
        fragment.at = at
    return fragments
