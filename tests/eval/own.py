"""The sets of our own, always there: sentences with what must be read in them, little stories with what must differ.

Each scorer returns `{metric: Tally}`. Formats stand in `README.md` beside this file.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digests.analysis import analyse
from digests.extract import extract
from digests.extract.casualties import SUM_RULE
from digests.text.document import Document, make_document
from digests.types import Article, Facts, Findings, StoryArticle
from tests.eval.tally import Tally

HERE = Path(__file__).parent
STORIES = ("stories.jsonl", "conflicts.jsonl")
Json = dict[str, Any]


def rows(name: str) -> Iterator[Json]:
    with (HERE / name).open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read(row: Json) -> tuple[Document, Facts]:
    published = dt.date.fromisoformat(row["published"][:10]) if row.get("published") else None
    document = make_document(str(row.get("id", "own")), row["text"], published=published)
    return document, extract(document)


def score_figures() -> dict[str, Tally]:
    """Figures by measure and bounds; of those that are right, victims and claimant."""
    out = {"figures": Tally(), "figure victims": Tally(), "figure claimant": Tally()}
    for row in rows("figures.jsonl"):
        _, facts = read(row)
        # What only adds up others is derived, and claimed by nobody.
        told = [figure for figure in facts.figures if figure.evidence.rule != SUM_RULE]
        found = [(f.measure.value, f.bounds.low, f.bounds.high, f.bounds.approximate) for f in told]
        gold = [(g["measure"], g["low"], g["high"], g.get("approximate", False)) for g in row["figures"]]
        out["figures"].match(list(gold), list(found))
        rest = list(zip(found, told, strict=True))
        for key, g in zip(gold, row["figures"], strict=True):
            pair = next((p for p in rest if p[0] == key), None)
            if pair is None:
                continue
            rest.remove(pair)
            figure = pair[1]
            if g.get("group"):
                out["figure victims"].match([g["group"]], [figure.group])
            name = figure.claimant.name if figure.claimant else None
            wanted, got = [g["claimant"]] if g.get("claimant") else [], [name] if name else []
            if wanted and got and same_name(wanted[0], got[0]):
                got = wanted
            out["figure claimant"].match(list(wanted), list(got))
    return out


def score_dates() -> dict[str, Tally]:
    """Time expressions by words, and by words with type and value."""
    out = {"date spans": Tally(), "date values": Tally()}
    for row in rows("dates.jsonl"):
        _, facts = read(row)
        out["date spans"].match([d["words"] for d in row["dates"]], [d.words for d in facts.dates])
        out["date values"].match(
            [(d["words"], d["type"], d["value"]) for d in row["dates"]],
            [(d.words, d.type.value, d.value) for d in facts.dates],
        )
    return out


def score_quotes() -> dict[str, Tally]:
    """Attributions whose words overlap; of those, the speaker's name, kind and country where the row states them."""
    out = {"quotes": Tally(), "quote speaker": Tally(), "speaker kind": Tally(), "speaker country": Tally()}
    for row in rows("quotes.jsonl"):
        _, facts = read(row)
        rest = list(facts.quotes)
        tally = out["quotes"]
        tally.gold += len(row["quotes"])
        tally.found += len(rest)
        for g in row["quotes"]:
            quote = next((q for q in rest if overlap(q.words, g["words"])), None)
            if quote is None:
                continue
            rest.remove(quote)
            tally.hit += 1
            tally.right += 1
            name = quote.speaker.name if quote.speaker else None
            wanted, got = [g["speaker"]] if g.get("speaker") else [], [name] if name else []
            if wanted and got and same_name(wanted[0], got[0]):
                got = wanted
            out["quote speaker"].match(list(wanted), list(got))
            if quote.speaker and g.get("speaker_kind"):
                out["speaker kind"].match([g["speaker_kind"]], [quote.speaker.kind.value])
            if quote.speaker and "country" in g:
                out["speaker country"].match([g["country"]], [quote.speaker.country])
    return out


def score_stories() -> dict[str, Tally]:
    """Figures put into one incident (pairs), conflicts of figures and of accounts, over little stories.

    "conflict kind" is the kind of those figure conflicts that are right; "soft conflicts" are those in which the
    numbers do not count alike (another scope or definition, a rounded number).
    """
    names = ("same incident", "figure conflicts", "conflict kind", "soft conflicts", "account conflicts")
    out = {name: Tally() for name in names}
    for row in itertools.chain.from_iterable(rows(name) for name in STORIES):
        items, findings = read_story(row)
        _score_incidents(row, items, findings, out["same incident"])
        _score_figure_conflicts(row, findings, out["figure conflicts"], out["conflict kind"])
        _score_soft_conflicts(row, findings, out["soft conflicts"])
        _score_account_conflicts(row, findings, out["account conflicts"])
    return out


def read_story(row: Json) -> tuple[list[StoryArticle], Findings]:
    items = []
    for entry in row["articles"]:
        document, facts = read(entry)
        published = document.published
        article = Article(
            id=document.article_id,
            source_id="own",
            external_id=document.article_id,
            text=document.text,
            outlet=entry.get("outlet"),
            published_on=published,
            published=dt.datetime.fromisoformat(entry["published"]).replace(tzinfo=dt.UTC)
            if published
            else None,
        )
        items.append(StoryArticle(article=article, facts=facts))
    return items, analyse(row["id"], items)


def _score_incidents(row: Json, items: list[StoryArticle], findings: Findings, tally: Tally) -> None:
    incident_of = {
        (claim.figure.evidence.article_id, claim.figure.evidence.span.start): group.incident_id
        for group in findings.figure_groups
        for claim in group.claims
    }
    located = []
    for g in row.get("figures", []):
        item = next(i for i in items if i.article.id == g["article"])
        for figure in item.facts.figures:
            text = item.article.text[figure.evidence.span.start : figure.evidence.span.end]
            if overlap(text, g["words"]):
                located.append(
                    (g["incident"], incident_of.get((item.article.id, figure.evidence.span.start)))
                )
                break
    for (gold_a, found_a), (gold_b, found_b) in itertools.combinations(located, 2):
        together, joined = gold_a == gold_b, found_a is not None and found_a == found_b
        tally.gold += together
        tally.found += joined
        tally.hit += together and joined
        tally.right += together and joined


def _score_figure_conflicts(row: Json, findings: Findings, tally: Tally, kinds: Tally) -> None:
    measures = {"killed", "injured", "missing", "casualties", "detained", "displaced", "abducted", "rescued"}
    found = [
        c
        for c in findings.conflicts
        if c.about in measures and c.kind in ("dispute", "update", "correction") and not c.is_settled
    ]
    tally.found += len(found)
    for g in row.get("figure_conflicts", []):
        tally.gold += 1
        for conflict in found:
            said = " ".join(side.says for side in conflict.sides).replace(",", "").split()
            if conflict.about == g["measure"] and all(str(value) in said for value in g["values"]):
                tally.hit += 1
                tally.right += 1
                if "kind" in g:
                    kinds.match([g["kind"]], [conflict.kind.value])
                found.remove(conflict)
                break


def _score_soft_conflicts(row: Json, findings: Findings, tally: Tally) -> None:
    if "soft_conflicts" not in row:
        return
    found = [
        (c.about, c.kind.value) for c in findings.conflicts if c.kind in ("scope", "definition", "precision")
    ]
    tally.match([(g["measure"], g["kind"]) for g in row["soft_conflicts"]], list(found))


def _score_account_conflicts(row: Json, findings: Findings, tally: Tally) -> None:
    found = [c for c in findings.conflicts if c.kind == "account"]
    tally.found += len(found)
    for g in row.get("account_conflicts", []):
        tally.gold += 1
        for conflict in found:
            sides = sum(any(overlap(side.says, answer) for side in conflict.sides) for answer in g["sides"])
            if conflict.about == g["about"] and sides >= 2:
                tally.hit += 1
                tally.right += 1
                found.remove(conflict)
                break


def overlap(a: str, b: str) -> bool:
    """One text holds the other (quote marks, case and white space aside), or shares most of its words."""
    na, nb = plain(a), plain(b)
    if na in nb or nb in na:
        return True
    ta, tb = set(na.split()), set(nb.split())
    return bool(ta and tb) and len(ta & tb) >= 0.8 * min(len(ta), len(tb)) and min(len(ta), len(tb)) >= 3


def same_name(a: str, b: str) -> bool:
    """Equal names but for articles and case: "the mayor" is "mayor"."""
    na, nb = (
        plain(a).removeprefix("the ").removeprefix("a "),
        plain(b).removeprefix("the ").removeprefix("a "),
    )
    return na == nb or (len(na) > 4 and na in nb) or (len(nb) > 4 and nb in na)


def plain(text: str) -> str:
    table = str.maketrans({"’": "'", "‘": "'", "“": "", "”": "", '"': "", ",": "", ".": ""})
    return " ".join(text.translate(table).lower().split())
