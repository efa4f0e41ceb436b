// The box for messages and slash commands: completes names and options from what the bot registered.

import { find, make } from "./dom.js";
import { records } from "./components.js";
import { withChoices } from "./choices.js";

// Option types of the reference, "Application Command Option Type".
const SUBCOMMAND = 1;
const GROUP = 2;
const INTEGER = 4;
const BOOLEAN = 5;
const NUMBER = 10;
const RECORD_TYPES = { 6: 5, 7: 8, 8: 6, 9: 7 };

// Every command that can be sent: its words, description, options.
export function flatten(commands) {
  const walk = (words, part) => {
    const below = (part.options ?? []).filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
    if (below.length) return below.flatMap((option) => walk([...words, option.name], option));
    return [{ name: words.join(" "), description: part.description, options: part.options ?? [] }];
  };
  return commands.filter((command) => (command.type ?? 1) === 1).flatMap((command) => walk([command.name], command));
}

export class Composer {
  constructor({ commands, names, send, say, complete }) {
    Object.assign(this, { commands, names, send, say, complete });
    this.form = find("composer");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.command) this.reset();
    });
    this.reset(false);
  }

  reset(focus = true) {
    this.command = null;
    this.fields = [];
    this.input = make("input", { id: "command", placeholder: "Type / for commands", "aria-label": "Message or /command" });
    const choices = withChoices(this.input, {
      suggest: (text) => this.matching(text).map((found) => ({ label: "/" + found.name, note: found.description, found })),
      choose: ({ found }) => this.choose(found),
    });
    this.form.replaceChildren(this.input, choices.list);
    if (focus) this.input.focus();
  }

  matching(text) {
    if (!text.startsWith("/")) return [];
    const wanted = text.slice(1).trim().toLowerCase();
    const all = flatten(this.commands());
    return [...all.filter((one) => one.name.startsWith(wanted)), ...all.filter((one) => !one.name.startsWith(wanted) && one.name.includes(wanted))];
  }

  // A command without the list: from a button elsewhere in the page.
  begin(name) {
    const found = flatten(this.commands()).find((one) => one.name === name);
    if (found) this.choose(found);
  }

  choose(command) {
    this.command = command;
    this.fields = command.options.map((option) => this.field(option));
    this.form.replaceChildren(
      make(
        "div",
        { class: "chosen" },
        make("span", { class: "name" }, "/" + command.name),
        this.fields.map((field) => field.shown),
        make("button", { class: "send" }, "Send"),
        make("button", { type: "button", onclick: () => this.reset() }, "Cancel"),
      ),
      make("p", { class: "about", "aria-hidden": "true" }, command.description),
    );
    (this.fields[0]?.input ?? this.form.querySelector(".send")).focus();
  }

  field(option) {
    const id = `option-${option.name}`;
    const shown = make("div", { class: "option" }, make("label", { for: id }, option.name + (option.required ? " *" : "")));
    const field = { name: option.name, option, shown };
    if (option.choices?.length || option.type === BOOLEAN || option.type in RECORD_TYPES) this.makeSelect(field);
    else this.makeInput(field);
    field.input.id = id;
    this.describe(field);
    shown.append(field.input);
    if (field.list) shown.append(field.list);
    return field;
  }

  // Said with the field by a screen reader, and shown below the fields while one of them has the focus.
  describe(field) {
    const { name, description } = field.option;
    const told = make("span", { id: `about-${name}`, hidden: true }, description);
    field.input.setAttribute("aria-describedby", told.id);
    field.shown.append(told);
    field.input.addEventListener("focus", () => {
      this.form.querySelector(".about").textContent = `${name}: ${description}`;
    });
  }

  makeSelect(field) {
    const { option } = field;
    let lines = option.choices?.map((choice) => ({ label: choice.name, value: choice.value }));
    if (option.type === BOOLEAN) lines = [{ label: "true", value: true }, { label: "false", value: false }];
    lines ??= records(RECORD_TYPES[option.type], this.names());
    field.input = make(
      "select",
      { required: Boolean(option.required), "data-option": option.name },
      make("option", { value: "" }, "–"),
      lines.map((line, index) => make("option", { value: String(index) }, line.label)),
    );
    field.read = () => (field.input.value === "" ? undefined : lines[Number(field.input.value)].value);
  }

  makeInput(field) {
    const { option } = field;
    const isNumber = option.type === INTEGER || option.type === NUMBER;
    field.input = make("input", { required: Boolean(option.required), inputmode: isNumber ? "decimal" : "text", "data-option": option.name });
    field.read = () => {
      const text = field.input.value.trim();
      if (!text) return undefined;
      // A line that was chosen sends its value, as long as its words stand there.
      if (field.chosen?.label === text) return field.chosen.value;
      return isNumber ? Number(text) : text;
    };
    if (!option.autocomplete) return;
    const choices = withChoices(field.input, {
      suggest: async (typed) => {
        const found = await this.complete(this.command.name, option.name, typed, this.values(option.name));
        return found.map((choice) => ({ label: choice.name, value: choice.value }));
      },
      choose: (line) => {
        field.input.value = line.label;
        field.chosen = line;
      },
    });
    field.list = choices.list;
  }

  values(without) {
    const given = this.fields.filter((field) => field.name !== without).map((field) => [field.name, field.read()]);
    return Object.fromEntries(given.filter(([, value]) => value !== undefined));
  }

  submit() {
    if (this.command) {
      const { name } = this.command;
      const values = this.values();
      this.reset();
      this.send(name, values);
      return;
    }
    const text = this.input.value.trim();
    if (!text) return;
    if (!text.startsWith("/")) {
      this.input.value = "";
      this.say(text);
      return;
    }
    const [first] = this.matching(text);
    if (first) this.choose(first);
  }
}
