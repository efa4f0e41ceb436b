"""Quality floors: what the engine reads right, measured on sentences and stories of our own, and on public sets.

`python -m tests.eval` prints every figure; `pytest tests/eval` fails when one falls below `floors.json`.
"""
