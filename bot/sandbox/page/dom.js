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
