"""Given names: whom "he" and "she" cannot stand for."""

import pytest

from digests.rules.given_names import usual_sex


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Dominic", "m"),
        ("Ingrid", "f"),
        ("MOHAMMED", "m"),
        ("Zoé", "f"),
        ("Fatemeh", "f"),
        ("Kim", None),
        ("Andrea", None),
        ("Qxzv", None),
        ("", None),
    ],
)
def test_usual_sex(name: str, sex: str | None) -> None:
    """Accents and capitals do not count; names that both bear, and unknown ones, tell nothing."""
    assert sex == usual_sex(name)
