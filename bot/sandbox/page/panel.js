// What the bot asked of Discord, call by call, what was wrong with it, and what it logged.

import { find, keepInOrder, make } from "./dom.js";
import { get } from "./server.js";

const CALLS_SHOWN = 60;
// The token in the address of an answer: long, and of no use to a reader.
const TOKEN = /[\w-]{40,}/;

export class Panel {
  constructor() {
    this.box = find("panel");
    this.button = find("inspect");
    this.picked = null;
    this.opener = this.button;
    // What a call looked like when it was drawn, and its element.
    this.drawn = new Map();
    this.button.addEventListener("click", () => this.toggle(this.box.hidden));
    find("panel-close").addEventListener("click", () => this.toggle(false));
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggle(false);
    });
  }

  // The focus goes in with the panel, and back to where it came from.
  toggle(open) {
    if (open) this.opener = document.activeElement;
    this.box.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return (this.opener.isConnected ? this.opener : this.button).focus();
    find("panel-title").focus();
    return this.refresh();
  }

  show(message) {
    this.picked = message;
    this.toggle(true);
    this.box.scrollTop = 0;
  }

  async refresh() {
    if (this.box.hidden) return;
    const [problems, calls, log] = await Promise.all([
      get("/control/problems"),
      get("/page/calls", { last: CALLS_SHOWN }),
      get("/page/log"),
    ]);
    find("picked").replaceChildren(...(this.picked ? [make("h3", {}, "Payload of the message"), json(this.picked)] : []));
    find("verdict").replaceChildren(...verdict(problems));
    keepInOrder(find("calls"), calls.reverse().map((call) => this.entry(call)));
    find("log").textContent = log.lines.join("\n") || "Nothing yet.";
  }

  // The element of a call is kept as long as nothing about it changes, with its state and the focus.
  entry(call) {
    const looks = JSON.stringify(call);
    const known = this.drawn.get(call.number);
    if (known?.looks === looks) return known.shown;
    const shown = make(
      "details",
      { open: Boolean(known?.shown.open) },
      make("summary", {}, `${call.status ?? call.fault ?? "…"} ${call.method} ${call.path.replace(TOKEN, "…")}`),
      json(call.body),
    );
    this.drawn.set(call.number, { looks, shown });
    return shown;
  }
}

const json = (value) => make("pre", {}, JSON.stringify(value, null, 1));

function verdict(problems) {
  if (!problems.length) return [make("p", { class: "good" }, "No objection: every request is as Discord takes it.")];
  return problems.map((problem) => make("p", { class: "bad" }, problem));
}
