"""Three invented stories as JSON articles: enough for a card, figures that conflict, reactions and a timeline.

Each outlet has a text of its own, so that they count as independent voices and not as copies.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

__all__ = ["FERRY", "MILL", "STORIES", "STRIKE", "mill_report", "write_jsonl"]

Article = dict[str, str]


def _article(key: str, outlet: str, published: str, title: str, *paragraphs: str) -> Article:
    host = outlet.lower().replace(" ", "-")
    return {
        "id": key,
        "outlet": outlet,
        "published": published,
        "title": title,
        "text": "\n\n".join(paragraphs),
        "url": f"https://{host}.example/{key}",
    }


FERRY: tuple[Article, ...] = (
    _article(
        "ferry-1", "Coast Wire", "2026-03-04T09:10:00Z",
        "Ferry capsizes off Port Caldera, at least 12 dead",
        "PORT CALDERA - At least 12 people were killed when a passenger ferry capsized off Port Caldera on Wednesday, "
        "the coastguard said.",
        "The Santa Brava went down shortly after 5am in heavy swell, two miles outside the harbour of Port Caldera. "
        "Three children were among the dead, the coastguard added.",
        "“We are still searching with every boat that floats,” said coastguard commander Rui Almada.",
        "In 2011, a fishing boat sank in the same channel and seven people drowned.",
    ),
    _article(
        "ferry-2", "Harbour Gazette", "2026-03-04T13:40:00Z",
        "Port Caldera ferry disaster: governor says 19 dead",
        "Nineteen people died when the ferry Santa Brava capsized near Port Caldera on Wednesday, regional governor "
        "Marta Seixas told reporters at the harbour.",
        "Another 23 people were injured, according to the Santa Clara hospital.",
        "Divers reached the wreck of the ferry at noon. An inquiry is to open on Friday, the transport ministry said.",
        "“The operator sold more tickets than the ferry has seats,” Seixas said.",
    ),
    _article(
        "ferry-3", "Island Radio", "2026-03-04T14:20:00Z",
        "Mourning in Port Caldera after ferry sinks",
        "Church bells rang in Port Caldera on Wednesday for the passengers of the Santa Brava, the ferry that "
        "capsized off the harbour before dawn.",
        "Seventeen people were killed, the navy said. The operator, Linhas do Sul, denied that the ferry was "
        "overloaded and blamed a sudden squall.",
        "Norwegian Foreign Minister Ingrid Solheim said Norway would send divers. “Portugal can count on us,” "
        "she said.",
    ),
)  # fmt: skip

MILL: tuple[Article, ...] = (
    _article(
        "mill-1", "Delta News", "2026-03-05T07:30:00Z",
        "Fire destroys textile mill in Kisumu, eight killed",
        "KISUMU - Eight workers were killed in a fire that destroyed a textile mill in Kisumu late on Wednesday, "
        "Kenyan police said.",
        "The blaze began in the dyeing hall of the mill at about 10pm. Forty people were injured, the Kenya Red Cross "
        "said.",
        "“The back gate was locked,” said one of the workers, who jumped from a window.",
    ),
    _article(
        "mill-2", "Lakeside Post", "2026-03-05T11:15:00Z",
        "Kisumu mill fire: families wait outside hospital",
        "Families waited outside the county hospital of Kisumu on Thursday after a fire swept through a textile mill "
        "and killed eight workers.",
        "County governor Peter Oloo ordered three other mills to close until they have been inspected.",
        "“No shirt is worth a life,” Oloo said.",
    ),
)  # fmt: skip

STRIKE: tuple[Article, ...] = (
    _article(
        "strike-1", "Alpine Courier", "2026-03-05T16:00:00Z",
        "Rail strike halts night trains across Austria",
        "VIENNA - A strike by signal staff halted all night trains in Austria on Thursday, the railway union said.",
        "The walkout in Vienna, Linz and Graz began at 6pm and is to end on Saturday morning.",
        "“Nobody should work eleven nights in a row,” union leader Eva Brandner said.",
    ),
    _article(
        "strike-2", "Danube Herald", "2026-03-05T19:20:00Z",
        "Night trains stand still as Austrian signal staff strike",
        "Thousands of travellers were stranded in Austria on Thursday as signal staff went on strike and night trains "
        "stood still in Vienna and Graz.",
        "Austrian Transport Minister Karl Winter called the strike irresponsible and invited the union to talks on "
        "Friday.",
    ),
)  # fmt: skip

STORIES: tuple[tuple[Article, ...], ...] = (FERRY, MILL, STRIKE)


def mill_report(count: int, now: dt.datetime) -> Article:
    """One more outlet on the mill, with `count` dead: higher than all before, it moves the figure."""
    text = (
        f"KISUMU - {count} workers were killed in the fire that destroyed a textile mill in Kisumu on Wednesday, "
        "Kenyan police said."
    )
    return {
        **MILL[0],
        "id": f"mill-{count}",
        "outlet": f"Outlet {count}",
        "published": now.isoformat(),
        "url": f"https://x.example/{count}",
        "title": f"Textile mill fire in Kisumu {count}",
        "text": text,
    }


def write_jsonl(path: Path) -> Path:
    """All articles as JSON Lines, for `sitrep load`."""
    lines = [json.dumps(article, ensure_ascii=False) for story in STORIES for article in story]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
