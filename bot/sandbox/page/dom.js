// Making elements. Text is only ever set as text: nothing that an article says becomes markup here.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const find = (id) => document.getElementById(id);

// Makes `entries` the children of a box and moves none that stands right: what is moved loses the focus.
export function keepInOrder(box, entries) {
  const wanted = new Set(entries);
  for (const child of [...box.children]) if (!wanted.has(child)) child.remove();
  let next = box.firstElementChild;
  for (const entry of entries) {
    if (entry === next) next = next.nextElementSibling;
    else box.insertBefore(entry, next);
  }
}

const FOCUSABLE = "button, a[href], select, input, textarea, [tabindex]";

// Puts one element in the place of another; the focus stays on the control with the same words, or at the same place.
export function exchange(old, drawn) {
  const controls = [...old.querySelectorAll(FOCUSABLE)];
  const at = controls.indexOf(document.activeElement);
  const words = at < 0 ? "" : controls[at].textContent;
  old.replaceWith(drawn);
  if (at < 0) return;
  const found = [...drawn.querySelectorAll(FOCUSABLE)].filter((control) => !control.disabled);
  const same = found.find((control) => control.textContent === words) ?? found[at] ?? found.at(-1);
  (same ?? drawn).focus({ preventScroll: true });
}

// Only these lead anywhere; anything else is shown as text.
export function link(address, ...children) {
  if (!/^https?:\/\//i.test(address)) return make("span", {}, ...children);
  return make("a", { href: address, target: "_blank", rel: "noreferrer noopener", title: address }, ...children);
}

// A file of this server, whatever name the page was opened under.
export function localFile(address) {
  try {
    return new URL(address).pathname;
  } catch {
    return "";
  }
}
