// The messages of a channel: kept in step with the server, only what changed is drawn again.

import { find, make } from "./dom.js";
import { attachments, components, embed } from "./components.js";
import { markdown } from "./markdown.js";

const LOADING = 1 << 7;
const PRIVATE = 1 << 6;

export class Messages {
  constructor({ names, use, showRaw }) {
    this.box = find("messages");
    this.names = names;
    this.use = use;
    this.showRaw = showRaw;
    this.clear();
  }

  clear() {
    this.shown = new Map();
    this.stamps = {};
    this.box.replaceChildren();
  }

  get count() {
    return this.shown.size;
  }

  // `order`: ids as they stand; `changed`: messages that are new or other than before, each with its `stamp`.
  update({ order, changed }, hint) {
    const isAtEnd = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 80;
    const newest = changed.filter((message) => !this.shown.has(message.id)).at(-1);
    for (const message of changed) {
      const drawn = this.draw(message);
      this.shown.get(message.id)?.replaceWith(drawn);
      this.shown.set(message.id, drawn);
      this.stamps[message.id] = message.stamp;
    }
    const wanted = new Set(order);
    for (const [id, element] of this.shown) {
      if (wanted.has(id)) continue;
      element.remove();
      this.shown.delete(id);
      delete this.stamps[id];
    }
    let before = null;
    for (const id of order) {
      const element = this.shown.get(id);
      const next = before ? before.nextElementSibling : this.box.firstElementChild;
      if (next !== element) this.box.insertBefore(element, next);
      before = element;
    }
    this.box.querySelector(".hint")?.remove();
    if (!order.length) this.box.append(make("p", { class: "hint" }, hint));
    if (newest && (isAtEnd || this.isAwaited)) {
      this.follow(this.shown.get(newest.id));
      this.isAwaited = false;
    } else if (isAtEnd && changed.length) this.box.scrollTop = this.box.scrollHeight;
  }

  // What comes next answers what this person just did, wherever they have scrolled to.
  await() {
    this.isAwaited = true;
  }

  // To the end, but never past the beginning of what is new: long answers are read from their top.
  follow(element) {
    element.scrollIntoView({ block: element.offsetHeight > this.box.clientHeight ? "start" : "end" });
  }

  draw(message) {
    const names = this.names();
    const context = { names, use: (action, what) => this.use(action, { message: message.id, ...what }) };
    const isApp = Boolean(message.author.bot);
    const at = new Date(message.timestamp);
    const about = message.asked
      ? make("div", { class: "asked" }, `${message.asked.by} used `, make("span", { class: "mention" }, message.asked.command))
      : null;
    const isPrivate = message.flags & PRIVATE;
    return make(
      "article",
      { class: isPrivate ? "message private" : "message", "aria-label": `${message.author.username}, ${at.toLocaleString()}`, id: `m${message.id}` },
      about,
      make("div", { class: isApp ? "face" : "face person", "aria-hidden": "true" }, message.author.username[0].toUpperCase()),
      make(
        "div",
        {},
        make(
          "div",
          { class: "who" },
          message.author.username,
          isApp ? make("span", { class: "app" }, "APP") : null,
          make("time", { datetime: message.timestamp }, at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })),
        ),
        message.flags & LOADING ? make("div", { class: "thinking" }, "is thinking …") : body(message, context),
        isPrivate ? make("div", { class: "foot" }, "Only you can see this") : null,
        message.edited_timestamp ? make("span", { class: "foot" }, "(edited)") : null,
      ),
      make("button", { type: "button", class: "raw", onclick: () => this.showRaw(message) }, "{ } payload"),
    );
  }
}

function body(message, context) {
  return [
    message.content ? markdown(message.content, context.names) : null,
    (message.embeds ?? []).map((item) => embed(item, context)),
    components(message.components, context),
    attachments(message),
  ].flat();
}
