"""Tolls: what the sentences of a text make of each other's figures: answers, totals, counts told again, who died."""
