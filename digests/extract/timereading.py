"""The value of a time expression, by the `kind` of its rule in `dates.toml`.

Stance: a reading without a publication day keeps its open form ("XXXX-WXX-4"); nothing is measured from today's date.
"""

from __future__ import annotations

from collections.abc import Mapping

from digests.extract.timedays import DAY_READERS
from digests.extract.timelengths import LENGTH_READERS
from digests.extract.timeperiods import PERIOD_READERS
from digests.extract.timewords import Reader

READERS: Mapping[str, Reader] = {**DAY_READERS, **PERIOD_READERS, **LENGTH_READERS}
