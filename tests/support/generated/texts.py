"""Words, sentences and photographs of generated issues, in Bulgarian, English, Ukrainian and Serbian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    import random
    from pathlib import Path

_BANKS: Final = {
    "bg": "библиотека площад ученик майстор работилница мост пролет градина училище занаят лекция опит "
    "разговор карта музика река гара улица театър книга вестник съсед среща новина изложба наука "
    "лаборатория преподавател сдружение предложение изследване упражнение пътуване зрител вечер утро "
    "говори показва събира обяснява пише чете мери строи сравнява търси намира учи помага започва "
    "бавно внимателно отново заедно често рядко почти вече нарочно по-добре най-после из града",
    "en": "library square pupil craftsman workshop bridge spring garden school trade lecture trial "
    "conversation map music river station street theatre book newspaper neighbour meeting news "
    "exhibition science laboratory teacher association proposal research exercise journey viewer "
    "evening morning speaks shows gathers explains writes reads measures builds compares searches "
    "finds learns helps begins slowly carefully again together often rarely almost already well-known",
    "uk": "бібліотека площа учень майстер майстерня міст весна садок школа ремесло лекція досвід розмова "
    "мапа музика річка вокзал вулиця театр книжка газета сусід зустріч новина виставка наука "
    "лабораторія викладач спілка пропозиція дослідження вправа подорож глядач вечір ранок говорить "
    "показує збирає пояснює пише читає міряє будує порівнює шукає знаходить вчиться допомагає "
    "починає повільно уважно знову разом часто рідко майже вже навмисно по-новому",
    "sr": "библиотека трг ученик мајстор радионица мост пролеће врт школа занат предавање искуство разговор "
    "карта музика река станица улица позориште књига новине комшија сусрет вест изложба наука "
    "лабораторија наставник удружење предлог истраживање вежба путовање гледалац вече јутро говори "
    "показује скупља објашњава пише чита мери гради упоређује тражи налази учи помаже почиње "
    "полако пажљиво поново заједно често ретко скоро већ намерно",
}
LANGUAGES: Final = tuple(_BANKS)

WORDS: Final[dict[str, dict[str, str]]] = {
    "bg": {
        "bulletin": "Вестник на моста",
        "publisher": "Сдружение „Мостове“",
        "short": "Мостове",
        "address": "Русе 7000, ул. „Дунав“ 4",
        "role": "Редакция",
        "union": "Европейски съюз",
        "statement": "Съфинансирано от Европейския съюз",
        "programme": "Еразъм+",
        "names": "Ана Колева|Борис Донев|Вяра Тонева|Гео Маринов",
        "places": "Дом на науката, Русе|Читалище „Зора“, Ямбол",
        "organisations": "Гимназия „Пролет“|Съюз на майсторите|Дом на книгата|Фондация „Река“",
    },
    "en": {
        "bulletin": "The Bridge Paper",
        "publisher": "Association of Bridges",
        "short": "the association",
        "address": "4 Danube Street, Ruse 7000",
        "role": "Editors",
        "union": "European Union",
        "statement": "Co-funded by the European Union",
        "programme": "Erasmus+",
        "names": "Anna Coleman|Boris Dunn|Vera Stone|George Marin",
        "places": "House of Science, Ruse|Old Mill, Yambol",
        "organisations": "Spring School|Union of Craftsmen|House of Books|River Foundation",
    },
    "uk": {
        "bulletin": "Вісник мосту",
        "publisher": "Спілка «Мости»",
        "short": "Мости",
        "address": "Київ 01001, вул. Річкова 4",
        "role": "Редакція",
        "union": "Європейський Союз",
        "statement": "Співфінансується Європейським Союзом",
        "programme": "Еразмус+",
        "names": "Ганна Коваль|Борис Дончук|Віра Тонюк|Юрій Марченко",
        "places": "Будинок науки, Київ|Старий млин, Львів",
        "organisations": "Гімназія «Весна»|Спілка майстрів|Дім книжки|Фундація «Річка»",
    },
    "sr": {
        "bulletin": "Новине моста",
        "publisher": "Удружење Мостови",
        "short": "Мостови",
        "address": "Београд 11000, Дунавска 4",
        "role": "Уредништво",
        "union": "Европска унија",
        "statement": "Суфинансира Европска унија",
        "programme": "Еразмус+",
        "names": "Ана Колић|Борис Дончић|Вера Тонић|Ђорђе Марић",
        "places": "Дом науке, Београд|Стари млин, Ниш",
        "organisations": "Гимназија Пролеће|Савез мајстора|Дом књиге|Фондација Река",
    },
}


class Texts:
    """Words of one language, chosen one after another.

    Args:
        chance: Makes the choices.
        language: One of `LANGUAGES`.
    """

    def __init__(self, chance: random.Random, language: str) -> None:
        self.chance = chance
        self.language = language
        self.words = WORDS[language]
        self._bank = _BANKS[language].split()
        self._titles: set[str] = set()

    def word(self) -> str:
        """Return a word."""
        return self.chance.choice(self._bank)

    def title(self) -> str:
        """Return two to four words, none the same as an earlier title."""
        while True:
            words = [self.word() for _ in range(self.chance.randint(2, 4))]
            title = " ".join((words[0].capitalize(), *words[1:]))
            if title not in self._titles:
                self._titles.add(title)
                return title
            self._bank += [f"{self.word()}{len(self._titles)}"]

    def sentence(self, length: int) -> str:
        """Return a sentence of so many words, with a comma or a number here and there."""
        words = [self.word() for _ in range(length)]
        for at in range(2, length - 1):
            roll = self.chance.random()
            if roll < 0.08:
                words[at] += ","
            elif roll < 0.12:
                words[at] = str(self.chance.randint(2, 4000))
        return " ".join((words[0].capitalize(), *words[1:])) + "."

    def paragraph(self, sentences: int) -> str:
        """Return a paragraph of so many sentences."""
        return " ".join(self.sentence(self.chance.randint(5, 16)) for _ in range(sentences))

    def name(self) -> str:
        """Return somebody's name."""
        return self.chance.choice(self.words["names"].split("|"))

    def place(self) -> str:
        """Return where something takes place."""
        return self.chance.choice(self.words["places"].split("|"))

    def organisation(self) -> str:
        """Return the name of an organisation."""
        return self.chance.choice(self.words["organisations"].split("|"))


def photograph(path: Path, seed: int, size: tuple[int, int] = (1240, 830)) -> None:
    """Write a picture with light and shade, as a JPEG.

    Args:
        path: The file.
        seed: Gives its look.
        size: Width and height in pixels.
    """
    light = Image.radial_gradient("L").resize(size)
    shade = Image.linear_gradient("L").rotate(seed % 4 * 90).resize(size)
    flat = Image.new("L", size, 60 + seed % 140)
    Image.merge("RGB", (light, shade, flat)).save(path, "JPEG", quality=80)
