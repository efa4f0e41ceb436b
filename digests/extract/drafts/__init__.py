"""Drafts: the figures of one sentence in the making, and the ways in which a sentence tells them."""
