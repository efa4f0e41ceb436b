"""The value of a time expression, by the `kind` of its rule in `dates.toml`.

Stance: a reading without a publication day keeps its open form ("XXXX-WXX-4"); nothing is measured from today's date.
"""

from __future__ import annotations

from collections.abc import Mapping

from digests.extract.timedays import DAY_READERS
from digests.extract.timelengths import LENGTH_READERS
from digests.extract.timeperiods import PERIOD_READERS
from digests.extract.timewords import Groups, Moment, Reader, Reading

READERS: Mapping[str, Reader] = {**DAY_READERS, **PERIOD_READERS, **LENGTH_READERS}


def read(kind: str, groups: Groups, moment: Moment) -> Reading | None:
    """The reading of a match; `None` when its words turn out not to name a time. Raises KeyError for another kind."""
    return READERS[kind](groups, moment)
