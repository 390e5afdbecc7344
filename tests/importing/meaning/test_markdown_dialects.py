"""What Jekyll, Hugo, kramdown, Pandoc and Obsidian add to Markdown is set as meant, or listed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.importing.formats.markdown_dialects import plain_markdown
from tests.importing.helpers import article, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

MEANT: Final = {
    "link to a note": ("Дойде [[Иван Петров|Иван]] от [[Русе#Център]].", "Дойде Иван от Русе – Център."),
    "marked words": ("Дойдоха ==24 гости==.", "Дойдоха 24 гости."),
    "tasks": ("- [ ] зала\n- [x] покани", "- ☐ зала\n- ☑ покани"),
    "call-out": ("> [!note] Важно\n> Носете шапки.", "> **Важно**\n>\n> Носете шапки."),
    "call-out without a title": ("> [!TIP]\n> Носете шапки.", "> Носете шапки."),
    "terms": ("Термин\n: Определение.", "**Термин**\n\nОпределение."),
    "lowered figures": ("H~2~O и x^2^.", "H₂O и x²."),
    "listing": ("{% highlight python %}\nprint(1)\n{% endhighlight %}", "```\nprint(1)\n```"),
    "heading with a name": ("Дума.\n\n## Глава {#glava}", "Дума.\n\n## Глава"),
    "equal signs": ("a == b и c == d, x=1.", "a == b и c == d, x=1."),
}


LISTED: Final = {
    "remark": ("Дума %%за мен%% друга.", "за мен", "Дума друга."),
    "remark of many lines": ("Дума.\n\n%%\nза мен\nсамо\n%%\n", "за мен само", "Дума."),
    "remark of Liquid": ("Дума.{% comment %} за мен {% endcomment %}", "за мен", "Дума."),
    "tag": ("{% include toc.html %}\nДума.", "{% include toc.html %}", "Дума."),
    "output": ("Дума {{ page.title }}.", "{{ page.title }}", "Дума ."),
    "link that a tag makes": ("Виж [тук]({% post_url 2024-05-01-a %}).", "post_url", "Виж тук."),
    "shortcode": ("Дума.\n\n{{< youtube abc >}}", "youtube abc", "Дума."),
    "attributes in a line": ("**Дума**{: .lead} друга.", "{: .lead}", "**Дума** друга."),
    "another note": ("Дума.\n\n![[Бележка#Раздел]]", "Бележка#Раздел", "Дума."),
    "name of a paragraph": ("Дума. ^abc12", "abc12", "Дума."),
    "container": ("::: warning\nДума.\n:::", "::: warning", "Дума."),
}


def text_of(tmp_path: Path, markdown: str) -> tuple[str, str]:
    imported = import_file(tmp_path, written(tmp_path, "a.md", f"# Проба\n\n{markdown}\n"))
    return article(imported).partition("\n---\n")[2].strip(), findings_text(imported)


@pytest.mark.parametrize("name", MEANT)
def test_what_is_for_readers_is_set_as_meant(tmp_path: Path, name: str) -> None:
    markdown, meant = MEANT[name]
    assert text_of(tmp_path, markdown)[0] == meant


@pytest.mark.parametrize("name", LISTED)
def test_what_is_for_nobody_is_listed(tmp_path: Path, name: str) -> None:
    markdown, listed, left = LISTED[name]
    text, findings = text_of(tmp_path, markdown)
    assert text == left
    assert listed in findings


@pytest.mark.parametrize("code", ["`{% a %} [[b]] ==c== %%d%%`", "```\n{{ a }} %%b%%\n- [ ] c\n```"])
def test_code_is_left_as_it_is(tmp_path: Path, code: str) -> None:
    assert text_of(tmp_path, f"Пример: {code}" if code[1] != "`" else code)[0].endswith(code)


@pytest.mark.parametrize(
    "shown",
    [
        "![Зала]({{ site.baseurl }}/assets/zala.jpg){: width='300' }",
        "![Зала]({{ '/assets/zala.jpg' | relative_url }})",
        '{{< figure src="/img/zala.jpg" alt="Зала" caption="В залата" >}}',
        "![[zala.jpg|300]]",
    ],
)
def test_pictures_of_a_site_are_found_by_their_names(tmp_path: Path, shown: str) -> None:
    data = io.BytesIO()
    Image.new("RGB", (900, 600), "green").save(data, "JPEG")
    written(tmp_path, "zala.jpg", data.getvalue())
    written(tmp_path, "a.md", f"# Проба\n\nДума.\n\n{shown}\n")
    assert "](images/zala.jpg" in article(import_file(tmp_path, tmp_path / "in"))


@given(st.text(st.sampled_from("дума [](){}%=^~`!#>-x: \n|<"), max_size=60))
def test_any_text_is_read_and_no_word_vanishes(text: str) -> None:
    plain = plain_markdown(text)
    kept = plain.text + " ".join(words for _, words in plain.listed)
    assert sum(map(text.count, "дума")) <= sum(map(kept.count, "дума"))


def test_what_one_text_lost_is_not_found_in_the_words_of_another(tmp_path: Path) -> None:
    lost = written(tmp_path, "a.md", "---\ntitle: Първа\ndate: 2024-06-02\n---\nДума.\n")
    other = written(tmp_path, "b.md", "# Втора\n\nТелефонът е 02 940, от 6 юни.\n")
    imported = import_file(tmp_path, lost, other)
    told = [dict(each.values) for each in imported.findings if each.code == "W500"]
    assert [(each["name"], each["found"]) for each in told] == [("a.md", "2024-06-02")]
