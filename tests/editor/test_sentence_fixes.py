"""A sentence that its first word made an item of a list is mended in the file, where it surely is one."""

from __future__ import annotations

import pytest

from pipeline.editor.sentence_fixes import with_sentences

FRONT = "---\ntitle: А\n---\n"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("14. октомври беше.\n", "14\\. октомври беше.\n"),
        ("2024. година\n", "2024\\. година\n"),
        ("> 14. октомври\n", "> 14\\. октомври\n"),
        ("- 24. май\n- 25. май\n", "- 24\\. май\n- 25\\. май\n"),
        ("14) октомври беше.\n", "14\\) октомври беше.\n"),
        ("14. октомври\n\n15. октомври\n", "14\\. октомври\n\n15\\. октомври\n"),
        ("1. Едно.\n2. Две.\n\n3. март\n", "1. Едно.\n2. Две.\n\n3\\. март\n"),
        ("Те дойдоха на\n1. май.\n", "Те дойдоха на\n1\\. май.\n"),
    ],
)
def test_a_sentence_is_mended(written: str, mended: str) -> None:
    assert with_sentences("a.md", FRONT + written) == FRONT + mended
    assert with_sentences("a.md", FRONT + mended) == FRONT + mended


@pytest.mark.parametrize(
    "written",
    [
        "5. Застраховка.\n",
        "1. едно;\n2. две.\n",
        "1. Едно.\n3. Три.\n",
        "```\n14. октомври\n```\n",
        "14\\. октомври\n",
    ],
)
def test_a_list_is_left_as_it_is(written: str) -> None:
    assert with_sentences("a.md", FRONT + written) == FRONT + written
