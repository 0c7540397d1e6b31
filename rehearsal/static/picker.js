/** The list that opens under an @: who can be mentioned, by keyboard or mouse. */
import { el, uniqueId } from "./dom.js";
import { avatar, botAvatar, fold } from "./people.js";

const SHOWN = 8;

/** Where the caret stands behind an unfinished @word: {node, from, to, query}, or null. */
function pending(box) {
  const selection = getSelection();
  const node = selection.focusNode;
  if (!selection.isCollapsed || !node || node.nodeType !== Node.TEXT_NODE || !box.contains(node)) return null;
  const before = node.data.slice(0, selection.focusOffset);
  const found = /(?:^|[\s(])@([^@\n]{0,40})$/.exec(before);
  if (!found) return null;
  return { node, from: before.length - found[1].length - 1, to: before.length, query: fold(found[1]) };
}

function score(candidate, query) {
  const name = fold(candidate.name);
  if (name.startsWith(query)) return candidate.bot ? 0 : 1;
  return name.split(/\s+/).some((word) => word.startsWith(query)) ? 2 : -1;
}

/** The picker of one box. `pick(candidate, range)` gets the choice and the text it replaces. */
export function makePicker(box, candidates, pick) {
  const id = uniqueId("picker");
  const node = el("div", {
    class: "picker",
    role: "listbox",
    id,
    "aria-label": "Suggestions",
    hidden: true,
    "data-testid": "mention-picker",
  });
  let shown = [];
  let active = 0;
  let range = null;

  const close = () => {
    node.hidden = true;
    shown = [];
    box.removeAttribute("aria-controls");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    [...node.querySelectorAll('[role="option"]')].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === active));
      if (index === active) {
        box.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    });
  };
  const choose = (index) => {
    const [candidate, target] = [shown[index], range];
    close();
    if (candidate) pick(candidate, target);
  };
  const update = () => {
    range = pending(box);
    if (!range) {
      close();
      return;
    }
    shown = candidates()
      .map((candidate) => ({ candidate, rank: score(candidate, range.query) }))
      .filter((one) => one.rank >= 0)
      .sort((one, other) => one.rank - other.rank)
      .slice(0, SHOWN)
      .map((one) => one.candidate);
    if (!shown.length) {
      close();
      return;
    }
    active = 0;
    node.replaceChildren(
      el("div", { class: "picker-title", text: "Suggestions" }),
      ...shown.map((candidate, index) =>
        el(
          "div",
          {
            class: "picker-option",
            role: "option",
            id: `${id}-${index}`,
            "data-testid": "mention-option",
            data: { id: candidate.id },
            on: {
              mousedown: (event) => {
                event.preventDefault();
                choose(index);
              },
            },
          },
          candidate.bot ? botAvatar(32) : avatar(candidate.person, { size: 32 }),
          el(
            "span",
            { class: "two-lines" },
            el("span", { class: "name", text: candidate.shown || candidate.name }),
            el("span", { class: "quiet", text: candidate.detail || "" }),
          ),
        ),
      ),
    );
    node.hidden = false;
    box.setAttribute("aria-controls", id);
    mark();
  };
  return {
    node,
    update,
    close,
    /** Whether the key was the picker's business. */
    key(event) {
      if (node.hidden || !shown.length) return false;
      if (event.key === "ArrowDown" || event.key === "ArrowUp")
        active = (active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length;
      else if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        choose(active);
        return true;
      } else if (event.key === "Escape") {
        event.stopPropagation();
        close();
        return true;
      } else return false;
      event.preventDefault();
      mark();
      return true;
    },
  };
}
