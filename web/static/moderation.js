/** The moderation page's own hands: ticks, arrow keys, letters, and a focus that stays where it was. It decides nothing. */
import { told } from "./told.js";

const KEPT = "kolbot.letters";
const LETTERS = { a: "approve", h: "hide", r: "restore", t: "put", o: "out", u: "undo", s: "large", l: "translate" };

const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** `does` sends a press and gives its answer; `choose` asks for another part of what there is. */
export function moderation({ main, options, does, choose, signal }) {
  /** What takes back what was done here last. */
  let back = null;
  /** The entry that had the focus last. */
  let last = null;
  let letters = true;
  try {
    letters = localStorage.getItem(KEPT) !== "off";
  } catch {
    // blocked: on, until they are switched off
  }
  const on = (name, listener) => document.addEventListener(name, listener, { signal });
  const picks = () => [...main.querySelectorAll("input.pick")];
  const ticked = () => picks().filter((one) => one.checked);
  const here = () => document.activeElement?.closest?.(".entry")?.querySelector("input.pick");
  const field = (id) => document.getElementById(id);
  /** Another question or page of it: what was told of the one before goes. */
  const shows = (name, value) => {
    told("", "");
    choose(name, value);
  };

  on("focusin", ({ target }) => {
    if (target.matches("input.pick")) last = target;
  });
  on("click", ({ target }) => {
    const turn = target.closest("[data-turn]");
    if (turn) shows("page", turn.dataset.turn);
    const button = target.closest("[data-does]");
    if (button) run(button.dataset.does, button);
    const row = target.closest(".entry [data-act]");
    if (row) remember(JSON.parse(row.dataset.act));
  });
  on("change", ({ target }) => {
    if (target.id === "sheet-choice") {
      delete options.page;
      shows("sheet", target.value);
    } else if (target.id === "letters") {
      letters = target.checked;
      try {
        localStorage.setItem(KEPT, letters ? "on" : "off");
      } catch {
        // for this page only
      }
    }
    show();
  });
  on("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const typing = event.target.matches("textarea, select, input:not([type=checkbox])");
    if (event.key === "Escape") {
      if (typing) return (last?.isConnected ? last : picks()[0])?.focus();
      for (const one of ticked()) one.checked = false;
      show();
    } else if (typing) {
      if (event.key === "Enter" && event.target.id === "called") run("put");
      else if (event.key === "Enter" && event.target.id === "new-name") main.querySelector("[data-does=rename]").click();
      else return;
      event.preventDefault();
    } else if (event.key in STEPS) {
      const all = picks();
      if (!all.length) return;
      const at = all.indexOf(here());
      all[at < 0 ? 0 : Math.min(Math.max(at + STEPS[event.key], 0), all.length - 1)].focus();
      event.preventDefault();
    } else if (letters && !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat) {
      // Where the letters are others, by the place of the key.
      const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
      const what = LETTERS[letter];
      if (!what || !main.querySelector(`[data-does="${what}"]`)) return;
      event.preventDefault();
      if (what === "put") field("into").focus();
      else run(what);
    }
  });

  /** What an action is about: what is ticked, else where the focus is. */
  function chosen() {
    const found = ticked();
    if (!found.length && here()) found.push(here());
    const ids = (nodes) => [...new Set(nodes.flatMap((one) => JSON.parse(one.dataset.entries)))];
    return { all: ids(found), hidden: ids(found.filter((one) => one.dataset.stands === "hidden")) };
  }

  function data(what, sends) {
    const { w, of, mark } = main.querySelector(".deeds").dataset;
    const { all, hidden } = chosen();
    switch (what) {
      case "approve":
        return { verb: "moderated", w, shown: all, was: hidden, approved: all.join(), hidden: hidden.join() };
      case "hide":
        return { verb: "moderated", w, shown: all, was: hidden, hidden: all.join() };
      case "restore":
        return { verb: "moderated", w, shown: all, was: hidden, hidden: "" };
      case "put":
        return { verb: "put_into_theme", w, of, entries: all, into: field("into").value, called: field("called").value };
      case "out":
        return { verb: "put_into_theme", w, of, entries: all, into: "none" };
      case "undo":
        return back ?? { verb: "undo_theme", w, of, mark };
      case "rename":
        return { ...sends, theme: field("theme").value, name: field("new-name").value, was: field("theme").selectedOptions[0].dataset.name ?? "" };
      case "merge":
        return { ...sends, theme: field("theme").value, target: field("target").value };
    }
  }

  /** The button of the one entry that is meant, by its mark: it is not there where it would not do anything. */
  function single(mark, many, none) {
    const found = ticked();
    if (!found.length && here()) found.push(here());
    const [first, ...others] = found;
    const says = field("moderation").dataset;
    const button = first?.closest(".entry").querySelector(`[${mark}]`);
    if (!button || others.length) return void told(says[!first ? "first" : others.length ? many : none], "alert");
    for (const tick of ticked()) tick.checked = false;
    show();
    return button;
  }

  async function run(what, button) {
    if (what === "large") {
      const button = single("data-large", "one", "unseen");
      return button && void does(JSON.parse(button.dataset.act));
    }
    if (what === "translate") return single("data-translate", "only", "never")?.click();
    if (["approve", "hide", "restore", "put", "out"].includes(what) && !chosen().all.length)
      return told(field("moderation").dataset.first, "alert");
    const sends = data(what, button?.dataset.sends && JSON.parse(button.dataset.sends));
    const answer = await does(sends);
    if (answer?.kind !== "status" || !answer.said) return;
    if (what === "undo") back = null;
    else remember(sends);
    if (what === "put") {
      field("called").value = "";
      here() ?? picks().find((one) => one.checked)?.focus();
    }
    if (what === "rename") field("new-name").value = "";
    if (!["rename", "merge", "undo"].includes(what)) for (const one of ticked()) one.checked = false;
    show();
  }

  function remember({ verb, w, shown, was, hidden, approved }) {
    if (verb.endsWith("spotlight")) return;
    back = null;
    if (verb !== "moderated" || approved) return;
    const restored = hidden === "";
    const ids = restored ? was : shown.filter((one) => !was.includes(one));
    if (ids.length) back = { verb, w, shown: ids, was: restored ? [] : ids, hidden: restored ? ids.join() : "" };
  }

  /** What only the script knows. */
  function show() {
    main.classList.toggle("silent", !letters);
    const [box, count] = [field("letters"), main.querySelector("[data-count]")];
    if (box) box.checked = letters;
    if (field("into")) field("called").closest("label").hidden = field("into").value !== "new";
    if (count) count.textContent = String(new Set(ticked().flatMap((one) => JSON.parse(one.dataset.entries))).size);
  }

  /** Make the page new by `apply`, with focus, what was chosen and what was typed where they were. */
  return function steady(apply) {
    const focused = document.activeElement;
    const row = focused?.closest?.(".entry");
    const part = row?.closest("[data-part]");
    const at = row && [...part.querySelectorAll(".entry")].indexOf(row);
    const kept = ["into", "theme", "target", "sheet-choice"].map((id) => [id, field(id)?.value]);
    apply();
    for (const [id, value] of kept) {
      const select = field(id);
      // What is not offered any more is not silently something else.
      if (select && value !== undefined && id !== "sheet-choice") {
        select.value = value;
        if (select.selectedIndex < 0) select.selectedIndex = 0;
      }
    }
    const sheet = field("moderation")?.dataset.sheet;
    if (sheet && field("sheet-choice")) field("sheet-choice").value = sheet;
    show();
    if (row && document.activeElement !== focused) {
      const same = row.isConnected && focused.isConnected ? focused : null;
      const rows = [...part.querySelectorAll(".entry")];
      // What is gone leaves its place to the next one; after the last of the queue come the entries.
      const near = row.isConnected ? row : (rows[Math.min(at, rows.length - 1)] ?? main.querySelector(".entry"));
      (same ?? near?.querySelector("input.pick") ?? field("list-title"))?.focus();
    }
    // Another step that opens does not take away what somebody is reading.
    if (sheet && !options.sheet) choose("sheet", sheet);
  };
}
