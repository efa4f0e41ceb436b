"""Entries of a timeline: dated tellings of each article, which of them are one happening, and which days mattered."""
