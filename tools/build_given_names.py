"""Writes `digests/rules/given_names.tsv`: given names with the sex of most who bear them.

    pip install ".[gazetteer]" && python tools/build_given_names.py

Source: `faker` (MIT): the given names of its locales in Latin script, and `given_names.toml` beside this file. A name
that men and women bear is left out.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from collections import Counter
from pathlib import Path

import faker.providers.person as locales

from digests.rules.given_names import plain_name

OUT = Path(__file__).parent.parent / "digests" / "rules" / "given_names.tsv"
# So many times as many locales must give a name to the one sex as to the other.
MAJORITY = 10
# Names to add for each sex, and those to leave out.
OWN = Path(__file__).parent / "given_names.toml"
_LATIN = re.compile(r"[A-Za-zÀ-ž'-]{2,}")


def main() -> None:
    """Reads all locales and writes the table."""
    counts: dict[str, Counter[str]] = {"m": Counter(), "f": Counter()}
    for module in sorted(one.name for one in pkgutil.iter_modules(locales.__path__)):
        provider = importlib.import_module(f"{locales.__name__}.{module}").Provider
        for sex, attribute in (("m", "first_names_male"), ("f", "first_names_female")):
            names = {str(name) for name in getattr(provider, attribute, ()) or ()}
            counts[sex].update({plain_name(name) for name in names if _LATIN.fullmatch(name)})
    own = tomllib.loads(OWN.read_text(encoding="utf-8"))
    told = {plain_name(name): sex for sex, key in (("m", "men"), ("f", "women")) for name in own[key]}
    for sex, other in (("m", "f"), ("f", "m")):
        for name, number in counts[sex].items():
            if number >= MAJORITY * counts[other][name]:
                told.setdefault(name, sex)
    told = {name: sex for name, sex in told.items() if name not in own["shared"]}
    lines = [
        "# sex, given names in small letters without accents",
        "# Written by tools/build_given_names.py from faker (MIT) and a list of its own.",
    ]
    rows: dict[tuple[str, str], list[str]] = {}
    for name, sex in told.items():
        rows.setdefault((sex, name[0]), []).append(name)
    lines += [f"{sex}\t{'|'.join(sorted(names))}" for (sex, _), names in sorted(rows.items())]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(told)} names")


if __name__ == "__main__":
    main()
