"""Benchmarks: `python -m tests.bench.extract`, `python -m tests.bench.commands`. Figures, never pass or fail."""
