"""Tellings: what each sentence tells of an incident by its trigger: kind, doer, day, place, and what is like what."""
