"""Speech: quotation marks, passages, verbs of saying, and the clauses and phrases around them.

`lexicon` holds the words of saying. Nothing here asks who a speaker is: `speakers/` does.
"""
