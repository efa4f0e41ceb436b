"""Time expressions: runs of words about time, the rules that match in them, their values and their tense."""
