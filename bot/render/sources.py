"""Sources: the numbered articles behind a card, the admins' list of feeds, previews and reports of a load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.render.limits import shorten
from bot.render.markup import bold, clean, escape, headline, small, timestamp, visible_host
from bot.render.page import Accent, Page, paginate
from bot.render.references import joined, reference_of, when
from bot.tongue import phrase, say, say_count, say_why
from digests import (
    Article,
    ImportReport,
    Preview,
    RefreshReport,
    SourceHealth,
    SourceResult,
    SourceState,
)

NO_SOURCES = phrase("There are no sources yet. Add a feed with /sources add.")
STATES = {
    SourceState.NEW: phrase("not read yet"),
    SourceState.WORKING: phrase("working"),
    SourceState.RATE_LIMITED: phrase("rate limited"),
    SourceState.FAILING: phrase("failing"),
    SourceState.PAUSED: phrase("paused"),
    SourceState.SILENT: phrase("silent"),
}
#: Failures named in a report, per source.
MAX_NAMED = 3
#: Sources named after an import.
MAX_LISTED = 15


def render_article_list(
    title: str, articles: Sequence[Article], copies: Mapping[str, str], *, link_to: str = ""
) -> tuple[Page, ...]:
    """The articles of a story, numbered, oldest first: outlet, host, time, title; copies say of what."""
    numbers = {article.id: number for number, article in enumerate(articles, 1)}
    blocks = [
        article_line(numbers[article.id], article, numbers.get(copies.get(article.id, "")))
        for article in articles
    ]
    return paginate(f"## {link_to or headline(title)}\n{say('Sources')}", blocks, per_page=12)


def article_line(number: int, article: Article, copy_of: int | None) -> str:
    """`3. Coast Wire (coastwire.example) · time · repeats 1`, and its title."""
    reference = reference_of(article)
    host = visible_host(article.url)
    shown = f"({escape(host)})" if host and host != reference.name else ""
    head = f"{number}. {joined(reference.linked, shown, by=' ')}"
    line = joined(head, when(article.published), say("repeats {copy_of}", copy_of=copy_of) if copy_of else "")
    title = shorten(clean(article.title or ""), 160)
    return f"{line}\n{headline(title)}" if title else line


def render_source_list(health: Sequence[SourceHealth]) -> tuple[Page, ...]:
    """Every source with its state and why, its last success, its next check, its articles of the last day."""
    if not health:
        return (Page(blocks=("## " + say("Sources"), say(NO_SOURCES))),)
    broken = any(one.state is SourceState.FAILING for one in health)
    blocks = [source_block(one) for one in health]
    footer = say_count("{count} source", "{count} sources", len(health))
    return paginate(
        "## " + say("Sources"), blocks, footer=footer, accent=Accent.DISPUTED if broken else Accent.PLAIN
    )


def source_block(health: SourceHealth) -> str:
    """Name, state and why; then where it is, when it last worked, when it is asked again, and how much it brings."""
    source = health.source
    host = visible_host(source.location)
    place = escape(shorten(clean(source.location), 120)) if host else say("a folder of this machine")
    worked = (
        say("last success {moment}", moment=timestamp(source.succeeded_at, "R"))
        if source.succeeded_at
        else say("no success yet")
    )
    again = (
        say("next check {moment}", moment=timestamp(health.next_check_at, "R"))
        if health.next_check_at
        else ""
    )
    day = say_count("{count} article in a day", "{count} articles in a day", health.articles_day)
    whose = say("this server's") if source.owner else say("from the configuration or shared")
    lines = [
        joined(bold(escape(shorten(clean(source.name), 80))), state_words(health)),
        small(joined(f"`{source.id}`", place, worked, again, day, whose)),
    ]
    if health.moved_to and health.moved_to != source.location:
        moved = escape(shorten(clean(health.moved_to), 120))
        lines.append(small(say("its server says that it has moved to {moved}", moved=moved)))
    return "\n".join(lines)


def state_words(health: SourceHealth) -> str:
    """How a source stands, and why."""
    if health.state is SourceState.NEW:
        return say("not read yet")
    why = escape(shorten(clean(say_why(health.why)), 200))
    state = say(STATES[health.state])
    return f"{state}: {why}" if why else state


def render_import(report: ImportReport) -> Page:
    """What became of a list of feeds: how many were added, known and refused, with the first of each."""
    added = len(report.added)
    lines = [
        "## " + say("Sources imported"),
        say(
            "{added} added, {known} known already, {refused} refused.",
            added=added,
            known=report.known,
            refused=len(report.refused),
        ),
    ]
    if added:
        lines.append(say("They are read with the next round; /sources reload reads them now."))
    names = [f"- {escape(shorten(clean(source.name), 100))}" for source in report.added[:MAX_LISTED]]
    refused = [
        f"- {escape(shorten(clean(say_why(name)), 80))}: {escape(say_why(reason))}"
        for name, reason in report.refused[:MAX_NAMED]
    ]
    blocks = ["\n".join(lines)]
    blocks += ["\n".join(["### " + say("Added"), *names, *_more(added, MAX_LISTED)])] if names else []
    blocks += (
        ["\n".join(["### " + say("Refused"), *refused, *_more(len(report.refused), MAX_NAMED)])]
        if refused
        else []
    )
    return Page(blocks=tuple(blocks), accent=Accent.DISPUTED if refused else Accent.PLAIN)


def _more(count: int, shown: int) -> list[str]:
    return [small(say_count("{count} more", "{count} more", count - shown))] if count > shown else []


def render_preview(location: str, preview: Preview) -> Page:
    """What a feed would load, before it is saved."""
    name = escape(shorten(clean(preview.title or preview.result.name), 100))
    count = preview.result.new
    lines = [
        f"## {name}",
        escape(shorten(clean(location), 300)),
        say_count("{count} article right now.", "{count} articles right now.", count),
    ]
    if preview.result.failed:
        lines.append(
            say_count(
                "{count} entry cannot be read.", "{count} entries cannot be read.", preview.result.failed
            )
        )
    lines += _notes(preview.result)
    titles = [f"- {escape(shorten(clean(title), 120))}" for title in preview.titles]
    return Page(
        blocks=("\n".join(lines), "\n".join(["### " + say("Newest"), *titles]))
        if titles
        else ("\n".join(lines),)
    )


def render_report(report: RefreshReport) -> tuple[Page, ...]:
    """What a load did: totals, then a line a source, failures first and with their reason."""
    results = sorted(
        report.results, key=lambda result: (result.error is None, result.failed == 0, result.name)
    )
    seconds = (report.finished - report.started).total_seconds()
    bad = sum(1 for result in results if result.error or result.failed)
    heading = "\n".join(
        [
            "## " + say("Sources read"),
            report_totals(results),
            small(say("took {seconds} s", seconds=f"{max(seconds, 0):.0f}")),
        ]
    )
    blocks = [result_block(result) for result in results]
    if not blocks:
        return (Page(blocks=(heading, say(NO_SOURCES))),)
    return paginate(heading, blocks, accent=Accent.DISPUTED if bad else Accent.AGREED, per_page=10)


def report_totals(results: Sequence[SourceResult]) -> str:
    """`12 new, 1 changed, 40 unchanged, 2 failed`"""
    return say(
        "{new} new, {changed} changed, {unchanged} unchanged, {failed} failed",
        new=sum(result.new for result in results),
        changed=sum(result.changed for result in results),
        unchanged=sum(result.unchanged for result in results),
        failed=sum(result.failed for result in results) + sum(1 for result in results if result.error),
    )


def result_block(result: SourceResult) -> str:
    """One source of a report, with the reasons of what failed."""
    name = bold(escape(shorten(clean(result.name), 80)))
    notice = [small(escape(shorten(clean(say_why(result.notice)), 300)))] if result.notice else []
    if result.error:
        return "\n".join(
            [f"{name}: {say('failed')}: {escape(shorten(clean(say_why(result.error)), 200))}", *notice]
        )
    lines = [f"{name}: {report_totals([result])}"]
    for where, reason in result.failures[:MAX_NAMED]:
        lines.append(f"- {escape(shorten(clean(where), 80))}: {escape(shorten(clean(say_why(reason)), 160))}")
    if len(result.failures) > MAX_NAMED:
        lines.append(
            small(
                say_count("{count} more failure", "{count} more failures", len(result.failures) - MAX_NAMED)
            )
        )
    return "\n".join([*lines, *_notes(result), *notice])


def _notes(result: SourceResult) -> list[str]:
    """What was read and tells nothing, say a text in another language; a file by its name."""
    told = [
        f"{say_why(note)}" if "://" in where else f"{where}: {say_why(note)}" for where, note in result.notes
    ]
    return [
        *(small(escape(shorten(clean(line), 240))) for line in told[:MAX_NAMED]),
        *_more(len(told), MAX_NAMED),
    ]


def progress_words(articles: int, sources: int) -> str:
    """The line that is shown while a load runs."""
    return say_count(
        "Reading {count} source. Articles so far: {articles}.",
        "Reading {count} sources. Articles so far: {articles}.",
        sources,
        articles=articles,
    )
