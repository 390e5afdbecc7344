"""The officer's guide to findings: `python -m tests.support.findings_guide` writes docs/bg/findings.md.

Its contents are generated: each code with its message and its remedy, as the program words them.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.findings.codes.register import CODES, NEEDS_ENGINE
from pipeline.findings.wording.wording import say
from tests.support.paths import REPOSITORY

GUIDE: Final = REPOSITORY / "docs" / "bg" / "findings.md"

_OPENING: Final = """\
# Какво означава всяка забележка

Командите `bulletin check` и `bulletin build` показват всичко, което намерят, наведнъж: файла, реда и
колоната, какво не е наред и как се поправя. **Грешка** (код с E) спира работата: докато я има, бюлетин
не се прави и нищо не се записва. **Предупреждение** (код с W) не спира нищо, но заслужава поглед.

Многоточието стои на мястото на това, което е написано във файла.

Тази страница се прави от самата програма с `python -m tests.support.findings_guide`.
"""

_CHAPTERS: Final = {
    "E0": "Файлове и папки",
    "E1": "Как са записани полетата",
    "E2": "Стойности на полетата",
    "E3": "Стойности на полетата",
    "E4": "Текстът на статиите",
    "E5": "Препратки и картини",
    "E6": "Картини, бележки и таблици",
    "E7": "Шрифтове и стил",
    "E8": "Набор, запис и команди",
    "E9": "Езици, преводи, архив",
    "W0": "Предупреждения",
    "W1": "Предупреждения",
    "W2": "Предупреждения",
    "E10": "Готовият PDF: файл и стандарт",
    "E11": "Готовият PDF: лист и обрязване",
    "E12": "Готовият PDF: цветове, картини, линии",
    "E13": "Готовият PDF: шрифтове",
    "E14": "Готовият PDF: препратки",
    "E15": "Готовият PDF: четене на глас",
    "E16": "Готовият PDF: прикачени файлове и размер",
    "E17": "Готовият PDF: прикачени файлове и размер",
    "E18": "Готовият PDF: думите от файловете и страниците",
    "E19": "Наборът на страниците",
    "W19": "Наборът на страниците",
    "W10": "Готовият PDF: предупреждения",
    "W11": "Готовият PDF: предупреждения",
    "W12": "Готовият PDF: предупреждения",
    "W13": "Готовият PDF: предупреждения",
    "W15": "Готовият PDF: предупреждения",
    "W16": "Готовият PDF: предупреждения",
    "W17": "Готовият PDF: предупреждения",
    "E20": "Архивът: архивиране на брой",
    "E21": "Архивът: проверка",
    "E22": "Архивът: повторно правене",
    "E23": "Архивът: много броеве наведнъж",
    "E25": "Архивът: сайт",
    "W20": "Архивът: предупреждения",
    "E30": "Членовете: файлът",
    "E31": "Членовете: редовете",
    "W30": "Членовете: предупреждения",
    "E32": "Писмото: издание за пощата",
    "W32": "Писмото: предупреждения",
    "E34": "Писмото: заглавни полета, размер, подпис",
    "W34": "Писмото: предупреждения",
    "E35": "Пощата: настройки и пароли",
    "E36": "Пощата: изпращане",
    "E37": "Пощата: дневник и сървър",
    "W35": "Пощата: предупреждения",
    "E38": "Пощата: каквото се връща, отписване",
    "W38": "Пощата: каквото се връща, отписване",
    "W40": "Внимателният редактор: имена и термини",
    "W41": "Внимателният редактор: числа и дати",
    "W42": "Внимателният редактор: правопис",
    "E50": "Внос: файлове, които не се четат",
    "W50": "Внос: непоставеното и каквото иска поглед",
    "W51": "Внос: непоставеното и каквото иска поглед",
    "W54": "Внос: непоставеното и каквото иска поглед",
}


_CHAPTERS_OF_ONE: Final = {
    "E162": "Рисунки и бележки, които не могат да се отпечатат",
    "E163": "Рисунки и бележки, които не могат да се отпечатат",
}
"""Of codes that stand apart from those with numbers like theirs."""

_NEEDS_ENGINE: Final = """\
## Какво не може да се знае преди правенето

Каквото би спряло `bulletin build`, го казва вече `bulletin check`. Само тези грешки се виждат едва когато
бюлетинът се прави:
"""

_OUR_FAULT: Final = """\
Другите грешки на готовия PDF (E100 до E189), на набора (E80, E81) и на писмото (E320 до E329) при бюлетин,
направен от програмата, са нейна грешка, а не на текста; за чужди файлове те важат както са описани.
"""


def guide() -> str:
    """Return the guide as Markdown."""
    parts = [_OPENING]
    chapter = ""
    for name, code in CODES.items():
        wanted = _CHAPTERS_OF_ONE.get(name) or _CHAPTERS[name[:-1]]
        if wanted != chapter:
            chapter = wanted
            parts.append(f"## {chapter}\n")
        remedies = [code.remedy, code.guess] if code.guess else [code.remedy]
        remedy = ", или: ".join(_worded(text) for text in remedies)
        parts.append(f"### {name}: {_worded(code.message)}\n\nПоправка: {remedy}\n")
    parts.append(_NEEDS_ENGINE)
    parts += [f"- **{code}**: {_worded(reason)}." for code, reason in NEEDS_ENGINE.items()]
    parts.append(f"\n{_OUR_FAULT}")
    return "\n".join(parts)


def _worded(message: str) -> str:
    text = say(message, "bg")
    plain = re.sub(r"(?<!{){\w+}", "…", text).replace("{{", "{").replace("}}", "}")
    return re.sub(r"([*_<`\\#])", r"\\\1", plain)


if __name__ == "__main__":
    GUIDE.write_text(guide(), "utf-8")
