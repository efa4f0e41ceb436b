"""Findings to a card, and a card as plain text, Markdown and HTML. A card knows nothing of Discord."""

from digests.cards.build import build_card
from digests.cards.html import render_html
from digests.cards.incidents import incident_words
from digests.cards.markdown import render_markdown
from digests.cards.text import render_text

__all__ = ["build_card", "incident_words", "render_html", "render_markdown", "render_text"]
