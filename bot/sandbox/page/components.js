// Embeds and components of a message (reference "Component Object"). What is not known is named, never hidden.

import { find, link, localFile, make } from "./dom.js";
import { markdown, inline } from "./markdown.js";

const STYLES = { 1: "primary", 2: "", 3: "success", 4: "danger", 5: "" };
const RECORDS = { 5: "users", 6: "roles", 7: "mentionables", 8: "channels" };

export function components(items, context) {
  return (items ?? []).map((item) => (KINDS[item.type] ?? unknown)(item, context));
}

const KINDS = {
  1: (item, context) => make("div", { class: "row" }, components(item.components, context)),
  2: button,
  3: menu,
  5: menu,
  6: menu,
  7: menu,
  8: menu,
  9: (item, context) =>
    make(
      "div",
      { class: "section" },
      make("div", { class: "said" }, components(item.components, context)),
      components([item.accessory], context),
    ),
  10: (item, context) => markdown(item.content, context.names),
  11: (item) => image(item, "thumbnail"),
  12: (item) => make("div", { class: "gallery" }, item.items.map((entry) => image(entry, ""))),
  13: (item) => file(item.file.url, item.file.url.split("/").at(-1)),
  14: (item) => make("hr", { class: (item.spacing === 2 ? "wide" : "") + (item.divider === false ? " none" : "") }),
  17: container,
};

function unknown(item) {
  return make("div", { class: "unknown" }, `component of type ${item.type}`);
}

function colour(number) {
  return number === null || number === undefined ? "" : "#" + number.toString(16).padStart(6, "0");
}

function container(item, context) {
  const box = make("div", { class: "container" }, components(item.components, context));
  box.style.borderLeftColor = colour(item.accent_color);
  return box;
}

function button(item, context) {
  const face = [item.emoji?.name, item.label].filter(Boolean).join(" ");
  if (item.url) return link(item.url, face + " ↗");
  return make(
    "button",
    {
      type: "button",
      class: STYLES[item.style] ?? "",
      disabled: Boolean(item.disabled),
      onclick: () => context.use("click", { button: item.custom_id }),
    },
    face,
  );
}

function menu(item, context) {
  const options = item.options ?? records(item.type, context.names);
  const many = (item.max_values ?? 1) > 1;
  const chosen = make(
    "select",
    { "aria-label": item.placeholder || "Choose", disabled: Boolean(item.disabled), multiple: many },
    many ? null : make("option", { value: "", disabled: true, selected: true }, item.placeholder || "Choose"),
    options.map((option) => make("option", { value: option.value, selected: Boolean(option.default) && many }, option.label)),
  );
  chosen.addEventListener("change", () => {
    const values = [...chosen.selectedOptions].map((option) => option.value);
    if (values.length >= (item.min_values ?? 1)) context.use("select", { menu: item.custom_id, values });
  });
  return chosen;
}

export function records(type, names) {
  const kinds = RECORDS[type] === "mentionables" ? ["users", "roles"] : [RECORDS[type]];
  return kinds.flatMap((kind) => Object.entries(names[kind]).map(([value, label]) => ({ value, label })));
}

function image(entry, className) {
  const source = entry.media.url;
  const path = localFile(source);
  // Pictures of other machines are not loaded: the page asks nobody but this one.
  if (!path.startsWith("/cdn/")) return make("div", { class: "unknown" }, `picture from ${source}`);
  return make("img", { class: className, src: path, alt: entry.description ?? "", loading: "lazy" });
}

function file(address, name) {
  return make("div", { class: "file" }, make("a", { href: localFile(address), download: name }, name));
}

export function attachments(message) {
  const used = JSON.stringify([message.components, message.embeds]);
  return (message.attachments ?? [])
    .filter((item) => !used.includes(item.url))
    .map((item) =>
      item.content_type?.startsWith("image/")
        ? make("div", { class: "attachment" }, image({ media: { url: item.url }, description: item.description }, ""))
        : file(item.url, item.filename),
    );
}

export function embed(item, context) {
  const box = make(
    "div",
    { class: "embed" },
    item.author ? make("div", { class: "foot" }, item.author.name) : null,
    item.title ? make("div", { class: "title" }, item.url ? link(item.url, item.title) : item.title) : null,
    item.description ? markdown(item.description, context.names) : null,
    item.fields?.length
      ? make(
          "div",
          { class: "fields" },
          item.fields.map((field) =>
            make(
              "div",
              { class: field.inline ? "field inline" : "field" },
              make("b", {}, ...inline(field.name, context.names)),
              markdown(field.value, context.names),
            ),
          ),
        )
      : null,
    item.image ? image({ media: item.image }, "") : null,
    item.footer ? make("div", { class: "foot" }, item.footer.text) : null,
  );
  box.style.borderLeftColor = colour(item.color);
  return box;
}

// A form (modal) that an answer opened; resolves to the values, or to null when it is closed.
export function askForm(modal, names) {
  const dialog = find("form");
  const fields = modal.components.flatMap((part) => formField(part, names));
  return new Promise((done) => {
    let values = null;
    const body = make(
      "form",
      {
        method: "dialog",
        onsubmit: () => {
          values = Object.fromEntries(fields.filter((field) => field.read).map((field) => [field.id, field.read()]));
        },
      },
      make("h2", { id: "form-title" }, modal.title),
      fields.map((field) => field.shown),
      make(
        "menu",
        {},
        make("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
        make("button", { class: "send" }, "Send"),
      ),
    );
    dialog.replaceChildren(body);
    dialog.addEventListener("close", () => done(values), { once: true });
    dialog.showModal();
  });
}

function formField(part, names) {
  if (part.type === 1) return part.components.map((field) => inputField(field, field.label ?? "", "", names));
  if (part.type === 18) return [inputField(part.component, part.label, part.description ?? "", names)];
  if (part.type === 10) return [{ shown: markdown(part.content, names) }];
  return [{ shown: unknown(part) }];
}

function inputField(field, label, description, names) {
  const required = field.required ?? true;
  let input;
  let read;
  if (field.type === 4) {
    const limits = { required, minlength: field.min_length && String(field.min_length), maxlength: String(field.max_length ?? 4000) };
    input = make(field.style === 2 ? "textarea" : "input", { ...limits, placeholder: field.placeholder });
    input.value = field.value ?? "";
    read = () => input.value;
  } else {
    const options = field.options ?? (RECORDS[field.type] ? records(field.type, names) : []);
    const many = (field.max_values ?? 1) > 1;
    input = make(
      "select",
      { required, multiple: many },
      many || required ? null : make("option", { value: "" }, "–"),
      options.map((option) => make("option", { value: option.value, selected: Boolean(option.default) }, option.label)),
    );
    read = () => [...input.selectedOptions].map((option) => option.value).filter(Boolean);
  }
  const note = description ? make("small", {}, description) : null;
  return { id: field.custom_id, shown: make("label", {}, label, note, input), read };
}
