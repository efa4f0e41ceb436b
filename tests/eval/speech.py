"""Who speaks and whether two outlets carry one statement: sets of our own, annotated before the reader saw them.

`speakers.jsonl` holds for each speaker what the text says of role, affiliation, country and kind (`null`: nothing; a
field that is left out is open to dispute and not scored); `statements.jsonl` pairs of reports with whether a reaction
of theirs is one statement. Their errors are looked at in the half "open" alone (by a hash of the text):
`python -m tests.eval.speech`.
"""

from __future__ import annotations

import datetime as dt

from digests.analysis.reactions import gather_reactions
from digests.extract import extract
from digests.text.document import make_document
from digests.types import Article, Speaker, StoryArticle
from tests.eval.own import Json, plain, read, rows, same_name
from tests.eval.tally import Tally

FIELDS = ("role", "affiliation", "country", "kind")
PUBLISHED = dt.date(2024, 3, 6)


def score_speakers() -> dict[str, Tally]:
    """Speakers found by name, and of all that are annotated each field: what is invented costs precision."""
    out: dict[str, Tally] = {}
    for row in rows("speakers.jsonl"):
        found = _speakers(row)
        half = row["half"]
        for wanted in row["speakers"]:
            speaker = next((one for one in found if same_name(wanted["name"], one.name)), None)
            tally = out.setdefault(f"speakers {half}", Tally())
            tally.match([True], [True] if speaker else [])
            for field in FIELDS:
                if field in wanted:
                    gold, got = wanted[field], _field(speaker, field)
                    if gold and got and _same(field, gold, got):
                        got = gold
                    whole = out.setdefault(f"speaker's {field} {half}", Tally())
                    whole.match([gold] if gold else [], [got] if got else [])
    return out


def score_merging() -> dict[str, Tally]:
    """Pairs of reports of which one statement is made, against those that carry one.

    What neither report's speaker says as a reaction (a plain count, a schedule) is left out.
    """
    out: dict[str, Tally] = {}
    for row in rows("statements.jsonl"):
        tally = out.setdefault(f"one statement {row['half']}", Tally())
        found = are_one(row)
        if found is not None:
            tally.match([row["same"]], [found])
    return out


def are_one(row: Json) -> bool | None:
    """Whether some statement of the two reports rests on both; `None` where nothing of them is shown."""
    items = []
    for name, text in zip("ab", row["reports"], strict=True):
        article = Article(
            id=name,
            source_id="own",
            external_id=name,
            text=text,
            outlet=f"Outlet {name}",
            published_on=PUBLISHED,
            published=dt.datetime(2024, 3, 6, tzinfo=dt.UTC),
        )
        items.append(
            StoryArticle(article=article, facts=extract(make_document(name, text, published=PUBLISHED)))
        )
    statements = [one for reaction in gather_reactions(items) for one in reaction.statements]
    if not statements:
        return None
    return any(len({citation.article_id for citation in one.citations}) == len(items) for one in statements)


def _speakers(row: Json) -> list[Speaker]:
    _, facts = read(row)
    return [quote.speaker for quote in facts.quotes if quote.speaker is not None]


def _field(speaker: Speaker | None, field: str) -> str | None:
    value = getattr(speaker, field) if speaker is not None else None
    return str(value) if value is not None else None


def _same(field: str, gold: str, got: str) -> bool:
    if field in ("country", "kind"):
        return gold == got
    return plain(gold) == plain(got) or (field == "affiliation" and same_name(gold, got))


def main() -> None:
    """Print what is wrong in the open half."""
    for row in rows("speakers.jsonl"):
        if row["half"] != "open":
            continue
        found = _speakers(row)
        for wanted in row["speakers"]:
            speaker = next((one for one in found if same_name(wanted["name"], one.name)), None)
            if speaker is None:
                print(f"{wanted['name']}: not read, but {[one.name for one in found]}\n    {row['text']}")
                continue
            for field in FIELDS:
                gold, got = wanted.get(field), _field(speaker, field)
                if field in wanted and gold != got and not (gold and got and _same(field, gold, got)):
                    print(f"{wanted['name']}: {field} {got}, not {gold}\n    {row['text']}")
    for row in rows("statements.jsonl"):
        if row["half"] == "open" and are_one(row) not in (None, row["same"]):
            print(
                f"one: {not row['same']}, not {row['same']}\n    {row['reports'][0]}\n    {row['reports'][1]}"
            )


if __name__ == "__main__":
    main()
