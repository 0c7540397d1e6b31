/** One page: through the door with a link, then live with its ticket. It decides nothing that the server does not. */
import { acts } from "./acts.js";
import { saves } from "./save.js";
import { follow } from "./stream.js";
import { parts } from "./morph.js";
import { tick, serverSays } from "./clock.js";
import { appearance } from "./appearance.js";
import { prints } from "./paper.js";
import { another, projecting } from "./projector.js";
import { told } from "./told.js";
import { moderation } from "./moderation.js";
import { configure, tab } from "./tab.js";

const body = document.body;
const base = body.dataset.base;
const main = document.getElementById("page");
const KEPT = "kolbot.ticket";
/** A tab gets its tickets from Teams' sign-in, anew each time: it keeps none, and its address says nothing of them. */
const inTab = ["tab", "configure"].includes(body.dataset.state);

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
    if (inTab) return;
    try {
      if (ticket) sessionStorage.setItem(KEPT, ticket);
      else sessionStorage.removeItem(KEPT);
    } catch {
      // it is in memory
    }
  },
};

const options = {};
const projector = projecting(main);
prints(main);

/** What everybody sees large is told once to those who hear the page, and leaves with it. */
function saidAloud() {
  const words = main.querySelector("[data-light]")?.dataset.aloud ?? "";
  const place = document.getElementById("aloud");
  if (place.textContent !== words) place.textContent = words;
}

function closed(said) {
  // Nothing of what was shown stays: neither in the page nor in what it holds.
  kept.set("");
  document.getElementById("sheet").close?.();
  projector.ends(); // large, nothing but drawings would be seen
  const section = document.createElement("section");
  section.className = "door";
  const heading = document.createElement("h1");
  heading.textContent = said;
  section.append(heading);
  main.replaceChildren(section);
  saidAloud();
  main.focus();
}

/** Shows a page and gives what leaves it again. `shows`: what it shows of all first; `at` hears why it is over, and where a
 * button has led to. */
function live(ticket, page, shows = {}, at = { over: closed, moved: () => {} }) {
  Object.assign(options, shows);
  const over = new AbortController();
  let stop = () => {};
  let steady = (apply) => apply();
  const start = () => {
    stop();
    stop = follow({
      address: () => `${base}/${page}/stream?${new URLSearchParams(options)}`,
      ticket,
      onParts: (event) => {
        serverSays(event.now);
        main.querySelector("#loading, #door")?.remove();
        steady(() => parts(main, event));
        tick();
        projector.redraw();
        saidAloud();
      },
      onGone: at.over,
    });
  };
  const onGone = (said, why) => {
    stop();
    at.over(said, why);
  };
  /** This page is left for another, or closed: nobody needs its ticket any more. */
  const leave = () => {
    over.abort();
    stop();
    told("", "");
    document.getElementById("sheet").close?.();
    const headers = { Authorization: `Bearer ${ticket}` };
    fetch(`${base}/leave`, { method: "POST", keepalive: true, headers }).catch(() => {});
    for (const name of Object.keys(options)) delete options[name];
  };
  const choose = (name, value) => {
    if ((options[name] ?? "") === value) return;
    if (value) options[name] = value;
    else delete options[name];
    start();
  };
  if (page === "board") {
    // Drawings are laid out on the server: for a phone anew, so that what is written stays as large.
    const narrow = matchMedia("(max-width: 40rem)");
    if (narrow.matches) options.narrow = "1";
    narrow.addEventListener("change", () => choose("narrow", narrow.matches ? "1" : ""), { signal: over.signal });
  }
  another({ address: `${base}/${page}/again`, ticket, signal: over.signal });
  const does = acts({
    root: document,
    send: { address: `${base}/${page}/act`, ticket },
    options,
    choose,
    signal: over.signal,
    onGone,
    onLink: (link) =>
      enter(link, at, () => {
        leave();
        main.replaceChildren();
        saidAloud();
        scrollTo(0, 0);
        main.focus();
      }),
  });
  saves({ root: document, base, ticket, onGone, signal: over.signal });
  if (page === "moderation") steady = moderation({ main, options, does, choose, signal: over.signal });
  start();
  return leave;
}

/** Spend a link for a ticket, and be on its page. False: it was refused, but may be tried again. */
async function enter(link, at, left = () => {}) {
  try {
    const response = await fetch(new URL(link, location).pathname, { method: "POST", headers: { Accept: "application/json" } });
    const said = await response.json();
    if (!response.ok) {
      if (response.status === 429 || response.status >= 500) {
        told(said.said, "alert");
        return false;
      }
      closed(said.said);
      return true;
    }
    left();
    kept.set(said.ticket);
    // The link is spent, and it need not stand in the address bar, a screenshot or the history.
    if (!inTab) history.replaceState(null, "", said.address);
    document.title = said.title;
    const leave = live(said.ticket, said.page, {}, at);
    at?.moved(said.page, leave);
    return true;
  } catch {
    told(body.dataset.sayLost, "alert");
    return false;
  }
}

function door() {
  const button = document.getElementById("enter");
  button.disabled = false; // a press before this script was there would do nothing
  button.focus({ preventScroll: true });
  const press = async () => {
    button.disabled = true;
    if (!(await enter(location.pathname))) button.disabled = false;
  };
  button.addEventListener("click", press);
  // In Teams' own dialog somebody has just pressed for it. Elsewhere whoever looks at links before people do would spend it.
  if (window.top !== window.self) press();
}

const look = appearance(document.getElementById("appearance"));
setInterval(tick, 1000);
if (body.dataset.state === "door") door();
else if (body.dataset.state === "configure") configure({ base, look, closed });
else if (inTab) tab({ main, base, mine: body.dataset.page === "mine", look, live, closed });
else if (kept.get()) live(kept.get(), body.dataset.page);
else closed(body.dataset.sayNone);
