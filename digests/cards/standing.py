"""How far the figures and accounts of a story agree, as far as a card says it in words."""

from __future__ import annotations

from digests.types import Findings, Standing


def standing_of(findings: Findings) -> Standing:
    """From the story's own incidents; what is told of the background does not move it."""
    background = {incident.id for incident in findings.incidents if incident.is_background}
    statuses = {group.status for group in findings.figure_groups if group.incident_id not in background}
    kinds = {conflict.kind for conflict in findings.conflicts if conflict.incident_id not in background}
    return Standing(statuses=tuple(sorted(statuses)), conflicts=tuple(sorted(kinds)))
