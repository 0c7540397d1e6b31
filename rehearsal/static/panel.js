/** The Rehearsal panel at the right: help, simulated participants, people, and what Teams would have refused. */
import * as api from "./api.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { titleOf } from "./list.js";
import { summary } from "./richtext.js";
import { clock } from "./when.js";

const field = (label, control) => el("label", { class: "form-row" }, el("span", { text: label }), control);
const select = (options, props = {}) =>
  el("select", { class: "field", ...props }, ...options.map(([value, text]) => el("option", { value, text })));

/** `app`: {room, focused(): pane, refusals: [], reload(), togglePanel(), newPerson(person)}. */
export function makePanel(app) {
  const count = el("input", {
    type: "number",
    class: "field",
    min: "1",
    max: "500",
    value: "20",
    "data-testid": "simulate-count",
  });
  const language = select(
    [
      ["", "Mixed"],
      ["en", "English"],
      ["pl", "Polish"],
    ],
    { "data-testid": "simulate-language" },
  );
  const speed = select(
    [
      ["human", "Human"],
      ["fast", "Fast"],
    ],
    { "data-testid": "simulate-speed" },
  );
  const seed = el("input", { type: "number", class: "field", value: "1", min: "0", "data-testid": "simulate-seed" });
  const where = select([["", "The newest post"]], {
    "data-testid": "simulate-root",
    on: { focus: () => roots(), pointerdown: () => roots() },
  });
  const place = el("p", { class: "quiet" });
  const state = el("p", { class: "state", role: "status", "data-testid": "simulate-state" });
  const problem = el("p", { class: "problem", role: "alert" });
  const start = el(
    "button",
    { type: "button", class: "primary", "data-testid": "simulate-start", on: { click: () => begin() } },
    icon("play", 16),
    "Start",
  );
  const stop = el(
    "button",
    { type: "button", class: "secondary", "data-testid": "simulate-stop", on: { click: () => end() } },
    icon("stop", 16),
    "Stop",
  );

  const name = el("input", {
    type: "text",
    class: "field",
    maxlength: "80",
    placeholder: "Full name",
    "data-testid": "person-name",
  });
  const speaks = select(
    [
      ["en", "English"],
      ["pl", "Polish"],
      ["bg", "Bulgarian"],
      ["lv", "Latvian"],
      ["hu", "Hungarian"],
    ],
    { "data-testid": "person-language" },
  );
  const added = el("p", { class: "problem", role: "alert" });
  const badge = el("span", { class: "badge", hidden: true });
  const refusals = el("div", {
    class: "refusals",
    "data-testid": "refusals",
    role: "log",
    "aria-label": "What Teams would have refused",
  });

  const node = el(
    "aside",
    { class: "panel", "aria-label": "Rehearsal", "data-testid": "panel" },
    el(
      "header",
      { class: "panel-head" },
      el("h2", { text: "Rehearsal" }),
      iconButton("Close the panel", icon("close"), () => app.togglePanel(false)),
    ),
    el(
      "section",
      {},
      el("h3", { text: "New here?" }),
      el(
        "ol",
        { class: "help", "data-testid": "help" },
        el("li", {}, "Type ", el("strong", { text: `@${app.room.bot.name} new` }), " in the channel and press Enter."),
        el("li", {
          text: "Press the buttons on the cards. Change who you are at the top, or put people side by side.",
        }),
        el("li", { text: "Let simulated participants join below. Nothing leaves this computer." }),
      ),
    ),
    el(
      "section",
      {},
      el("h3", { text: "Simulated participants" }),
      place,
      el(
        "div",
        { class: "form-grid" },
        field("How many", count),
        field("Language", language),
        field("Speed", speed),
        field("Seed", seed),
      ),
      field("Where", where),
      el("div", { class: "form-buttons" }, start, stop),
      state,
      problem,
    ),
    el(
      "section",
      {},
      el("h3", { text: "Add a person" }),
      el(
        "form",
        { on: { submit: (event) => add(event) } },
        el("div", { class: "form-grid" }, field("Name", name), field("Language", speaks)),
        el(
          "div",
          { class: "form-buttons" },
          el("button", { type: "submit", class: "secondary", "data-testid": "person-add" }, icon("plus", 16), "Add"),
        ),
        added,
      ),
    ),
    el("section", {}, el("h3", {}, "Refused, as Teams would", badge), refusals),
  );

  const chosen = () => app.focused() && app.room.conversations.find((one) => one.id === app.focused().conversation);
  const roots = () => {
    const before = where.value;
    const posts = app.focused() ? app.focused().roots().slice(-20).reverse() : [];
    where.replaceChildren(
      el("option", { value: "", text: "The newest post" }),
      ...posts.map((one) =>
        el("option", {
          value: one.id,
          text: `${clock(one.at, "en-GB")} ${one.from.name}: ${summary(one)}`.slice(0, 60),
        }),
      ),
    );
    where.value = posts.some((one) => one.id === before) ? before : "";
  };

  async function begin() {
    problem.textContent = "";
    const conversation = chosen();
    const many = Number(count.value);
    if (!conversation || conversation.kind === "personal") {
      problem.textContent = "Open a channel or a group chat first: they join there.";
      return;
    }
    if (!Number.isInteger(many) || many < 1 || many > 500) {
      problem.textContent = "From 1 to 500 people.";
      count.focus();
      return;
    }
    const posts = app.focused().roots();
    const newest = posts.length ? posts[posts.length - 1].id : null;
    const root = conversation.kind === "channel" ? where.value || newest : null;
    start.disabled = true;
    try {
      await api.simulate({
        conversation: conversation.id,
        root,
        count: many,
        language: language.value || null,
        speed: speed.value,
        seed: Number(seed.value) || 0,
      });
      await app.reload();
    } catch (error) {
      problem.textContent = error.message;
    }
    start.disabled = false;
  }

  async function end() {
    problem.textContent = "";
    try {
      await api.stopSimulation();
      await app.reload();
    } catch (error) {
      problem.textContent = error.message;
    }
  }

  async function add(event) {
    event.preventDefault();
    added.textContent = "";
    if (!name.value.trim()) {
      added.textContent = "Give the person a name.";
      name.focus();
      return;
    }
    try {
      const person = await api.addPerson({ name: name.value.trim(), language: speaks.value });
      name.value = "";
      await app.reload();
      added.textContent = "";
      app.newPerson(person);
    } catch (error) {
      added.textContent = error.message;
    }
  }

  return {
    node,
    draw() {
      const simulation = app.room.simulation || {};
      const conversation = chosen();
      place.textContent =
        conversation && conversation.kind !== "personal"
          ? `They join in ${titleOf(conversation, app.room)} and answer in their language.`
          : "Open a channel or a group chat: they join there.";
      const people = simulation.people || 0;
      const crowd = people === 1 ? "1 person" : `${people} people`;
      state.textContent =
        people || simulation.running
          ? `${simulation.running ? "Running" : "Stopped"}: ${crowd}, ${simulation.answered || 0} answers`
          : "Nobody simulated yet.";
      state.classList.toggle("running", Boolean(simulation.running));
      stop.disabled = !simulation.running;
      badge.hidden = !app.refusals.length;
      badge.textContent = String(app.refusals.length);
      refusals.replaceChildren(
        ...(app.refusals.length
          ? app.refusals
              .slice(-50)
              .reverse()
              .map((one) =>
                el(
                  "div",
                  { class: one.warning ? "refusal warning" : "refusal", "data-testid": "refusal" },
                  el(
                    "p",
                    { class: "refusal-head" },
                    icon("warn", 14),
                    el("strong", { text: one.what || "Refused" }),
                    el("time", { class: "quiet", text: one.at ? clock(one.at, "en-GB") : "" }),
                  ),
                  el("p", { text: typeof one.why === "string" ? one.why : JSON.stringify(one.why) }),
                ),
              )
          : [el("p", { class: "quiet", text: "Nothing refused so far." })]),
      );
    },
  };
}
