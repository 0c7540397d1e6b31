/** The page: title bar, one to three panes, the panel; keeps the room's state and the theme. */
import { readAddress, writeAddress } from "./address.js";
import * as api from "./api.js";
import { el, iconButton, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { makePane } from "./pane.js";
import { makePanel } from "./panel.js";
import { botAvatar } from "./people.js";

const MOST_PANES = 3;
const THEME = "rehearsal-theme";
const PANEL = "rehearsal-panel";

const dark = matchMedia("(prefers-color-scheme: dark)");

function theme(wanted) {
  const asked = new URLSearchParams(location.search).get("theme");
  const name = wanted || asked || localStorage.getItem(THEME) || (dark.matches ? "dark" : "light");
  document.documentElement.dataset.theme = name === "dark" ? "dark" : "light";
  if (wanted) localStorage.setItem(THEME, wanted);
}

function build(room) {
  const panes = [];
  const holder = el("div", { class: "panes" });
  let current = null;
  let refusing = null;
  let reloading = null;

  const app = {
    room,
    refusals: [],
    focused: () => current,
    focusPane(pane) {
      if (current === pane) return;
      current = pane;
      panel.draw();
    },
    changed() {
      writeAddress(panes);
      panel.draw();
    },
    roomChanged(next) {
      if (!next || !next.people) return;
      app.room = next;
      index();
      for (const pane of panes) pane.roomChanged(next);
      panel.draw();
    },
    reload() {
      reloading =
        reloading ||
        api
          .room()
          .then(app.roomChanged)
          .catch(() => {})
          .finally(() => {
            reloading = null;
          });
      return reloading;
    },
    // Every pane hears of a refusal; the list is asked for once.
    refused() {
      clearTimeout(refusing);
      refusing = setTimeout(async () => {
        try {
          app.refusals = (await api.refusals()).refusals || [];
        } catch {
          return;
        }
        warn.hidden = !app.refusals.length;
        warn.textContent = String(app.refusals.length);
        panelButton.setAttribute(
          "aria-label",
          app.refusals.length ? `Rehearsal panel, ${app.refusals.length} refused` : "Rehearsal panel",
        );
        panel.draw();
      }, 100);
    },
    togglePanel(open = root.dataset.panel !== "open") {
      root.dataset.panel = open ? "open" : "closed";
      panelButton.setAttribute("aria-expanded", String(open));
      localStorage.setItem(PANEL, open ? "open" : "closed");
      if (!open) panelButton.focus();
    },
    closePane(pane) {
      if (panes.length < 2) return;
      panes.splice(panes.indexOf(pane), 1);
      pane.destroy();
      current = panes[0];
      arrange();
    },
    newPerson: (person) => current && current.toasts.show({ title: "In the room now", text: person.name }),
    person: (id) => people.get(id),
  };

  let people = new Map();
  const index = () => {
    people = new Map(app.room.people.map((one) => [one.id, one]));
  };
  index();

  const arrange = () => {
    root.dataset.layout = panes.length > 1 ? "side" : "one";
    reconcile(
      holder,
      panes.map((pane) => pane.node),
    );
    sideButton.disabled = panes.length >= MOST_PANES || app.room.people.length <= panes.length;
    oneButton.hidden = panes.length < 2;
    app.changed();
  };
  const addPane = (person, conversation) => {
    const pane = makePane(app, person, conversation);
    panes.push(pane);
    current = current || pane;
  };
  const another = () => {
    const here = new Set(panes.map((pane) => pane.person.id));
    const next =
      app.room.people.find((one) => !here.has(one.id) && !one.simulated) ||
      app.room.people.find((one) => !here.has(one.id));
    if (!next || panes.length >= MOST_PANES) return;
    addPane(next.id, current ? current.conversation : null);
    arrange();
  };

  const warn = el("span", { class: "badge", hidden: true, "data-testid": "refusals-badge" });
  const panelButton = iconButton("Rehearsal panel", icon("panel"), () => app.togglePanel(), {
    "data-testid": "panel-toggle",
    "aria-expanded": "true",
  });
  panelButton.append(warn);
  const sideButton = el(
    "button",
    {
      type: "button",
      class: "bar-button",
      "data-testid": "side-by-side",
      title: "Put another person's window beside this one",
      on: { click: another },
    },
    icon("side"),
    el("span", { text: "Side by side" }),
  );
  const oneButton = el(
    "button",
    {
      type: "button",
      class: "bar-button",
      "data-testid": "one",
      title: "One person only",
      hidden: true,
      on: {
        click: () => {
          while (panes.length > 1) panes.pop().destroy();
          current = panes[0];
          arrange();
        },
      },
    },
    icon("one"),
    el("span", { text: "One person" }),
  );
  const [moon, sun] = [icon("moon"), icon("sun")];
  moon.classList.add("moon");
  sun.classList.add("sun");
  const themeButton = iconButton(
    "Light or dark",
    moon,
    () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
    { "data-testid": "theme" },
  );
  themeButton.append(sun);
  const bar = el(
    "header",
    { class: "title-bar" },
    botAvatar(24),
    el("strong", { text: `${room.bot.name} rehearsal room` }),
    el("span", { class: "quiet title-note", text: "A stand-in for Microsoft Teams on this computer" }),
    el("span", { class: "spread" }),
    oneButton,
    sideButton,
    themeButton,
    panelButton,
  );
  const root = el("div", {
    class: "app",
    data: { layout: "one", panel: localStorage.getItem(PANEL) || (innerWidth > 1200 ? "open" : "closed") },
  });
  const panel = makePanel(app);
  root.append(bar, holder, panel.node);
  panelButton.setAttribute("aria-expanded", String(root.dataset.panel === "open"));
  // Where the panel would lie over the conversation, it waits to be asked for.
  const narrow = matchMedia("(max-width: 1100px)");
  const yieldPlace = () => {
    if (!narrow.matches) return;
    root.dataset.panel = "closed";
    panelButton.setAttribute("aria-expanded", "false");
  };
  narrow.addEventListener("change", yieldPlace);
  yieldPlace();

  const address = readAddress();
  const wanted = address.people.filter((id) => people.has(id));
  for (const id of wanted.length ? wanted : [room.people[0].id])
    addPane(id, address.conversations[id] || address.shared);
  arrange();
  app.refused();
  return root;
}

async function begin() {
  theme();
  dark.addEventListener("change", () => theme());
  const page = document.getElementById("app");
  try {
    page.replaceChildren(build(await api.room()));
  } catch (error) {
    page.replaceChildren(
      el(
        "div",
        { class: "no-room", role: "alert" },
        el("h1", { text: "The rehearsal room does not open" }),
        el("p", { text: error.message }),
        el("button", { type: "button", class: "primary", text: "Try again", on: { click: begin } }),
      ),
    );
  }
}

begin();
