"""Counts: a sentence as a row of tagged chunks, its numbers with what they count, and the shapes over the tags.

`lexicon` holds the words of `rules/casualties.toml` by what they do.
"""
