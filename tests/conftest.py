"""How the whole suite runs."""

from __future__ import annotations

import os


def pytest_xdist_auto_num_workers() -> int:
    """What `-n auto` means: one more than cores, as whoever drives a bot or a browser waits a quarter of the time."""
    return (os.cpu_count() or 1) + 1
