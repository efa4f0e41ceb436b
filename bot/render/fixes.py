"""/fix: the queue of reports, the corrections in force, and what a correction does in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.render.limits import shorten
from bot.render.markup import bold, clean, escape, timestamp
from bot.render.page import Page, paginate
from bot.render.references import joined
from bot.tongue import phrase, say, say_count
from digests import Correction, CorrectionKind, Report, ReportKind

REPORT_KINDS = {
    ReportKind.FIGURE: phrase("A figure is wrong"),
    ReportKind.STORY: phrase("An article belongs to another story"),
    ReportKind.OUTDATED: phrase("It is out of date"),
    ReportKind.OTHER: phrase("Something else"),
}

CORRECTIONS = {
    CorrectionKind.SUPPRESS: phrase("withheld"),
    CorrectionKind.OUTDATED: phrase("marked outdated"),
    CorrectionKind.PIN: phrase("pinned"),
    CorrectionKind.SPLIT: phrase("moved out"),
    CorrectionKind.MERGE: phrase("merged"),
}

#: How a card says that admins have put something right, singular and plural.
_CORRECTED = {
    CorrectionKind.SUPPRESS: (
        phrase("{count} figure withheld by the admins"),
        phrase("{count} figures withheld by the admins"),
    ),
    CorrectionKind.OUTDATED: (
        phrase("{count} figure marked outdated by the admins"),
        phrase("{count} figures marked outdated by the admins"),
    ),
    CorrectionKind.PIN: (
        phrase("{count} figure pinned by the admins"),
        phrase("{count} figures pinned by the admins"),
    ),
    CorrectionKind.SPLIT: (
        phrase("{count} article moved out by the admins"),
        phrase("{count} articles moved out by the admins"),
    ),
    CorrectionKind.MERGE: (
        phrase("{count} story merged in by the admins"),
        phrase("{count} stories merged in by the admins"),
    ),
}
NO_REPORTS = phrase("Nobody has reported anything.")
NO_CORRECTIONS = phrase("Nothing is corrected in this server.")


def corrected_words(corrected: Sequence[tuple[CorrectionKind, int]]) -> tuple[str, ...]:
    """ "1 figure withheld by the admins", one for each kind."""
    return tuple(say_count(*_CORRECTED[kind], count) for kind, count in corrected)


def render_queue(
    reports: Sequence[Report], corrections: Sequence[Correction], titles: Mapping[str, str]
) -> tuple[Page, ...]:
    """What waits, oldest first, then what is in force; `titles` by story id."""
    blocks = [_report_words(report, titles) for report in reports] or [say(NO_REPORTS)]
    blocks[0] = f"### {say('Reported')}\n{blocks[0]}"
    done = [_correction_words(one, titles) for one in corrections] or [say(NO_CORRECTIONS)]
    done[0] = f"### {say('In force')}\n{done[0]}"
    footer = say("/fix done takes a report out of the queue; /fix undo takes a correction back")
    return paginate(f"## {say('Corrections of this server')}", [*blocks, *done], footer=footer, per_page=10)


def _report_words(report: Report, titles: Mapping[str, str]) -> str:
    head = joined(
        bold(say("Report {id}", id=report.id)),
        say(REPORT_KINDS[report.kind]),
        f"<@{report.reader}>",
        timestamp(report.sent_at),
    )
    return f"{head}\n{_title(report.story_id, titles)}\n> {escape(report.words)}"


def _correction_words(one: Correction, titles: Mapping[str, str]) -> str:
    head = joined(
        bold(say("Correction {id}", id=one.id)),
        say(CORRECTIONS[one.kind]),
        f"<@{one.made_by}>",
        timestamp(one.made_at),
    )
    return f"{head}\n{escape(one.label)}\n{_title(one.story_id, titles)}"


def _title(story_id: str, titles: Mapping[str, str]) -> str:
    title = titles.get(story_id)
    return f"{escape(shorten(clean(title), 120))} · `{story_id}`" if title else f"`{story_id}`"


def render_done(sentence: str, correction: Correction) -> Page:
    """What was put right, and how to take it back."""
    return Page(
        blocks=(sentence,),
        footer=say("Only on this server's cards. Take it back with /fix undo number:{id}", id=correction.id),
    )
