/** Dialogs (task modules) of one pane: modal, with a title and a close X, holding a card, a page or a message. */
import { el, focusables, iconButton, uniqueId } from "./dom.js";
import { drawCard, strip } from "./cards.js";
import { icon } from "./icons.js";

// Teams' words for sizes, as shares of the window.
const WIDE = { small: 20, medium: 50, large: 60 };
const HIGH = { small: 20, medium: 50, large: 66 };

function length(value, words, axis) {
  if (value === null || value === undefined || value === "") return null;
  const word = words[String(value).toLowerCase()];
  if (word) return `${word}${axis}`;
  const px = Number.parseInt(value, 10);
  return Number.isFinite(px) && px > 0 ? `${px}px` : null;
}

/**
 * Opens a dialog in `layer`. `about`: {id, title, width, height, card, url}. `on`: press(press, host), close() by the person.
 * Nothing but its own replace() redraws it: text typed in it stays while messages arrive behind it.
 */
export function openDialog(layer, about, { locale, botName, press, close, fallbackFocus }) {
  const before = document.activeElement;
  const titleId = uniqueId("dialog-title");
  const title = el("h2", { id: titleId });
  const content = el("div", { class: "dialog-body" });
  const box = el(
    "div",
    {
      class: "dialog",
      role: "dialog",
      "aria-modal": "true",
      "aria-labelledby": titleId,
      "data-testid": "dialog",
      tabindex: "-1",
    },
    el(
      "header",
      { class: "dialog-head" },
      el("span", { class: "dialog-app", text: botName }),
      title,
      iconButton("Close", icon("close"), () => leave(), { "data-testid": "dialog-close" }),
    ),
    content,
  );
  const veil = el("div", { class: "veil" }, box);
  let current = about;
  let host = null;

  // Toasts stay: they are read and dismissed over a dialog, too.
  const behind = () => [...layer.children].filter((node) => node !== veil && !node.classList.contains("toast-layer"));

  const leave = () => {
    shut();
    close(current);
  };
  const shut = () => {
    veil.remove();
    layer.classList.remove("has-dialog");
    for (const node of behind()) node.inert = false;
    if (before && before.isConnected && before !== document.body) before.focus({ preventScroll: true });
    else fallbackFocus();
  };
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.stopPropagation();
      leave();
    }
    if (event.key !== "Tab") return;
    const stops = focusables(box);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (!stops.length || document.activeElement === edge || document.activeElement === box) {
      event.preventDefault();
      (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
    }
  });

  const size = ({ width, height, url }) => {
    const wide = length(width, WIDE, "cqw") || "min(600px, 60cqw)";
    const high = length(height, HIGH, "cqh");
    box.style.width = `max(min(100cqw - 24px, 320px), min(${wide}, 100cqw - 24px))`;
    box.style.height = high || url ? `max(min(100cqh - 24px, 220px), min(${high || "66cqh"}, 100cqh - 24px))` : "auto";
  };
  const fill = (next) => {
    current = { ...current, ...next };
    title.textContent = current.title || botName;
    size(next.text === undefined ? current : {});
    host = null;
    if (next.text !== undefined) {
      content.replaceChildren(
        el(
          "div",
          { class: "dialog-message", "data-testid": "dialog-message" },
          el("p", { text: next.text, role: "status" }),
          el("button", { type: "button", class: "primary", text: "Close", on: { click: leave } }),
        ),
      );
    } else if (next.card) {
      host = drawCard(next.card, { locale, onPress: press });
      content.replaceChildren(host);
    } else if (next.url && /^https?:\/\//i.test(next.url)) {
      content.replaceChildren(
        el("iframe", {
          src: next.url,
          title: current.title || "Dialog",
          sandbox: "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads",
        }),
      );
    } else content.replaceChildren(el("p", { class: "quiet", text: "This dialog is empty." }));
    const first =
      content.querySelector("input:not([type=hidden]), textarea, select") || content.querySelector("button");
    (first || box).focus({ preventScroll: true });
    content.scrollTop = 0;
  };

  for (const node of behind()) node.inert = true;
  layer.append(veil);
  layer.classList.add("has-dialog");
  fill(about);
  return {
    get id() {
      return current.id;
    },
    get host() {
      return host;
    },
    isOpen: () => veil.isConnected,
    /** The next card, page or message in the same dialog; {text} for a message. */
    replace: (next) => fill({ card: null, url: null, ...next }),
    fail(text, detail) {
      if (host) strip(host, { kind: "error", text, detail });
    },
    shut,
  };
}
