"""The codes facts are written in: countries (ISO 3166-1 alpha-2) and currencies (ISO 4217)."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

COUNTRIES: Final = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ
    BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR
    CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU
    ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ
    LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
    SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR
    TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()  # noqa: SIM905 - read as a table
)
"""The officially assigned codes of ISO 3166-1 alpha-2, and XK, by which the Union and CLDR name Kosovo."""

TERRITORIES: Final = frozenset({"AC", "CP", "DG", "EA", "EU", "IC", "TA", "UN"})
"""Further codes that ISO 3166-1 reserves and CLDR names: the Union, the United Nations, parts of countries.

They have a name in every language, and no outline on a map.
"""

CURRENCIES: Final = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD
    BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN
    ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD
    IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
    OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - read as a table
)
"""ISO 4217 codes; BGN stays, for issues dated before Bulgaria's euro of 2026-01-01."""

_EVERYDAY = {"EL": "GR", "UK": "GB"}


def _country(value: str) -> str:
    code = str(value).strip().upper()
    code = _EVERYDAY.get(code, code)
    if code not in COUNTRIES | TERRITORIES:
        raise PydanticCustomError("bulletin_country", "no such country: {found}", {"found": value})
    return code


def _currency(value: str) -> str:
    code = str(value).strip().upper()
    if code not in CURRENCIES:
        raise PydanticCustomError("bulletin_currency", "no such currency: {found}", {"found": value})
    return code


CountryCode = Annotated[str, BeforeValidator(_country)]
"""An ISO 3166-1 code, or another that CLDR names; the Union's EL and UK are read as GR and GB."""

CurrencyCode = Annotated[str, BeforeValidator(_currency)]
