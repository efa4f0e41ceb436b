"""The value of a time expression, by the `kind` of its rule in `dates.toml`.

Stance: a reading without a publication day keeps its open form ("XXXX-WXX-4"); nothing is measured from today's date.
"""

from __future__ import annotations

from collections.abc import Mapping

from digests.extract.times.days import DAY_READERS
from digests.extract.times.lengths import LENGTH_READERS
from digests.extract.times.periods import PERIOD_READERS
from digests.extract.times.words import Reader

READERS: Mapping[str, Reader] = {**DAY_READERS, **PERIOD_READERS, **LENGTH_READERS}
