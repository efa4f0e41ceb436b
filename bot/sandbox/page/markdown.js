// Discord's Markdown as elements (help pages "Markdown Text 101"; reference "Message Formatting").

import { link, make } from "./dom.js";

const INLINE = [
  [/^\\([^a-zA-Z0-9\s])/, (m) => m[1]],
  [/^``(.+?)``|^`([^`\n]+)`/, (m) => make("code", {}, m[1] ?? m[2])],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (m, names) => stamp(Number(m[1]), m[2] ?? "f", names.now())],
  [/^<@!?(\d+)>/, (m, names) => mention("@" + (names.users[m[1]] ?? "unknown"))],
  [/^<@&(\d+)>/, (m, names) => mention("@" + (names.roles[m[1]] ?? "unknown"))],
  [/^<#(\d+)>/, (m, names) => mention("#" + (names.channels[m[1]] ?? "unknown"))],
  [/^<\/([^:>]+):\d+>/, (m) => mention("/" + m[1])],
  [/^<a?:(\w+):\d+>/, (m) => `:${m[1]}:`],
  [/^<(https?:\/\/[^\s>]+)>/, (m) => link(m[1], m[1])],
  [/^\[((?:\\.|[^\[\]\\])*)\]\(<?((?:[^()<>\s]|\([^()<>\s]*\))+)>?(?: +"[^"]*")?\)/, (m, names) => link(m[2], ...inline(m[1], names))],
  [/^https?:\/\/[^\s<>]*[^\s<>.,:;"')\]]/, (m) => link(m[0], m[0])],
  [/^\*\*\*(?=\S)([\s\S]+?)\*\*\*/, (m, names) => make("b", {}, make("i", {}, ...inline(m[1], names)))],
  [/^\*\*(?=\S)([\s\S]+?)\*\*(?!\*)/, (m, names) => make("b", {}, ...inline(m[1], names))],
  [/^__(?=\S)([\s\S]+?)__(?!_)/, (m, names) => make("u", {}, ...inline(m[1], names))],
  [/^~~(?=\S)([\s\S]+?)~~/, (m, names) => make("s", {}, ...inline(m[1], names))],
  [/^\|\|([\s\S]+?)\|\|/, (m, names) => make("span", { class: "spoiler", tabindex: "0" }, ...inline(m[1], names))],
  [/^\*(?=\S)((?:\\.|[^*\\])+?)\*(?!\*)/, (m, names) => make("i", {}, ...inline(m[1], names))],
  [/^_(?=\S)((?:\\.|[^_\\])+?)_(?!\w)/, (m, names) => make("i", {}, ...inline(m[1], names))],
];
// Where a rule may begin; everything before it is plain.
const SPECIAL = /[\\`<\[*_~|]|https?:\/\//;

export function inline(text, names) {
  const found = [];
  let plain = "";
  let rest = text;
  while (rest) {
    const start = rest.search(SPECIAL);
    if (start === -1) {
      plain += rest;
      break;
    }
    plain += rest.slice(0, start);
    rest = rest.slice(start);
    // An underscore inside a word is a letter of it.
    const inWord = rest[0] === "_" && /\w$/.test(plain);
    const hit = inWord ? null : firstMatch(rest);
    if (hit) {
      if (plain) found.push(plain);
      plain = "";
      found.push(hit.rule(hit.match, names));
      rest = rest.slice(hit.match[0].length);
    } else {
      plain += rest[0];
      rest = rest.slice(1);
    }
  }
  if (plain) found.push(plain);
  return found;
}

function firstMatch(rest) {
  for (const [pattern, rule] of INLINE) {
    const match = pattern.exec(rest);
    if (match) return { match, rule };
  }
  return null;
}

const mention = (text) => make("span", { class: "mention" }, text);

// Styles of the reference, "Timestamp Styles".
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

function stamp(seconds, style, now) {
  const moment = new Date(seconds * 1000);
  const full = moment.toLocaleString(undefined, STYLES.F);
  const shown = style === "R" ? relative(seconds - now) : moment.toLocaleString(undefined, STYLES[style]);
  return make("time", { class: "stamp", datetime: moment.toISOString(), title: full }, shown);
}

function relative(seconds) {
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return words.format(Math.round(seconds / size), unit);
}

// A whole text: code blocks, headings, lists, quotes, small print, lines.
export function markdown(text, names) {
  const box = make("div", { class: "text" });
  // Every second part is the inside of a code block, without the name of its language.
  text.split(/```(?:[\w+-]+\n)?([\s\S]+?)```\n?/).forEach((part, index) => {
    if (index % 2) box.append(make("pre", { tabindex: "0" }, part.replace(/^\n|\n$/g, "")));
    else if (part) blocks(part.replace(/\n$/, ""), names, box);
  });
  return box;
}

function blocks(text, names, box) {
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    // Three marks quote all that follows, one its line.
    const isRest = lines[at].startsWith(">>> ");
    const end = isRest ? lines.length : lines.findIndex((line, index) => index >= at && !line.startsWith("> "));
    const quoted = lines.slice(at, end < 0 ? lines.length : end).map((line) => line.replace(/^(>>>|>) /, ""));
    if (quoted.length) {
      const quote = make("blockquote", {});
      for (const line of quoted) quote.append(block(line, names, quote));
      box.append(quote);
      at += quoted.length - 1;
    } else box.append(block(lines[at], names, box));
  }
}

// Below the page's own two levels; the first two of Discord's differ in size alone.
function heading(marks, words, names) {
  return make(marks.length < 3 ? "h3" : "h4", { class: marks.length === 1 ? "large" : null }, ...inline(words, names));
}

function block(line, names, box) {
  const found = /^(#{1,3}) +(.+)/.exec(line);
  if (found) return heading(found[1], found[2], names);
  if (line.startsWith("-# ")) return make("small", {}, ...inline(line.slice(3), names));
  const item = /^( *)(?:[-*]|(\d+)\.) +(.*)/.exec(line);
  if (item) return listed(item, names, box);
  return make("div", {}, ...(line ? inline(line, names) : [make("br")]));
}

function listed([, indent, number, words], names, box) {
  const depth = String(Math.min(5, Math.floor(indent.length / 2)));
  const entry = make("li", {}, ...inline(words, names));
  const last = box.lastElementChild;
  const tag = number ? "OL" : "UL";
  // A line of the same list joins it, so that a screen reader counts its entries.
  if (last?.tagName === tag && last.dataset.depth === depth) {
    last.append(entry);
    return "";
  }
  const list = make(tag, { start: number }, entry);
  list.dataset.depth = depth;
  list.style.marginLeft = `${depth * 16}px`;
  return list;
}
