"""Typographic conventions by language: dashes, decimal signs, and words bound by no-break spaces.

Bulgarian follows the official spelling dictionary of 2012 (spaced en dash in ranges), English the
British usage of Hart's Rules, Russian and Ukrainian their publishers' handbooks. Every field of
words is a regular expression without groups.
"""

from typing import Final, NamedTuple

NBSP: Final = "\u00a0"


class Conventions(NamedTuple):
    """A language's conventions.

    Args:
        dash: The dash between words.
        range_sign: The text between the two numbers of a range.
        decimal: The decimal sign; empty where it is left as written.
        months: Names of months that a day's number is bound to.
        units: Units and counted things after a number.
        measured: Units after decimal fractions: money and shares.
        scales: Thousand, million: they bind to a number and to the unit behind them.
        leaders: Abbreviations and titles bound to what follows them.
        before_names: Abbreviations in small letters bound to a name that follows: of villages, rivers, peaks.
        before_numbers: Words bound to a number that follows.
        rooms: Rooms and floors, bound to their number.
        opened: Abbreviations that get a space before a number or a name written without one.
        stuck_units: Units that get a space before them where one is missing after the number.
        trailers: Abbreviations bound to the word before them.
        letters: Words of one letter, as a character class; bound to the next word.
        apostrophe: Whether a straight single quote between letters is an apostrophe.
    """

    dash: str
    range_sign: str
    decimal: str
    months: str = ""
    units: str = ""
    measured: str = ""
    scales: str = ""
    leaders: str = ""
    before_names: str = ""
    before_numbers: str = ""
    rooms: str = ""
    opened: str = ""
    stuck_units: str = ""
    trailers: str = ""
    letters: str = r"[^\W\d_]"
    apostrophe: bool = True


BULGARIAN_MONTHS: Final = r"януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември"

_BULGARIAN: Final = Conventions(
    dash="–",
    range_sign=f"{NBSP}–{NBSP}",
    decimal=",",
    months=BULGARIAN_MONTHS + r"|яну?\.|февр?\.|апр\.|авг\.|септ?\.|окт\.|ноем\.|дек\.",
    units=r"г\.|год\.|години?|месеца?|седмици|дни|дена?|часа?|ч\.|мин\.|души|човека|стр\.|бр\.|пъти|участници|"
    r"организации|държави|страни|партньора?",
    measured=r"евро|евроцент\w*|лева?|лв\.?|долара?|процента?|пункта?",
    scales=r"хил\.?|хиляди|млн\.?|милиона?|млрд\.?|милиарда?",
    leaders=r"д-р|проф\.|доц\.|инж\.|арх\.|акад\.|адв\.|ас\.|г-н|г-жа|г-ца|ул\.|бул\.|гр\.|пл\.|ж\.к\.|кв\.|обл\.|общ\.|"
    r"св\.|чл\.-кор\.|зам\.",
    before_names=r"с\.|р\.|вр\.|яз\.|х\.",
    before_numbers=r"№|бр\.|брой|чл\.|ал\.|стр\.|с\.|т\.|ет\.|ап\.|вх\.|бл\.|офис|фиг\.|табл\.|гл\.|§|п\.к\.|тел\.",
    rooms=r"зала|стая|кабинет|аудитория|корпус|блок|вход|етаж|павилион|щанд|сектор|коловоз|перон|гише",
    opened=r"бр\.|чл\.|ал\.|т\.|стр\.|ет\.|ап\.|вх\.|бл\.|фиг\.|табл\.|п\.к\.|ул\.|бул\.|гр\.|проф\.|доц\.|инж\.",
    stuck_units=r"г\.|лв\.|евро|хил\.|млн\.|млрд\.|ч\.|бр\.",
    trailers=r"т\.[ \u00a0]?н\.|т\.[ \u00a0]?ч\.|др\.|пр\.|сл\.",
)
_RUSSIAN: Final = Conventions(
    dash="—",
    range_sign="–",
    decimal=",",
    months=r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
    units=r"г\.|гг\.|год\w*|лет|ч\.|мин\.|человек\w*|участник\w*|стран\w*|организаци\w+|месяц\w*|дн\w+",
    measured=r"евро|руб\w*\.?|долл\w*\.?|процент\w*|%",
    scales=r"тыс\.?|тысяч\w*|млн\.?|миллион\w*|млрд\.?|миллиард\w*",
    leaders=r"д-р|проф\.|акад\.|г-н|г-жа|ул\.|г\.|им\.|св\.",
    before_numbers=r"№|§|ст\.|п\.|с\.|стр\.|рис\.|табл\.|гл\.|т\.|д\.|кв\.|офис|тел\.",
    opened=r"стр\.|рис\.|табл\.|ул\.",
    stuck_units=r"г\.|гг\.|руб\.|евро|тыс\.|млн|млрд",
    trailers=r"т\.[ \u00a0]?д\.|т\.[ \u00a0]?п\.|т\.[ \u00a0]?ч\.|др\.|пр\.",
)
_UKRAINIAN: Final = Conventions(
    dash="—",
    range_sign="–",
    decimal=",",
    months=r"січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
    units=r"р\.|рр\.|р[оі]к\w*|год\.|хв\.|осіб|учасник\w*|країн\w*|організаці\w+|місяц\w*|дн\w+",
    measured=r"євро|грн\.?|гривень|гривні|дол\w*\.?|відсотк\w*",
    scales=r"тис\.?|тисяч\w*|млн\.?|мільйон\w*|млрд\.?|мільярд\w*",
    leaders=r"д-р|проф\.|акад\.|вул\.|просп\.|м\.|ім\.|св\.|пан|пані",
    before_numbers=r"№|§|ст\.|п\.|с\.|стор\.|рис\.|табл\.|розд\.|т\.|буд\.|кв\.|офіс|тел\.",
    opened=r"стор\.|рис\.|табл\.|вул\.",
    stuck_units=r"р\.|рр\.|грн|євро|тис\.|млн|млрд",
    trailers=r"т\.[ \u00a0]?д\.|т\.[ \u00a0]?п\.|т\.[ \u00a0]?ч\.|ін\.",
)
_ENGLISH: Final = Conventions(
    dash="–",
    range_sign="–",
    decimal=".",
    months="January|February|March|April|May|June|July|August|September|October|November|December",
    units=r"years?|months?|days?|weeks?|hours?|minutes?|people|participants|countries|organisations|"
    r"partners|members|pages|a\.m\.|p\.m\.|am|pm",
    measured=r"euros?|per cent|EUR|USD|GBP|BGN",
    scales=r"thousand|million|billion|mn|bn",
    leaders=r"Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Prof\.?|St\.?|Eng\.",
    before_numbers=r"No\.|Nos\.|no\.|p\.|pp\.|Fig\.|fig\.|Table|Section|Chapter|Vol\.|vol\.|§|Article|Issue",
    rooms="room|hall|floor|building|gate|stand",
    trailers=r"et al\.|etc\.",
    letters="[aAIO]",
)
_SERBIAN: Final = Conventions(
    dash="–",
    range_sign="–",
    decimal=",",
    months=r"јануара?|фебруара?|марта?|априла?|маја?|јуна?|јула?|августа?|септембра?|октобра?|новембра?|децембра?",
    units=r"г\.|год\.|година|године|земаља|месеци|дана|учесника|организација",
    measured=r"евра|динара|дин\.|одсто",
    scales=r"хиљада|хиљ\.|милиона?|мил\.|милијарди|млрд\.",
    leaders=r"др|проф\.|ул\.",
    before_numbers=r"бр\.|стр\.|чл\.|тел\.",
    opened=r"бр\.|стр\.|чл\.|ул\.",
)
_ANY: Final = Conventions(dash="–", range_sign="–", decimal="", apostrophe=False)

_CONVENTIONS: Final = {
    "bg": _BULGARIAN,
    "en": _ENGLISH,
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
    "sr": _SERBIAN,
}


def conventions_of(language: str) -> Conventions:
    """Return the conventions of a language; for unknown ones, those common to all.

    Args:
        language: A BCP 47 tag; only its first part counts.
    """
    return _CONVENTIONS.get(language.split("-", maxsplit=1)[0].lower(), _ANY)
