"""Statements: which wordings are one statement, what it comes to, and whether it is worth a line."""
