"""Joining: which tellings of an article are one incident, which of them it is about, and why."""
