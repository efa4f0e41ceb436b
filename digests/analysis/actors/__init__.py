"""Actors: which speakers of several articles are one, by name, title and body."""
