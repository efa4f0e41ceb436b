// An input with a list of suggestions, by the pattern "Combobox" of the ARIA Authoring Practices.

import { make } from "./dom.js";

let made = 0;

// `suggest(text)` gives (or promises) lines {label, note?, ...}; `choose(line)` is called with the one that was taken.
export function withChoices(input, { suggest, choose }) {
  made += 1;
  const list = make("ul", { class: "list", role: "listbox", id: `list${made}`, "aria-label": "Suggestions", hidden: true });
  const at = (name, value) => input.setAttribute(name, value);
  at("role", "combobox");
  at("aria-autocomplete", "list");
  at("aria-controls", list.id);
  let lines = [];
  // What stood in the field when the lines were asked for.
  let linesFor = null;
  let marked = -1;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    marked = -1;
    at("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    marked = index;
    [...list.children].forEach((entry, number) => entry.setAttribute("aria-selected", String(number === index)));
    const entry = list.children[index];
    if (!entry) return input.removeAttribute("aria-activedescendant");
    at("aria-activedescendant", entry.id);
    entry.scrollIntoView({ block: "nearest" });
  };
  const take = (index) => {
    const line = lines[index];
    close();
    choose(line);
  };
  const open = async () => {
    asked += 1;
    const mine = asked;
    const text = input.value;
    const found = await suggest(text);
    // An answer that comes after a later question is old.
    if (mine !== asked || document.activeElement !== input) return;
    lines = found;
    linesFor = text;
    list.replaceChildren(
      ...lines.map((line, index) =>
        make(
          "li",
          { role: "option", id: `${list.id}-${index}`, onmousedown: (event) => (event.preventDefault(), take(index)) },
          line.label,
          line.note ? make("small", {}, line.note) : null,
        ),
      ),
    );
    list.hidden = lines.length === 0;
    at("aria-expanded", String(lines.length > 0));
    // Enter in an empty field sends; once something is typed it takes the first line.
    mark(lines.length && input.value ? 0 : -1);
  };
  // Whoever types on and presses Enter at once means the lines for what stands there now.
  const takeMarked = async () => {
    clearTimeout(soon);
    if (linesFor !== input.value) await open();
    if (marked >= 0) take(marked);
  };
  let soon;
  input.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(open, 80);
  });
  input.addEventListener("focus", open);
  input.addEventListener("blur", () => {
    asked += 1;
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) mark(marked < 0 && event.key === "ArrowUp" ? lines.length - 1 : (marked + steps[event.key] + lines.length) % lines.length);
    else if (event.key === "Enter" && (marked >= 0 || linesFor !== input.value)) takeMarked();
    else if (event.key === "Tab" && marked >= 0 && linesFor === input.value) take(marked);
    else if (event.key === "Escape") close();
    else return;
    // Tab goes on to the next field with the choice taken.
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  });
  at("aria-expanded", "false");
  return { list, close, open };
}
