"""/fix: the queue of reports, the corrections in force, and what a correction does in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.render.limits import shorten
from bot.render.markup import bold, clean, escape, timestamp
from bot.render.page import Page, paginate
from bot.render.references import joined
from digests import Correction, CorrectionKind, Report, ReportKind

REPORT_KINDS = {
    ReportKind.FIGURE: "A figure is wrong",
    ReportKind.STORY: "An article belongs to another story",
    ReportKind.OUTDATED: "It is out of date",
    ReportKind.OTHER: "Something else",
}

CORRECTIONS = {
    CorrectionKind.SUPPRESS: "withheld",
    CorrectionKind.OUTDATED: "marked outdated",
    CorrectionKind.PIN: "pinned",
    CorrectionKind.SPLIT: "moved out",
    CorrectionKind.MERGE: "merged",
}

#: How a card says that admins have put something right: singular and plural of what, then what was done.
_CORRECTED = {
    CorrectionKind.SUPPRESS: ("figure", "figures", "withheld"),
    CorrectionKind.OUTDATED: ("figure", "figures", "marked outdated"),
    CorrectionKind.PIN: ("figure", "figures", "pinned"),
    CorrectionKind.SPLIT: ("article", "articles", "moved out"),
    CorrectionKind.MERGE: ("story", "stories", "merged in"),
}
NO_REPORTS = "Nobody has reported anything."
NO_CORRECTIONS = "Nothing is corrected in this server."


def corrected_words(corrected: Sequence[tuple[CorrectionKind, int]]) -> tuple[str, ...]:
    """ "1 figure withheld by the admins", one for each kind."""
    found = []
    for kind, count in corrected:
        one, many, done = _CORRECTED[kind]
        found.append(f"{count} {one if count == 1 else many} {done} by the admins")
    return tuple(found)


def render_queue(
    reports: Sequence[Report], corrections: Sequence[Correction], titles: Mapping[str, str]
) -> tuple[Page, ...]:
    """What waits, oldest first, then what is in force; `titles` by story id."""
    blocks = [_report_words(report, titles) for report in reports] or [NO_REPORTS]
    blocks[0] = f"### Reported\n{blocks[0]}"
    done = [_correction_words(one, titles) for one in corrections] or [NO_CORRECTIONS]
    done[0] = f"### In force\n{done[0]}"
    footer = "/fix done takes a report out of the queue; /fix undo takes a correction back"
    return paginate("## Corrections of this server", [*blocks, *done], footer=footer, per_page=10)


def _report_words(report: Report, titles: Mapping[str, str]) -> str:
    head = joined(
        bold(f"Report {report.id}"),
        REPORT_KINDS[report.kind],
        f"<@{report.reader}>",
        timestamp(report.sent_at),
    )
    return f"{head}\n{_title(report.story_id, titles)}\n> {escape(report.words)}"


def _correction_words(one: Correction, titles: Mapping[str, str]) -> str:
    head = joined(
        bold(f"Correction {one.id}"), CORRECTIONS[one.kind], f"<@{one.made_by}>", timestamp(one.made_at)
    )
    return f"{head}\n{escape(one.label)}\n{_title(one.story_id, titles)}"


def _title(story_id: str, titles: Mapping[str, str]) -> str:
    title = titles.get(story_id)
    return f"{escape(shorten(clean(title), 120))} · `{story_id}`" if title else f"`{story_id}`"


def render_done(sentence: str, correction: Correction) -> Page:
    """What was put right, and how to take it back."""
    return Page(
        blocks=(sentence,),
        footer=f"Only on this server's cards. Take it back with /fix undo number:{correction.id}",
    )
