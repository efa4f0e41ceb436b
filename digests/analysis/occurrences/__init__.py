"""Occurrences: the incidents that each article tells, which two of them are one, and what one is called."""
