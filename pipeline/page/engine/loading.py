"""Loads the engine: once, when it is first needed, with our patches, after their guards have been checked."""

from __future__ import annotations

import functools
import gc
import warnings
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine import centred_pictures, drawn_boxes, faces, filled_pages, page_boxes
from pipeline.page.engine.faces import isolate_faces, quiet_fontconfig
from pipeline.page.engine.garbage import collector_paused
from pipeline.page.engine.grid import baselines, broken_spans, column_ends, full_columns, page_ends
from pipeline.page.engine.memory import known_faces, lengths, lines, written_files
from pipeline.page.engine.patches import (
    deferred_subsetter,
    header_rows,
    last_spaces,
    lines_beside_floats,
    list_markers,
    named_cards,
    pdf_ua_claim,
    prepared_declarations,
    repagination,
    tag_sources,
    total_fit,
)
from pipeline.page.engine.shortcuts import deflated_profile, plain_properties, quick_numbers
from pipeline.page.engine.svg import svg_drawings, svg_language, svg_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from pipeline.page.engine.patches.guards import Guard

WHILE_LOADING: Final[Mapping[Callable[[], AbstractContextManager[None]], Guard]] = {
    prepared_declarations.prepare_declarations: prepared_declarations.GUARD,
    deferred_subsetter.defer_subsetter: deferred_subsetter.GUARD,
}
"""Patches in force while the engine is imported, each with its guard."""

ONCE_LOADED: Final[Mapping[Callable[[], None], Guard]] = {
    known_faces.hash_faces: known_faces.GUARD,
    lines.remember_lines: lines.GUARD,
    lengths.remember_lengths: lengths.GUARD,
    plain_properties.take_plain_properties: plain_properties.GUARD,
    quick_numbers.write_numbers_quickly: quick_numbers.GUARD,
    deflated_profile.write_profile_as_deflated: deflated_profile.GUARD,
    repagination.keep_continuations: repagination.GUARD,
    tag_sources.record_tag_sources: tag_sources.GUARD,
    svg_drawings.keep_svg_drawings: svg_drawings.GUARD,
    svg_paths.remember_paths: svg_paths.GUARD,
    svg_language.set_words_in_their_language: svg_language.GUARD,
    lines_beside_floats.set_lines_beside_floats: lines_beside_floats.GUARD,
    header_rows.keep_tall_header_rows: header_rows.GUARD,
    list_markers.set_marks_with_content: list_markers.GUARD,
    last_spaces.hang_last_spaces: last_spaces.GUARD,
    named_cards.name_continued_cards: named_cards.GUARD,
    total_fit.compose_paragraphs: total_fit.GUARD,
    page_ends.end_right_pages_with_whole_words: page_ends.GUARD,
    baselines.set_on_grid: baselines.GUARD,
    column_ends.end_columns_with_their_content: column_ends.GUARD,
    full_columns.keep_what_follows_columns: full_columns.GUARD,
    broken_spans.go_on_with_what_spans_columns: broken_spans.GUARD,
}
"""Patches that replace something in the imported engine, each with its guard."""

OF_A_DOCUMENT: Final[Mapping[Callable[..., object], Guard]] = {
    pdf_ua_claim.claim_pdf_ua: pdf_ua_claim.GUARD,
    page_boxes.fill_of: page_boxes.GUARD,
    centred_pictures.centre_pictures: centred_pictures.GUARD,
    filled_pages.fill_last_page: filled_pages.GUARD,
    drawn_boxes.drawn_pages: drawn_boxes.GUARD,
    faces.faces_of_one_page: faces.GUARD,
    written_files.files_of: written_files.GUARD,
}
"""Functions that change one document, or read its private attributes, each with its guard."""

GUARDS: Final = (*WHILE_LOADING.values(), *ONCE_LOADED.values(), *OF_A_DOCUMENT.values())


@functools.cache
def load_engine() -> Any:  # noqa: ANN401 - it has no types
    """Import the engine and patch it; the second call returns at once.

    Raises:
        EngineChangedError: The engine is not the one a patch was written for; nothing was laid out.
    """
    for guard in WHILE_LOADING.values():
        guard.check_sources()
    with ExitStack() as stack:
        for quiet in (collector_paused(), quiet_fontconfig(), warnings.catch_warnings()):
            stack.enter_context(quiet)
        for patch in WHILE_LOADING:
            stack.enter_context(patch())
        # The engine warns that it finds no faces, which is intended.
        warnings.filterwarnings("ignore", "No fonts configured")
        import weasyprint  # noqa: PLC0415 - slow to load; only when a page is laid out
    check_guards()
    for change in ONCE_LOADED:
        change()
    # Loaded modules stay until the process ends: the collector need not examine them again.
    gc.freeze()
    return weasyprint


def check_guards() -> None:
    """Compare the imported engine with the expectations of every patch.

    Raises:
        EngineChangedError: It differs; the message names the patch, what it expects and what was found.
    """
    for guard in GUARDS:
        guard.check()


def warm_up() -> None:
    """Prepare a worker process for many issues: hide the machine's faces, load the engine."""
    isolate_faces()
    load_engine()
