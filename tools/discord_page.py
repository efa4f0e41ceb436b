"""A message of the bot as a web page that looks as Discord shows it: its Components V2, its Markdown, its files.

Only what the bot uses is drawn; anything else is named in the page, so that a picture never hides it.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import re
from collections.abc import Mapping
from typing import Any

CONTAINER, ROW, BUTTON, TEXT, GALLERY, SEPARATOR = 17, 1, 2, 10, 12, 14
PAGE = """<!doctype html><meta charset="utf-8"><style>
* { box-sizing: border-box; margin: 0; }
body { background: #313338; color: #dbdee1; font: 16px/1.375 "gg sans", "Noto Sans", "Liberation Sans", sans-serif;
  width: %(width)dpx; padding: 16px; }
.message { display: grid; grid-template-columns: 40px 1fr; column-gap: 16px; margin-bottom: 20px; }
.face { width: 40px; height: 40px; border-radius: 50%%; background: #5865f2; color: #fff; font-weight: 700;
  text-align: center; line-height: 40px; }
.who { color: #fff; font-weight: 600; } .who small { color: #949ba4; font-weight: 400; margin-left: 6px; }
.app { background: #5865f2; color: #fff; border-radius: 3px; font-size: 10px; padding: 1px 4px; vertical-align: 2px; }
.asked { color: #949ba4; font-size: 14px; grid-column: 2; }
.container { background: #2b2d31; border: 1px solid #3b3d44; border-left: 4px solid; border-radius: 8px;
  padding: 14px 16px; max-width: 600px; margin-top: 4px; }
.text + .text { margin-top: 8px; } h2 { font-size: 20px; color: #f2f3f5; } h3 { font-size: 16px; color: #f2f3f5; }
h2, h3 { line-height: 1.375; margin: 6px 0 2px; } small.sub { font-size: 13px; color: #949ba4; display: block; }
ul { padding-left: 20px; } a { color: #00a8fc; text-decoration: none; } b { color: #f2f3f5; }
blockquote { border-left: 4px solid #4e5058; padding-left: 10px; border-radius: 2px; }
hr { border: 0; border-top: 1px solid #4e505880; margin: 10px 0; }
code { background: #1e1f22; border-radius: 4px; padding: 1px 4px; font-size: 14px; }
.time { background: #4e505850; border-radius: 3px; padding: 0 2px; }
img { width: 100%%; border-radius: 8px; margin-top: 8px; display: block; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; max-width: 600px; }
.button { background: #4e5058; color: #fff; border-radius: 8px; padding: 5px 14px; font-size: 14px; font-weight: 500; }
.unknown { color: #f66; }
</style><body>%(body)s</body>"""


def message_page(messages: list[tuple[str, dict[str, Any], Mapping[str, bytes]]], *, width: int) -> str:
    """The page of messages: (what was asked, the message as Discord keeps it, its files)."""
    body = "".join(
        f'<div class="message"><div class="face">S</div><div><div class="asked">{html.escape(asked)}</div>'
        f'<div class="who">Sitrep <span class="app">APP</span></div>{_components(message, files)}</div></div>'
        for asked, message, files in messages
    )
    return PAGE % {"width": width, "body": body}


def _components(message: dict[str, Any], files: Mapping[str, bytes]) -> str:
    content = f'<div class="text">{to_html(message["content"])}</div>' if message.get("content") else ""
    return content + "".join(_component(item, files) for item in message.get("components", []))


def _component(item: dict[str, Any], files: Mapping[str, bytes]) -> str:
    inner = "".join(_component(child, files) for child in item.get("components", []))
    match item["type"]:
        case 17:
            colour = f"#{item.get('accent_color') or 0x3B3D44:06x}"
            return f'<div class="container" style="border-left-color:{colour}">{inner}</div>'
        case 1:
            return f'<div class="row">{inner}</div>'
        case 2:
            return f'<span class="button">{html.escape(item.get("label") or "")}</span>'
        case 10:
            return f'<div class="text">{to_html(item["content"])}</div>'
        case 12:
            return "".join(_image(entry, files) for entry in item["items"])
        case 14:
            return "<hr>"
    return f'<div class="unknown">component of type {item["type"]}</div>'


def _image(entry: dict[str, Any], files: Mapping[str, bytes]) -> str:
    name = entry["media"]["url"].rsplit("/", 1)[-1].split("?")[0]
    data = base64.b64encode(files[name]).decode()
    return f'<img src="data:image/png;base64,{data}" alt="{html.escape(entry.get("description") or "")}">'


def to_html(text: str) -> str:
    """Discord's Markdown, as far as the bot writes it."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("### "):
            lines.append(f"<h3>{_inline(line[4:])}</h3>")
        elif line.startswith("## "):
            lines.append(f"<h2>{_inline(line[3:])}</h2>")
        elif line.startswith("-# "):
            lines.append(f'<small class="sub">{_inline(line[3:])}</small>')
        elif line.startswith("> "):
            lines.append(f"<blockquote>{_inline(line[2:])}</blockquote>")
        elif match := re.match(r"( *)- (.*)", line):
            lines.append(f'<ul style="margin-left:{len(match[1]) * 8}px"><li>{_inline(match[2])}</li></ul>')
        else:
            lines.append(f"<div>{_inline(line) or '&nbsp;'}</div>")
    return "".join(lines)


def _inline(text: str) -> str:
    kept: list[str] = []

    def keep(char: str) -> str:
        kept.append(char)
        return f"\x00{len(kept) - 1}\x00"

    text = re.sub(r"<t:(-?\d+)(?::(\w))?>", lambda m: keep(_time(int(m[1]), m[2] or "f")), text)
    text = re.sub(r"\\([^a-zA-Z0-9\s])", lambda m: keep(html.escape(m[1])), text)
    text = re.sub(r"`([^`]+)`", lambda m: keep(f"<code>{html.escape(m[1])}</code>"), text)
    text = re.sub(
        r"\]\(<?([^()<>\s]+)>?\)", lambda m: "]" + keep(f'<a title="{html.escape(m[1])}">') + "\x01", text
    )
    text = html.escape(text, quote=False)
    text = re.sub(r"\[([^\[\]]*)\](\x00\d+\x00)\x01", r"\2\1</a>", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<!\w)[*_](.+?)[*_](?!\w)", r"<i>\1</i>", text)
    return re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m[1])], text)


def _time(seconds: int, style: str) -> str:
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    day = f"{moment.day} {moment:%B %Y}"
    words = {"D": day, "d": f"{moment:%d/%m/%Y}", "t": f"{moment:%H:%M}", "R": "2 days ago"}
    return f'<span class="time">{words.get(style, f"{day} {moment:%H:%M}")}</span>'
