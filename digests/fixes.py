"""The admins' desk of each server: the queue of what members report, and the corrections in force.

`engine.fixes` answers for one server at a time. What is corrected is applied in `digests.views` (which articles a
story holds) and `digests.corrections` (which figures it has).
"""

from __future__ import annotations

import datetime as dt

from digests.clock import Clock
from digests.store import corrections as stored
from digests.store.connection import Database
from digests.types import Correction, CorrectionKind, Report, ReportKind, Target

# Reports of one member within one hour; more would bury those of the others.
REPORTS_AN_HOUR = 5
# Reports that an admin is shown at once.
_SHOWN_REPORTS = 50


class Fixes:
    """Reports and corrections."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        #: Grows with each correction that is made or undone here.
        self.revision = 0

    async def report(self, owner: str, story_id: str, kind: ReportKind, words: str, *, reader: str) -> bool:
        """Put what a member says into the queue; `False` when they have sent too many within the hour."""
        now = self._clock()
        report = Report(owner=owner, story_id=story_id, kind=kind, words=words, reader=reader, sent_at=now)
        since = now - dt.timedelta(hours=1)
        return await self._database.write(stored.add_report, report, most=REPORTS_AN_HOUR, since=since)

    async def reports(self, owner: str) -> tuple[Report, ...]:
        """What waits for a server's admins, oldest first."""
        return await self._database.read(stored.load_reports, owner, limit=_SHOWN_REPORTS)

    async def close_report(self, owner: str, report_id: int, *, by: str) -> None:
        """Raises NotFound when it does not wait in this server's queue."""
        await self._database.write(stored.close_report, owner, report_id, by=by, now=self._clock())

    async def corrections(self, owner: str) -> tuple[Correction, ...]:
        """What is in force in a server, in order of making."""
        found = await self._database.read(stored.load_corrections)
        return tuple(one for one in found if one.owner == owner)

    async def add(
        self,
        owner: str,
        kind: CorrectionKind,
        story_id: str,
        *,
        label: str,
        by: str,
        targets: tuple[Target, ...] = (),
        article_id: str | None = None,
        into: str | None = None,
    ) -> Correction:
        """Put something right from now on; returned with the number by which it is undone."""
        correction = Correction(
            owner=owner,
            kind=kind,
            story_id=story_id,
            label=label,
            made_by=by,
            made_at=self._clock(),
            targets=targets,
            article_id=article_id,
            into=into,
        )
        kept = await self._database.write(stored.add_correction, correction)
        self.revision += 1
        return kept

    async def undo(self, owner: str, correction_id: int, *, by: str) -> Correction:
        """Take a correction back. Raises NotFound when it is not in force in this server."""
        undone = await self._database.write(
            stored.undo_correction, owner, correction_id, by=by, now=self._clock()
        )
        self.revision += 1
        return undone
