// The messages of a channel: kept in step with the server, only what changed is drawn again.

import { exchange, find, keepInOrder, make } from "./dom.js";
import { attachments, components, embed } from "./components.js";
import { markdown } from "./markdown.js";

const LOADING = 1 << 7;
const PRIVATE = 1 << 6;

export class Messages {
  constructor({ names, use, enter, showRaw }) {
    this.box = find("messages");
    Object.assign(this, { names, use, enter, showRaw });
    this.clear();
  }

  clear() {
    this.shown = new Map();
    this.stamps = {};
    this.isFresh = true;
    this.followed = null;
    this.box.replaceChildren();
  }

  // `order`: ids as they stand; `changed`: messages that are new or other than before, each with its `stamp`.
  update({ order, changed }, hint) {
    const isAtEnd = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 80;
    // A whole channel is not read out; what comes after it is.
    this.box.setAttribute("aria-live", this.isFresh ? "off" : "polite");
    const newest = changed.filter((message) => !this.shown.has(message.id)).at(-1);
    for (const message of changed) {
      const drawn = this.draw(message);
      const old = this.shown.get(message.id);
      if (old) exchange(old, drawn);
      this.shown.set(message.id, drawn);
      this.stamps[message.id] = message.stamp;
    }
    const wanted = new Set(order);
    for (const id of this.shown.keys()) {
      if (wanted.has(id)) continue;
      this.shown.delete(id);
      delete this.stamps[id];
    }
    keepInOrder(this.box, order.length ? order.map((id) => this.shown.get(id)) : [hint]);
    this.scroll(newest, changed, isAtEnd);
    this.isFresh = false;
  }

  scroll(newest, changed, isAtEnd) {
    if (newest && (isAtEnd || this.isAwaited)) this.followed = newest.id;
    const subject = changed.find((message) => message.id === this.followed);
    if (subject) {
      this.follow(this.shown.get(subject.id));
      // An answer that is only announced is followed until it is there; what is edited later moves nothing.
      if (!(subject.flags & LOADING)) this.followed = null;
    } else if (isAtEnd && changed.length) this.box.scrollTop = this.box.scrollHeight;
  }

  // Whether what comes next answers what this person just did, wherever they have scrolled to.
  await(isAwaited) {
    this.isAwaited = isAwaited;
  }

  // To the end, but never past the beginning of what is new: long answers are read from their top.
  follow(element) {
    // What was never near the view has no height of its own yet.
    element.style.contentVisibility = "visible";
    element.scrollIntoView({ block: element.offsetHeight > this.box.clientHeight ? "start" : "end" });
    requestAnimationFrame(() => element.style.removeProperty("content-visibility"));
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
      { class: isPrivate ? "message private" : "message", "aria-label": `${message.author.username}, ${at.toLocaleString()}`, id: `m${message.id}`, tabindex: "-1" },
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
        message.thread ? make("button", { type: "button", class: "below", onclick: () => this.enter(message.thread.id) }, `↳ ${message.thread.name}`) : null,
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
