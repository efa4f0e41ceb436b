// The page: who looks, at which channel, and keeping it in step with the server.

import { find, make } from "./dom.js";
import { askForm } from "./components.js";
import { Composer } from "./composer.js";
import { Messages } from "./messages.js";
import { Panel } from "./panel.js";
import { get, post } from "./server.js";

const TEXT_LIKE = new Set([0, 1, 5, 10, 11, 12]);
const FORUM = 15;
const EXAMPLES = ["digest", "casualties", "help"];
const MARKS = { 0: "#", 1: "@", 5: "»", 10: "↳", 11: "↳", 12: "↳", 15: "≡" };

let state = null;
let channel = null;
let clockAt = { now: 0, read: 0 };

const panel = new Panel();
const messages = new Messages({ names, use: act, enter, showRaw: (message) => panel.show(message) });
const composer = new Composer({
  commands: () => state?.commands ?? [],
  names,
  send: (name, options) => act("slash", { name, options }),
  say: (text) => act("say", { text }),
  complete: async (name, option, typed, options) => {
    try {
      return (await post("/control/complete", { user: person(), channel, name, option, typed, options })).choices;
    } catch (error) {
      notice(error.message, true);
      return [];
    }
  },
});

const person = () => find("person").value || undefined;
const nowSeconds = () => clockAt.now + (performance.now() - clockAt.read) / 1000;

function names() {
  return {
    users: Object.fromEntries((state?.people ?? []).map((one) => [one.id, one.name])),
    roles: Object.fromEntries((state?.roles ?? []).map((one) => [one.id, one.name])),
    channels: Object.fromEntries((state?.channels ?? []).filter((one) => one.type !== 1).map((one) => [one.id, one.name])),
    now: nowSeconds,
  };
}

function notice(text, bad = false) {
  const box = find("notice");
  box.textContent = text;
  box.classList.toggle("bad", bad);
}

// A command, a button, a menu, a form: sent, and the form that the answer opens asked for.
async function act(action, what) {
  notice("");
  messages.await(true);
  let answer;
  try {
    answer = await post(`/control/${action}`, { user: person(), channel, ...what });
    await refresh();
  } catch (error) {
    return notice(error.message, true);
  } finally {
    messages.await(false);
  }
  if (!answer.modal) return undefined;
  const values = await askForm(answer.modal, names());
  return values ? act("submit", { answer: answer.id, values }) : undefined;
}

let channelsDrawn = "";

// Only when something about them is other than before: drawn anew they would lose the focus.
function drawChannels() {
  const looks = JSON.stringify([state.guild?.name, state.channels, channel]);
  if (looks === channelsDrawn) return;
  channelsDrawn = looks;
  const groups = [
    [state.guild?.name ?? "Server", state.channels.filter((one) => one.type !== 1)],
    ["Private messages", state.channels.filter((one) => one.type === 1)],
  ];
  find("channels").replaceChildren(
    ...groups
      .filter(([, list]) => list.length)
      .flatMap(([title, list]) => [
        make("h2", {}, title),
        ...list.map((one) =>
          make(
            "button",
            {
              type: "button",
              class: one.parent ? "thread" : "",
              "aria-current": one.id === channel ? "page" : null,
              "data-channel": one.name,
              onclick: () => enter(one.id),
            },
            `${MARKS[one.type] ?? "#"} ${one.type === 1 ? state.bot : one.name}`,
          ),
        ),
      ]),
  );
}

function drawPlace() {
  const here = state.channels.find((one) => one.id === channel);
  find("place").textContent = here ? `${MARKS[here.type] ?? "#"} ${here.type === 1 ? state.bot : here.name}` : "…";
  find("topic").textContent = here?.topic ?? (state.online ? "" : "The bot is not connected.");
  find("composer").hidden = !here || !TEXT_LIKE.has(here.type);
}

async function enter(id) {
  channel = id;
  messages.clear();
  unfold("menu", "channels", false);
  await refresh();
  find("command")?.focus();
}

function drawPeople() {
  const select = find("person");
  const wanted = select.value || new URLSearchParams(location.search).get("as");
  select.replaceChildren(...state.people.filter((one) => one.played).map((one) => make("option", { value: one.id }, one.name)));
  const chosen = state.people.find((one) => one.id === wanted || one.name === wanted);
  if (chosen) select.value = chosen.id;
}

let running = null;
let again = false;

// One refresh at a time; what happens meanwhile is seen by one more.
async function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = load().finally(() => {
    running = null;
  });
  await running;
  if (again) {
    again = false;
    await refresh();
  }
  return undefined;
}

async function load() {
  state = await get("/page/state", person() ? { user: person() } : {});
  clockAt = { now: Date.parse(state.now) / 1000, read: performance.now() };
  if (!person()) {
    drawPeople();
    state = await get("/page/state", { user: person() });
  }
  if (!state.channels.some((one) => one.id === channel)) {
    const named = new URLSearchParams(location.search).get("in");
    channel = (state.channels.find((one) => one.name === named) ?? state.channels.find((one) => TEXT_LIKE.has(one.type)))?.id ?? null;
    messages.clear();
  }
  tick();
  drawChannels();
  drawPlace();
  find("clock").hidden = find("restart").hidden = !state.staged;
  if (channel) {
    const update = await post("/page/messages", { user: person(), channel, known: messages.stamps });
    messages.update(update, nothingYet());
  }
  document.body.dataset.ready = String(state.online && state.commands.length > 0);
  await panel.refresh();
}

// What stands in an empty channel: how to begin, or the posts of a forum.
function nothingYet() {
  const here = state.channels.find((one) => one.id === channel);
  if (here?.type === FORUM) {
    const posts = state.channels.filter((one) => one.parent === channel);
    return make(
      "div",
      { class: "hint" },
      make("p", {}, posts.length ? "The posts of this forum:" : "No post in this forum yet."),
      posts.map((post) => make("button", { type: "button", class: "below", onclick: () => enter(post.id) }, `↳ ${post.name}`)),
    );
  }
  const offered = EXAMPLES.filter((name) => state.commands.some((command) => command.name === name));
  return make(
    "div",
    { class: "hint" },
    make("p", {}, "Nothing here yet. Type / below for what the bot can do, or begin with one of these:"),
    offered.map((name) => make("button", { type: "button", class: "below", onclick: () => composer.begin(name) }, `/${name}`)),
  );
}

function tick() {
  if (clockAt.read) find("now").textContent = new Date(nowSeconds() * 1000).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" }) + " UTC";
}

async function stage(action, body, words) {
  notice(words);
  try {
    await post(`/page/${action}`, body);
    notice("");
  } catch (error) {
    notice(error.message, true);
  }
  await refresh();
}

find("person").addEventListener("change", () => {
  messages.clear();
  refresh();
});
find("restart").addEventListener("click", () => stage("restart", {}, "The bot is starting again …"));
find("clock").addEventListener("click", (event) => {
  const seconds = Number(event.target.dataset.advance);
  if (seconds) stage("clock", { seconds }, "The clock moves; what has come due is posted in a moment.");
});

// On a narrow screen channels and controls are folded away, each behind a button.
function unfold(button, box, open) {
  find(box).classList.toggle("open", open);
  find(button).setAttribute("aria-expanded", String(find(box).classList.contains("open")));
}

const FOLDS = [["menu", "channels"], ["more", "tools"]];
for (const [button, box] of FOLDS) {
  find(button).addEventListener("click", () => {
    for (const [otherButton, other] of FOLDS) unfold(otherButton, other, other === box && undefined);
  });
  find(box).addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !find(box).classList.contains("open")) return;
    unfold(button, box, false);
    find(button).focus();
  });
}
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  (find("command") ?? find("composer").querySelector("input, select, button"))?.focus();
});
setInterval(tick, 1000);
refresh()
  .then(() => find("command")?.focus())
  .catch((error) => notice(error.message, true));
const events = new EventSource("/page/events");
events.addEventListener("changed", () => refresh().catch((error) => notice(error.message, true)));
events.addEventListener("error", () => notice("The sandbox does not answer; it may have ended.", true));
events.addEventListener("open", () => notice(""));
