"""Sentences: which sentences of several articles tell the same, and which of them are worth a key fact."""
