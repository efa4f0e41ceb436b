"""Which plural form a count of things takes (Unicode CLDR, "Language Plural Rules", whole numbers).

French and Spanish have a further form for round millions; nothing that is counted here comes near it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType


def _two(count: int) -> str:
    return "one" if count == 1 else "other"


def _french(count: int) -> str:
    return "one" if count in (0, 1) else "other"


def _ukrainian(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"


def _arabic(count: int) -> str:
    if count <= 2:
        return ("zero", "one", "two")[max(count, 0)]
    if 3 <= count % 100 <= 10:
        return "few"
    return "many" if count % 100 >= 11 else "other"


_RULES: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {"fr": _french, "uk": _ukrainian, "ar": _arabic}
)
_FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"uk": ("one", "few", "many"), "ar": ("zero", "one", "two", "few", "many", "other")}
)


def category(code: str, count: int) -> str:
    """The form's name, as catalogues have it."""
    return _RULES.get(code, _two)(count)


def forms_of(code: str) -> tuple[str, ...]:
    """Every form that a language needs."""
    return _FORMS.get(code, ("one", "other"))
