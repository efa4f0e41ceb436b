// What the bot asked of Discord, call by call, what was wrong with it, and what it logged.

import { find, make } from "./dom.js";
import { get } from "./server.js";

const CALLS_SHOWN = 60;
// The token in the address of an answer: long, and of no use to a reader.
const TOKEN = /[\w-]{40,}/;

export class Panel {
  constructor() {
    this.box = find("panel");
    this.button = find("inspect");
    this.picked = null;
    this.button.addEventListener("click", () => this.toggle(this.box.hidden));
  }

  toggle(open) {
    this.box.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.refresh();
  }

  show(message) {
    this.picked = message;
    this.toggle(true);
  }

  async refresh() {
    if (this.box.hidden) return;
    const [problems, calls, log] = await Promise.all([
      get("/control/problems"),
      get("/page/calls", { last: CALLS_SHOWN }),
      get("/page/log"),
    ]);
    const opened = new Set([...this.box.querySelectorAll("details[open]")].map((one) => one.dataset.key));
    this.box.replaceChildren(
      ...(this.picked ? [make("h2", {}, "Payload of the message"), json(this.picked)] : []),
      make("h2", {}, "The judge"),
      ...verdict(problems),
      make("h2", {}, "Requests, newest first"),
      ...calls.reverse().map((call) => entry(call, opened)),
      ...(log.lines.length ? [make("h2", {}, "Log"), make("pre", {}, log.lines.join("\n"))] : []),
    );
  }
}

const json = (value) => make("pre", {}, JSON.stringify(value, null, 1));

function verdict(problems) {
  if (!problems.length) return [make("p", { class: "good" }, "No objection: every request is as Discord takes it.")];
  return problems.map((problem) => make("p", { class: "bad" }, problem));
}

function entry(call, opened) {
  const key = String(call.number);
  const shown = make(
    "details",
    { open: opened.has(key) },
    make("summary", {}, `${call.status ?? call.fault ?? "…"} ${call.method} ${call.path.replace(TOKEN, "…")}`),
    json(call.body),
  );
  shown.dataset.key = key;
  return shown;
}
