/** Notices of one pane: what comes up in its corner and goes by itself, and what a screen reader hears. */
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { botAvatar } from "./people.js";

const STAYS_MS = 7000;
const AT_ONCE = 4;
const TWICE_MS = 3000;

/** {node, show({title, text, kind, onOpen}), announce(text)}; kind is "activity", "info" or "error". */
export function makeToasts() {
  const stack = el("div", { class: "toasts" });
  const live = el("div", { class: "unseen", role: "status", "aria-live": "polite", "data-testid": "live" });
  const node = el("div", { class: "toast-layer" }, stack, live);
  let last = 0;
  return {
    node,
    show({ title = "", text, kind = "info", onOpen = null }) {
      // The same thing said twice at once (as an answer and as an event) is shown once.
      const same = [...stack.children].some(
        (other) => other.dataset.said === `${title}|${text}` && Date.now() - Number(other.dataset.at) < TWICE_MS,
      );
      if (same) return;
      const gone = () => toast.remove();
      const inside = [
        kind === "activity"
          ? botAvatar(32)
          : el("span", { class: `toast-mark ${kind}` }, icon(kind === "error" ? "warn" : "check", 18)),
        el(
          "span",
          { class: "two-lines" },
          title ? el("span", { class: "name", text: title }) : null,
          el("span", { class: "toast-text", text }),
        ),
      ];
      const toast = el(
        "div",
        {
          class: `toast ${kind}`,
          "data-testid": "toast",
          data: { said: `${title}|${text}`, at: Date.now() },
          role: kind === "error" ? "alert" : "status",
        },
        onOpen
          ? el(
              "button",
              {
                type: "button",
                class: "toast-open",
                on: {
                  click: () => {
                    gone();
                    onOpen();
                  },
                },
              },
              ...inside,
            )
          : el("div", { class: "toast-open" }, ...inside),
        iconButton("Dismiss", icon("close", 14), gone),
      );
      stack.append(toast);
      while (stack.childElementCount > AT_ONCE) stack.firstElementChild.remove();
      let timer = setTimeout(gone, STAYS_MS);
      // Whoever is reading it keeps it.
      toast.addEventListener("pointerenter", () => clearTimeout(timer));
      toast.addEventListener("pointerleave", () => {
        timer = setTimeout(gone, STAYS_MS);
      });
    },
    announce(text) {
      // At most one a second: twenty answers at once are not twenty sentences.
      const now = Date.now();
      if (now - last < 1000) return;
      last = now;
      live.textContent = text;
    },
  };
}
