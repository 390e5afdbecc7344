"""Pages by rule: pieces of HTML as people paste them, put together by a seed."""

from __future__ import annotations

import random
from typing import Final

_TEXT: Final = """
изложба музей зала членове клуб среща град книга вечер The harbour museum * _ [x] (y) <b> # 1. - + ! „думи“
«речи» 5% №7 a_b_c 10:30 http://example.org/a_b @ & &amp; | \\ ` ~ ^ = € § ⅛ ℃ – — ― ‑ … 👍 Ⅳ
"""
_PIECES: Final = """
<h1>{0}</h1>
<h2>{0}</h2>
<h3></h3>
<h4>{0}<br>{1}</h4>
<h2><b>{0}</b> <a href='https://example.org'>{1}</a></h2>
<h2>!</h2>
<h1>***</h1>
<p>{0}</p>
<p>{0}!<a href='https://example.org/{n}'>{1}</a></p>
<p>{0} <a href='javascript:x'>{1}</a></p>
<p>{0}<a href='mailto:a@example.org'>a@example.org</a> {1}</p>
<p><b>{0}</b>{1}<i>{0}</i></p>
<p>{0}<sup>2</sup> 10<sup>-3</sup> H<sub>2</sub>O x<sub>n+1</sub> {1}<sup>n</sup></p>
<p><b>!</b><a href='https://example.org'>{0}</a></p>
<ul><li>{0}<ul><li>{1}<ol><li>{0}<ul><li>{1}</ul></ol></ul><li></ul>
<ol start=7><li>{0}<li><p>{1}</p><p>{0}</p></ol>
<ul><li><table><tr><td>{0}<td>{1}<tr><td>а<td>б</table></ul>
<blockquote><p>{0}</p><ul><li>{1}</ul></blockquote>
<table><tr><th>{0}<th>{1}<tr><td>1<td>2<td>3<tr><td colspan=2>{0}</table>
<table><tr><td>{0}<td>{1}</table>
<table><tr><td>{0} | {1}<td>`{1}`<tr><td><td></table>
<hr>
<pre>{0}&#10;  {1}&#10;```&#10;</pre>
<p><code>{0}`</code> {1}</p>
<p>{0}<br><br>{1}<br>- {0}<br># {1}<br>1. {0}</p>
<div>{0}<div>{1}</div>{0}</div>
<dl><dt>{0}<dd>{1}</dl>
<p>&nbsp;</p>
<p>{0}&#8203;{1}&#8206;&#173;</p>
<p>{0}<a id=r{n} href='#n{n}'>1</a></p><p id=n{n}>{1} <a href='#r{n}'>↑</a></p>
<p>[^1]: {0}</p>
<p>![{0}](x.jpg)</p>
<p>---</p>
<p>```</p>
<p>***</p>
<p>===</p>
<p>{0}://{1}</p>
<p>| {0} | {1} |</p>
<p>{{{0}}}{{: .x}}</p>
<p><!-- {0} -->{1}</p>
<p>&lt;!-- {0} --&gt; &lt;div&gt;{1}&lt;/div&gt;</p>
<p>&#8232;{0}&#8233;{1}&#133;</p>
<p><a href='https://example.org/а б(в)'>{0}</a><a href=''>{1}</a><a href='//example.org'>{0}</a></p>
<p><s>{0}</s> <u>{1}</u> <span style='display:none'>{0}</span></p>
""".strip().split("\n")


def page_by_rule(seed: int) -> str:
    """Return a page: up to twelve pieces, each with up to eight words.

    Args:
        seed: The same gives the same page.
    """
    chosen = random.Random(seed)

    def words() -> str:
        count = chosen.choice((1, 1, 2, 4, 8))
        text = " ".join(chosen.choice(_TEXT.split()) for _ in range(count))
        return text.replace("&", "&amp;").replace("<", "&lt;")

    pieces = [
        chosen.choice(_PIECES).format(words(), words(), n=number) for number in range(chosen.randint(1, 12))
    ]
    return f"<!DOCTYPE html><html lang=bg><meta charset=utf-8><body>{''.join(pieces)}</body></html>"
