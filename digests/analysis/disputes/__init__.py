"""Disputes: which counts are held against each other, whether they agree, of what kind it is where they do not.

The stance: a false "sources disagree" is worse than a missed one.
"""
