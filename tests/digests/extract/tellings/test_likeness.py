"""Whether two tellings may be one incident."""

import datetime as dt

import pytest

from digests.extract.tellings.likeness import actors_fit, days_fit, kinds_fit, more_exact_kind, places_fit


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("airstrike", "strike", True),
        ("airstrike", "bombing", True),
        ("airstrike", "suicide bombing", False),
        ("earthquake", "shooting", False),
        ("crash", "train crash", True),
        ("deaths", "flood", None),
    ],
)
def test_kinds(a: str, b: str, expected: bool | None) -> None:
    """Kinds that are names of one thing fit, in both orders."""
    assert expected == kinds_fit(a, b) == kinds_fit(b, a)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Kenya", "Kenya", True),
        ("Nairobi", "Kenya", True),
        ("Kenya", "Somalia", False),
        ("Isis-K", "Islamic State", True),
        ("al-Qaeda", "al-Qaida", True),
        ("Highland Liberation Army", "Coastal Front", False),
        ("gunmen", "Boko Haram", None),
        ("militants", "Kenya", False),
        ("troops", "Kenya", None),
        (None, "Kenya", None),
    ],
)
def test_actors(a: str | None, b: str | None, expected: bool | None) -> None:
    """States and groups exclude each other, nameless doers do not exclude a group."""
    assert expected == actors_fit(a, b) == actors_fit(b, a)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("Lagos", "NG"), ("Lagos", "NG"), True),
        (("Lagos", "NG"), ("Nigeria", "NG"), True),
        (("Lagos", "NG"), ("Nairobi", "KE"), False),
        (("Lagos", "NG"), ("Kano", "NG"), False),
        (("Tarvoland", "NG"), ("Tarvuland", "NG"), True),
        ((None, None), ("Lagos", "NG"), None),
    ],
)
def test_places(
    a: tuple[str | None, str | None], b: tuple[str | None, str | None], expected: bool | None
) -> None:
    """A country holds its towns; two towns are two places; spellings meet."""
    assert expected == places_fit(a, b) == places_fit(b, a)


def test_month_holds_its_days() -> None:
    """A telling by month fits one by day; the night before fits only where asked."""
    may = (dt.date(2024, 5, 1), dt.date(2024, 5, 31))
    third, fourth = (dt.date(2024, 5, 3),) * 2, (dt.date(2024, 5, 4),) * 2
    assert days_fit(may, third) is True
    assert days_fit(third, fourth) is False
    assert days_fit(third, fourth, strict=False) is True
    assert days_fit(third, (None, None)) is None


def test_more_exact_kind_is_one_sort_of_the_other() -> None:
    """ "Airstrike" says more than "strike"; "bombing" only says something else."""
    assert "airstrike" == more_exact_kind("strike", "airstrike")
    assert "strike" == more_exact_kind("strike", "bombing")
