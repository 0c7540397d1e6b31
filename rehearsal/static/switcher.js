/** Who am I now: the button with one's avatar and the list of people it opens. */
import { el, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, describe, fold, shownName } from "./people.js";

const SHOWN = 60;

/** The switcher of one pane: `current()` gives {person, room}, `choose(id)` is told the choice. */
export function makeSwitcher(current, choose) {
  const id = uniqueId("people");
  const face = el("span", { class: "switcher-face" });
  const name = el("span", { class: "name" });
  const about = el("span", { class: "quiet" });
  const button = el(
    "button",
    {
      type: "button",
      class: "switcher-button",
      "data-testid": "person-switcher",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": id,
      on: { click: () => (popup.hidden ? open() : shut()) },
    },
    face,
    el("span", { class: "two-lines" }, name, about),
    icon("down", 14),
  );
  const filter = el("input", {
    type: "search",
    class: "field",
    placeholder: "Find a person",
    "aria-label": "Find a person",
    on: { input: () => list() },
  });
  const options = el("div", { role: "listbox", "aria-label": "Be another person", id, class: "switcher-options" });
  const popup = el(
    "div",
    { class: "popup switcher-popup", hidden: true },
    el("p", { class: "popup-title", text: "Who are you now?" }),
    filter,
    options,
  );
  const node = el("div", { class: "switcher" }, button, popup);

  const shut = (focus = true) => {
    popup.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  };
  const open = () => {
    filter.value = "";
    popup.hidden = false;
    button.setAttribute("aria-expanded", "true");
    filter.hidden = current().room.people.length < 12;
    list();
    (options.querySelector('[aria-selected="true"]') || options.firstElementChild)?.focus();
  };
  const list = () => {
    const { person, room } = current();
    const query = fold(filter.value.trim());
    const found = room.people.filter(
      (one) => !query || fold(one.name).includes(query) || fold(describe(one, room)).includes(query),
    );
    options.replaceChildren(
      ...found.slice(0, SHOWN).map((one) =>
        el(
          "button",
          {
            type: "button",
            class: "switcher-option",
            role: "option",
            "aria-selected": String(one.id === person.id),
            "data-testid": "person-option",
            data: { person: one.id },
            on: {
              click: () => {
                shut();
                if (one.id !== person.id) choose(one.id);
              },
            },
          },
          avatar(one, { size: 32 }),
          el(
            "span",
            { class: "two-lines" },
            el("span", { class: "name", text: shownName(one, room) }),
            el("span", { class: "quiet", text: describe(one, room) }),
          ),
          one.id === person.id ? icon("check", 16) : null,
        ),
      ),
    );
    if (found.length > SHOWN)
      options.append(el("p", { class: "quiet pad", text: `${found.length - SHOWN} more: type a part of the name.` }));
    if (!found.length) options.append(el("p", { class: "quiet pad", text: "Nobody of that name." }));
  };
  node.addEventListener("keydown", (event) => {
    if (popup.hidden) return;
    const all = [...options.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      event.stopPropagation();
      shut();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]?.focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!popup.hidden && !node.contains(event.target)) shut(false);
  });
  return {
    node,
    draw() {
      const { person, room } = current();
      face.replaceChildren(avatar(person, { size: 28 }));
      name.textContent = shownName(person, room);
      about.textContent = describe(person, room);
      button.setAttribute(
        "aria-label",
        `You are ${shownName(person, room)}, ${describe(person, room)}. Be another person`,
      );
      if (!popup.hidden) list();
    },
  };
}
