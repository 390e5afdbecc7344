"""The tests that only `make proofs` runs: each has a smaller form, or sisters, among those of `make test`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

PROOFS: Final = {
    "desk/pictures/test_private_pictures.py::test_what_was_filed_is_made_again_to_the_byte": (),
    "desk/production/test_address_codes.py::"
    "test_registrations_alone_have_codes_where_only_these_are_asked_for": (),
    "desk/production/test_check_keeps.py::"
    "test_a_picture_that_check_finds_is_built_however_its_name_is_written": (
        "folder too",
        "written with dots",
    ),
    "findings/test_catalogues.py::test_labels_are_set_as_a_page_is": ("uk", "ru", "sr"),
    "findings/test_catalogues.py::test_renewing_twice_changes_nothing": (),
    "page/makeup/test_odd_pages.py::test_no_word_of_the_caption_of_a_very_narrow_picture_is_broken": (),
    "page/makeup/test_odd_pages.py::"
    "test_a_title_with_a_long_address_leaves_the_greeting_and_the_contents_to_a_page": (),
    "page/makeup/test_tables.py::"
    "test_a_long_table_that_is_quoted_begins_on_the_page_of_the_text_above_it": (),
    "page/makeup/test_tables.py::test_a_table_that_just_fits_breaks_no_word": (),
    "page/makeup/test_whole_issues.py::test_an_issue_with_every_form_is_printed_whole_and_without_errors": (
        *("press",),
    ),
    "page/makeup/test_whole_issues.py::test_the_picture_of_a_spread_reaches_the_upper_edge": (),
    "standards/test_beside_verapdf.py::test_each_disorder_by_itself_has_the_same_verdict": (),
    "studio/attacks/test_port.py::test_words_that_are_not_saved_are_sealed_and_none_are_planted": (),
    "studio/attacks/test_port.py::test_a_tab_of_before_is_let_in_again_by_a_new_one": (),
    "studio/attacks/test_port.py::test_what_another_program_left_on_our_port_is_not_taken_for_ours": (),
    "studio/attacks/test_words.py::test_script_in_every_field_is_words_on_the_screen": (),
    "studio/test_filling_in.py::test_the_specimen_follows_the_form_and_keeps_the_last_good_one": (),
    "studio/test_filling_in.py::"
    "test_what_an_import_proposes_is_taken_on_and_a_finding_is_mended_and_answered_at_its_place": (),
    "studio/test_views.py::test_tab_goes_through_everything_in_the_order_in_which_it_is_read": (
        *("/issues/2023-12-20/pages", "/issues/2023-12-20/pictures", "/issues/2023-12-20/history"),
        *("/publication", "/house", "/identity", "/nowhere", "/issues/2023-12-20/account/0"),
        *("/issues/2023-12-20/history?file=degrebe.md", "/issues/2023-12-20/pages/spreads"),
        *("/issues/2023-12-20/pages/phone", "/issues/2023-12-20/pages/mail", "/issues/2023-12-20/texts/en"),
    ),
    "studio/test_meanwhile.py::test_a_row_is_changed_though_somebody_else_changed_their_number": (
        *("taken out", "added in front"),
    ),
    "studio/test_filling_in.py::test_a_month_is_chosen_by_keys_and_until_it_is_the_file_keeps_what_it_says": (
        *("list of months",),
    ),
    "desk/preview/test_preview.py::test_a_page_of_press_shows_where_it_is_cut_and_folded": (),
    "cli/test_style_command.py::"
    "test_an_issue_is_filed_with_its_style_and_the_one_it_builds_on_and_made_again": (),
    "cli/test_style_command.py::"
    "test_the_two_minutes_of_the_guide_lead_from_a_token_to_a_picture_of_a_page": (),
    "desk/pictures/test_withdrawing.py::"
    "test_filings_of_before_lose_what_their_pictures_tell_and_only_then_are_published": (),
    "desk/preview/test_issue_pages.py::"
    "test_after_edits_all_pages_and_places_are_those_of_a_layout_from_the_start": ("2",),
    "desk/preview/test_trials_across.py::"
    "test_what_is_tried_measures_as_from_the_start_and_the_present_pages_stay": (
        *("a weight among others", "a weight that makes pages fewer", "the lead"),
        *("another section", "the cover", "no cover", "a width"),
    ),
    "desk/preview/test_preview.py::test_pictures_kept_in_memory_have_a_bound": (),
    "importing/test_accepted_by_check.py::test_word_files": (
        *("article.docx", "far.docx", "scripts.docx", "tracked.docx"),
    ),
    "importing/formats/test_docx.py::TestTheLawForWord::test_counts_what_there_is": (
        *("article.docx", "far.docx", "scripts.docx", "tracked.docx"),
    ),
    "importing/formats/test_docx.py::TestTheLawForWord::"
    "test_the_draft_reads_without_other_faults_than_what_pictures_lack": (
        *("bulletin.docx", "fields.docx", "office.docx", "tables.docx"),
    ),
    "pdf/law/test_further_harms.py::test_what_is_done_to_whole_words_is_found": (
        *("insert: words before item", "insert: figures behind contents", "space: made byline"),
        *("strike: rule title", "link: exchanged entry", "link: shifted link"),
    ),
    "pdf/law/test_law.py::test_a_harmed_word_is_found": (
        *("lose: last letter caption", "hide: visibility title", "hide: tiny item"),
        *("hide: cut in height word", "shift: out of order note"),
    ),
    "pdf/law/test_look_alikes.py::test_a_sound_issue_of_words_that_look_alike_has_no_finding": (
        *("items that are a call alone-bulletin", "forty equal sentences with notes-knowledge-city"),
        *("titles that are the running head-bulletin", "titles equal to sections-knowledge-city"),
        *("words of the imprint-bulletin", "titles of one letter-knowledge-city"),
        *("a note and a cell alike-bulletin", "combining accents-knowledge-city"),
    ),
    "pdf/test_plates.py::test_the_heaviest_ink_of_the_shipped_pages_is_the_one_ghostscript_finds": (
        "2023-06-30",
    ),
    "standards/test_archive_edition.py::test_verapdf_refuses_attachments_without_a_relationship": (),
    "studio/editor/test_access.py::test_axe_finds_no_violation_and_nothing_runs_over_the_edge": (
        *("1280-dark", "360-light"),
    ),
    "studio/test_views.py::test_axe_finds_no_violation_in_light_and_dark_mode_or_on_a_telephone": (
        *("/issues/2023-12-20/pages", "/issues/2023-12-20/history", "/house", "/nowhere"),
        *("/issues/2023-12-20/pages/spreads", "/issues/2023-12-20/pages/phone"),
        *("/issues/2023-12-20/pages/mail", "/issues/2023-12-20/pages/press"),
        *("/publication", "/identity", "/issues/2023-12-20/texts/en", "/issues/2023-12-20/pictures"),
        *("/issues/2023-12-20/account/0", "/issues/2023-12-20/history?file=degrebe.md"),
    ),
    "studio/test_seeing.py::"
    "test_an_article_is_moved_by_keys_and_what_that_does_is_said_before_it_is_saved_and_taken_back": (),
    "studio/test_seeing.py::test_an_error_keeps_what_was_shown_last_and_says_why": (),
    "archive/test_site_feed.py::test_ids_stay_when_more_is_filed": (),
    "studio/expected/test_expected.py::test_02_nothing_is_lost_on_a_crash_or_a_closed_tab": (),
    "studio/expected/test_expected.py::"
    "test_01_a_paragraph_that_was_begun_is_still_there_after_it_saved_itself": (),
    "findings/test_catalogues.py::test_the_command_says_what_is_wrong": (),
    "desk/preview/test_issue_pages.py::test_another_style_is_followed": (),
    "studio/test_views.py::"
    "test_the_first_day_and_what_those_see_who_are_not_let_in_are_views_like_others": (),
    "studio/test_views.py::test_files_that_are_dropped_become_a_draft_whose_account_is_settled": (),
    "studio/expected/test_expected.py::test_06_dropped_pictures_ask_for_alternative_text_and_credit": (),
    "studio/expected/test_expected.py::test_07_no_markdown_sign_ever_appears": (),
    "studio/expected/test_expected.py::test_11_errors_in_words_at_the_place_and_a_stale_preview_marked": (),
    "studio/expected/test_expected.py::test_13_outside_changes_appear_and_the_caret_stays": (),
    "studio/expected/test_expected.py::test_14_conflicts_side_by_side_and_nothing_chosen_silently": (),
    "studio/test_seeing.py::test_the_weight_that_is_left_to_the_program_says_which_it_is_now": (),
    "studio/expected/test_walk.py::test_an_officer_gets_from_an_empty_folder_to_the_whole_draft": (),
    "studio/expected/test_word_on_the_page.py::test_in_the_editor": (),
    "studio/expected/test_word_on_the_page.py::test_in_the_file": (),
    "studio/expected/test_word_on_the_page.py::test_on_the_page": (),
    "studio/test_seeing.py::"
    "test_weight_width_and_cover_say_together_what_they_do_and_change_their_lines_alone": (),
    "studio/test_seeing.py::test_axe_finds_no_violation_while_something_is_chosen": (),
    "studio/test_seeing.py::test_a_page_is_seen_as_it_is_cut_and_ink_by_ink": (),
    "archive/site/test_site_law.py::test_a_word_cannot_be_lost_doubled_or_changed": ("doubled", "changed"),
    "archive/site/test_site_law.py::test_an_element_cannot_be_lost_or_doubled": (
        *("row-doubled", "cell-dropped", "paragraph-doubled", "item-dropped", "heading-doubled"),
        *("caption-dropped", "fact-doubled", "statement-dropped", "standfirst-doubled"),
    ),
    "archive/withdrawals/test_withdrawing.py::"
    "test_killed_at_any_moment_the_old_or_the_new_state_is_there_and_goes_on": ("1", "2", "4"),
    "desk/production/test_check_keeps.py::test_notes_that_go_on_behind_the_text_are_all_on_the_pages": (
        "50",
    ),
    "desk/production/test_check_keeps.py::test_a_table_of_any_width_stays_within_the_page": (
        *("in a quotation-4", "in a quotation-7", "in a list-4", "in a list-7"),
    ),
    "desk/production/test_check_keeps.py::test_lines_of_a_drawing_that_can_be_printed_are_not_refused": (
        *("none", "enlarged"),
    ),
    "desk/production/test_check_keeps.py::test_lines_of_a_drawing_too_thin_for_paper_are_found_by_check": (
        *("an attribute", "a style"),
    ),
    "desk/production/test_odd_issues.py::test_an_issue_without_errors_for_check_is_built": (
        *("2", "4", "6", "8", "11", "13", "15", "19", "21", "23"),
        *("440", "751", "1015", "3873", "11095", "59016", "141892", "524288", "1179355", "9066579"),
    ),
    "desk/production/test_press_plan.py::test_without_marks_the_sheet_ends_with_the_bleed": ("true-10.0",),
    "hostile/test_bounds.py::test_a_hostile_pdf_is_judged_within_its_bounds": (
        *("1", "3", "5", "7", "11", "13", "15", "17", "19"),
    ),
    "hostile/test_disk.py::test_a_killed_command_leaves_nothing_half_and_nothing_jammed": (
        *("build-2", "archive-1", "archive-2"),
    ),
    "page/engine/test_sound_layouts.py::test_a_sound_issue_is_built_without_a_fault_of_its_layout": (
        *("bg-2", "en-2", "en-12", "sr-12", "uk-2", "uk-12"),
    ),
    "page/test_correction.py::TestPrinted::test_the_standards_are_kept_with_it": ("-2a",),
    "page/test_mended_pages.py::TestCards::test_a_card_stands_on_the_page_of_its_head_or_repeats_the_name": (
        *("without text-9", "with a text-5"),
    ),
    "page/test_mended_pages.py::TestContents::"
    "test_all_sections_are_listed_with_their_pages_and_nothing_lies_over_the_imprint": ("10x1", "10x4"),
    "page/test_mended_pages.py::TestHeaderRows::test_every_word_of_a_tall_header_row_is_printed_once": (
        *("150-alone", "150-one row", "150-thirty rows"),
    ),
    "standards/test_archive_edition.py::test_the_archive_edition_conforms_to_both_standards_it_claims": (
        *("2023-12-20",),
    ),
    "standards/test_bulletins.py::test_the_same_content_in_another_folder_gives_the_same_bytes": (),
    "standards/test_one_ink.py::test_every_letter_of_small_type_is_on_one_plate_and_that_is_black": (
        *("neutral", "violet"),
    ),
    "standards/test_press_edition.py::test_ink_stays_below_the_limit_and_ghostscript_measures_what_we_do": (
        "9",
    ),
    "standards/test_site_in_browser.py::"
    "test_axe_finds_no_violation_in_light_and_dark_mode_or_on_a_telephone": (
        *("2023-06-30/index.html", "en/index.html"),
    ),
    "standards/test_verapdf.py::test_the_screen_edition_conforms_to_both_standards_it_claims": (
        *("2023-12-20",),
    ),
    "test_shipped_pdfs.py::test_the_same_content_is_the_same_bytes": ("2023-12-20",),
}
"""Modules and functions, each with the cases that are proofs; without any, all of them are."""


def is_proof(item: pytest.Item) -> bool:
    """Return whether only `make proofs` runs a test."""
    function, _, case = _name(item).partition("[")
    cases = PROOFS.get(function)
    return cases is not None and (not cases or case.removesuffix("]") in cases)


def unknown(items: Iterable[pytest.Item]) -> list[str]:
    """Return what the table names in the modules of these tests, and no test is called.

    Args:
        items: All tests of some modules.
    """
    known = {_name(item) for item in items}
    modules = {name.partition("::")[0] for name in known}
    functions = {name.partition("[")[0] for name in known}
    named = [
        name
        for function, cases in PROOFS.items()
        if function.partition("::")[0] in modules
        for name in ([f"{function}[{case}]" for case in cases] or [function])
    ]
    return [name for name in named if name not in known and name not in functions]


def _name(item: pytest.Item) -> str:
    return item.nodeid.removeprefix("tests/")
