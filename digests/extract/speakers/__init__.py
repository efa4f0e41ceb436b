"""Speakers: the name, role, body and country in a phrase, and whom a pronoun or a surname stands for.

`book` answers for a whole article; `profiles` takes one phrase apart.
"""
