/** One page: through the door with a link, then live with its ticket. It decides nothing that the server does not. */
import { acts } from "./acts.js";
import { saves } from "./save.js";
import { follow } from "./stream.js";
import { parts } from "./morph.js";
import { tick, serverSays } from "./clock.js";
import { appearance } from "./appearance.js";
import { told } from "./told.js";

const body = document.body;
const base = body.dataset.base;
const main = document.getElementById("page");
const KEPT = "kolbot.ticket";

/** Storage may be blocked in a frame: then the ticket lives as long as the document. */
const kept = {
  get: () => {
    try {
      return sessionStorage.getItem(KEPT);
    } catch {
      return null;
    }
  },
  set: (ticket) => {
    try {
      if (ticket) sessionStorage.setItem(KEPT, ticket);
      else sessionStorage.removeItem(KEPT);
    } catch {
      // it is in memory
    }
  },
};

const options = {};

function closed(said) {
  // Nothing of what was shown stays: neither in the page nor in what it holds.
  kept.set("");
  document.getElementById("sheet").close?.();
  const section = document.createElement("section");
  section.className = "door";
  const heading = document.createElement("h1");
  heading.textContent = said;
  section.append(heading);
  main.replaceChildren(section);
  main.focus();
}

function live(ticket, page) {
  let stop = () => {};
  const start = () => {
    stop();
    stop = follow({
      address: () => `${base}/${page}/stream?${new URLSearchParams(options)}`,
      ticket,
      onParts: (event) => {
        serverSays(event.now);
        main.querySelector("#loading, #door")?.remove();
        parts(main, event);
        tick();
      },
      onGone: closed,
    });
  };
  const onGone = (said) => {
    stop();
    closed(said);
  };
  acts({
    root: document,
    send: { address: `${base}/${page}/act`, ticket },
    options,
    choose: (name, value) => {
      if (value) options[name] = value;
      else delete options[name];
      start();
    },
    onGone,
  });
  saves({ root: document, base, ticket, onGone });
  start();
}

function door() {
  const button = document.getElementById("enter");
  button.focus({ preventScroll: true });
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const response = await fetch(location.pathname, { method: "POST", headers: { Accept: "application/json" } });
      const said = await response.json();
      if (!response.ok) {
        if (response.status === 429 || response.status >= 500) {
          told(said.said, "alert");
          button.disabled = false;
        } else closed(said.said);
        return;
      }
      kept.set(said.ticket);
      // The link is spent, and it need not stand in the address bar, a screenshot or the history.
      history.replaceState(null, "", said.address);
      live(said.ticket, said.page);
    } catch {
      told(body.dataset.sayLost, "alert");
      button.disabled = false;
    }
  });
}

appearance(document.getElementById("appearance"));
setInterval(tick, 1000);
if (body.dataset.state === "door") door();
else if (kept.get()) live(kept.get(), body.dataset.page);
else closed(body.dataset.sayNone);
