"""Benchmarks: `python -m tests.bench.extract`, `python -m tests.bench.commands`,
`python -m tests.bench.commands_discord`, `python -m tests.bench.large`, `python -m tests.bench.charts`. Figures, never
pass or fail.
"""
