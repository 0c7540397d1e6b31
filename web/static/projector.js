/** One prompt at a time, as large as the screen: for the back of the room. Keys as those of a presenter's remote. */
import { tick } from "./clock.js";
import { told } from "./told.js";

const FORWARD = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];

/** Of a drawing's own shape: what is taller than so many screens would be too small to read from the back. */
const TALLEST = 1.7;
/** Of a screen: how far a key moves what is longer, so that what was cut below is whole above. */
const STEP = 0.8;/** Milliseconds for which it stands below how the view is left: at first, and after the pointer has moved. */
const HINTED = 8000;

/** How large the cycle's words are, and whether each has one line instead of two: the first that leaves all four stages whole. */
const FITS = [[1, false], [0.9, false], [0.9, true], [0.8, true], [0.7, true], [0.6, true]];

/** The cycle is the first, and what is asked now, or was asked last, comes after it: its step's prompts, then older steps'. */
const NEWEST = 1;

export function projecting(main) {
  let at = 0;
  let on = false;
  /** The drawing that is shown. */
  let here = null;
  /** Where the newest step's prompts stand. */
  let newest = null;
  /** What was shown large and turned away from here. */
  let passed = null;
  const [hint, left] = [document.getElementById("hint"), document.getElementById("left")];
  let hiding = 0;
  const light = () => main.querySelector("[data-light]");
  const slides = () => [...main.querySelectorAll("[data-slide]")];
  const step = (slide) => slide?.closest("[data-part]") ?? null;

  const show = () => {
    const found = slides();
    at = Math.max(0, Math.min(at, found.length - 1));
    here = found[at];
    newest = step(found[NEWEST]);
    const lit = light();
    if (!lit) passed = null;
    const large = on && lit !== null && lit.dataset.light !== passed;
    lit?.classList.toggle("shown", large);
    for (const [number, slide] of found.entries()) slide.classList.toggle("shown", on && !large && number === at);
    document.body.classList.toggle("projector", on);
    tell(on && !large && found.length ? { page: at + 1, pages: found.length } : null);
    const { until } = (on && main.querySelector("[data-until]")?.dataset) || {};
    if (until) left.dataset.closes = until;
    else delete left.dataset.closes;
    tick();
    if (on) measure();
  };
  const hinted = (whether) => {
    clearTimeout(hiding);
    if (whether) hint.textContent = main.querySelector("[data-projector]")?.title ?? "";
    hint.hidden = !whether || !hint.textContent;
    if (whether) hiding = setTimeout(() => hinted(false), HINTED);
  };
  /** How far on one is, for all to see; to those who hear the page what is shown as well. */
  const tell = (position) => {
    const place = document.getElementById("position");
    const [seen, heard] = [document.createElement("span"), document.createElement("span")];
    if (position) {
      const { dataset } = main.querySelector("[data-position]");
      seen.textContent = dataset.position.replace(/\{(page|pages)\}/g, (_, name) => position[name]);
      heard.textContent = here.getAttribute("aria-label") ?? here.querySelector("h2").textContent;
    }
    heard.className = "heard";
    // What is told already is not told again.
    if (place.textContent !== seen.textContent + heard.textContent) place.replaceChildren(seen, heard);
  };
  /** A long drawing is as wide as can be read, and is moved on by the same keys before the next one comes. */
  const measure = () => {
    const box = here?.matches("figure") ? here.querySelector("svg").viewBox.baseVal : null;
    const long = box ? box.height / box.width > (TALLEST * innerHeight) / innerWidth : here !== null && !fits(here);
    here?.classList.toggle("long", long);
    here?.classList.toggle("more", long && here.scrollTop + here.clientHeight < here.scrollHeight - 4);
  };
  /** The cycle as large as the screen has room for; whether it has. */
  const fits = (cycle) =>
    FITS.some(([size, tight]) => {
      cycle.style.setProperty("--fit", size);
      cycle.classList.toggle("tight", tight);
      return cycle.scrollHeight <= cycle.clientHeight + 1;
    });
  /** Whether there was more of this drawing in that direction. */
  const moved = (direction) => {
    if (!here?.classList.contains("long")) return false;
    const before = here.scrollTop;
    here.scrollTop += direction * STEP * here.clientHeight;
    return Math.abs(here.scrollTop - before) > 1;
  };
  const turn = (whether) => {
    on = whether;
    document.body.classList.remove("black");
    if (on) document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    // The newest drawing is the first below the cycle.
    at = on && slides().length > 1 ? NEWEST : 0;
    show();
    hinted(on);
    // The button is out of sight meanwhile: who came by keys finds themselves on it again.
    if (on) main.focus({ preventScroll: true });
    else main.querySelector("[data-projector]")?.focus();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-projector]")) turn(true);
    else if (event.target === hint) turn(false);
  });
  document.addEventListener("pointermove", ({ movementX, movementY }) => on && (movementX || movementY) && hinted(true));
  document.addEventListener("fullscreenchange", () => {
    if (on && !document.fullscreenElement) turn(false);
  });
  addEventListener("resize", () => on && measure());
  document.addEventListener("scroll", () => on && measure(), { capture: true, passive: true });
  document.addEventListener("keydown", (event) => {
    if (!on || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") turn(false);
    else if (event.key === "b" || event.key === "B" || event.key === ".") document.body.classList.toggle("black");
    else if (main.querySelector("[data-light].shown")) {
      // What everybody sees large comes before the drawings, and leaves for the one that was there.
      if (![...FORWARD, ...BACK, "Home", "End"].includes(event.key)) return;
      passed = light().dataset.light;
    } else if (event.key === "Home") at = 0;
    else if (event.key === "End") at = slides().length - 1;
    else if (FORWARD.includes(event.key)) at += moved(1) ? 0 : 1;
    else if (BACK.includes(event.key)) at -= moved(-1) ? 0 : 1;
    else return;
    event.preventDefault();
    show();
  });
  /** Who looks at the newest step goes on with the newest; any other drawing stays when a new one comes before it. */
  const redraw = () => {
    const found = slides();
    const follows = at > 0 && step(here) === newest && step(found[NEWEST]) !== newest;
    const stays = found.indexOf(here);
    if (follows) at = NEWEST;
    else if (stays >= 0) at = stays;
    show();
  };
  return { redraw, ends: () => on && turn(false) };
}

/** A link to the same page for a window outside of Teams; it works once, like every link. */
export function another({ address, ticket, signal }) {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-again]");
    if (!button || button.disabled) return;
    button.disabled = true;
    try {
      const headers = { Authorization: `Bearer ${ticket}`, Accept: "application/json" };
      const response = await fetch(address, { method: "POST", headers });
      const said = await response.json();
      if (!said.link) told(said.said ?? document.body.dataset.sayUnsure, "alert");
      // Where a window may not be opened by itself, the button becomes the link.
      else if (!window.open(said.link, "_blank")) {
        const link = document.createElement("a");
        Object.assign(link, { href: said.link, target: "_blank", rel: "noreferrer", className: "button positive small" });
        link.textContent = button.textContent;
        button.after(link);
        link.focus();
        link.addEventListener("click", () => link.remove(), { once: true });
      }
    } catch {
      told(document.body.dataset.sayLost, "alert");
    } finally {
      button.disabled = false;
    }
  }, { signal });
}
