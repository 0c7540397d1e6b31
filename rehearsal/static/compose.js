/** The box one writes in: @mentions by a picker, Enter sends, Shift+Enter breaks the line; only plain text goes in. */
import { makeAttach } from "./attach.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { makePicker } from "./picker.js";

/** A mention inside the box: cannot be edited, only removed as a whole. */
export function chip(candidate) {
  return el("span", {
    class: "mention-chip",
    contenteditable: "false",
    data: { id: candidate.id, name: candidate.name },
    text: candidate.name,
  });
}

/** {text with `<at>Name</at>`, mentions: [id]} of what stands in the box. */
function read(box) {
  let text = "";
  const mentions = [];
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data;
      else if (child.nodeName === "BR") text += "\n";
      else if (child.dataset && child.dataset.id) {
        text += `<at>${child.dataset.name}</at>`;
        mentions.push(child.dataset.id);
      } else {
        if (/^(DIV|P)$/.test(child.nodeName) && text && !text.endsWith("\n")) text += "\n";
        walk(child);
      }
    }
  };
  walk(box);
  return {
    text: text
      .replace(/\u00a0/g, " ")
      .replace(/\n+$/, "")
      .trim(),
    mentions,
  };
}

/**
 * A compose box. `onSend(draft)` gets {text, mentions, files}, files only where there may be any (`files`), and answers a promise; when it fails the text comes back into the box.
 * `candidates()` lists {id, name, bot, person?, detail} who can be mentioned.
 */
export function makeCompose({ label, testid, sendTestid, candidates, onSend, onCancel = null, onChange = null, files = false }) {
  const box = el("div", {
    class: "compose-box",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": label,
    "data-testid": testid,
    "data-placeholder": label,
    spellcheck: "true",
    "aria-autocomplete": "list",
  });
  const picker = makePicker(box, candidates, pick);
  const at = iconButton("Mention somebody (@)", icon("at"), () => {
    box.focus();
    document.execCommand("insertText", false, "@");
  });
  const send = iconButton("Send", icon("send"), () => submit(), {
    "data-testid": sendTestid,
    class: "icon-button send",
  });
  const cancel = onCancel
    ? el("button", { type: "button", class: "text-button", on: { click: onCancel }, text: "Cancel" })
    : null;
  const attach = files ? makeAttach(() => changed()) : null;
  const node = el(
    "div",
    { class: "compose" },
    picker.node,
    attach ? attach.list : null,
    el(
      "div",
      { class: "compose-frame" },
      box,
      el("div", { class: "compose-tools" }, at, attach && attach.button, attach && attach.input, cancel, el("span", { class: "spread" }), send),
    ),
  );

  function place(chipNode, textNode, from, to) {
    const rest = textNode.splitText(from);
    rest.deleteData(0, to - from);
    rest.before(chipNode);
    if (!/^[ \u00a0]/.test(rest.data)) rest.insertData(0, " ");
    getSelection().collapse(rest, 1);
  }

  function pick(candidate, range) {
    if (!range || !range.node.isConnected) return;
    place(chip(candidate), range.node, range.from, range.to);
    box.focus();
    changed();
  }

  // "@Kolbot new", typed or pasted whole, mentions Kolbot just as picking it does.
  function recognise(final) {
    const everyone = candidates()
      .filter((one) => one.name)
      .sort((one, other) => other.name.length - one.name.length);
    for (const text of [...box.childNodes].filter(
      (child) => child.nodeType === Node.TEXT_NODE && child.data.includes("@"),
    )) {
      for (const found of text.data.matchAll(/(^|\s)@/g)) {
        const from = found.index + found[0].length - 1;
        const after = text.data.slice(from + 1);
        const named = everyone.find(
          (one) =>
            after.toLowerCase().startsWith(one.name.toLowerCase()) &&
            (/^[\s,:;.!?]/.test(after.slice(one.name.length)) || (final && after.length === one.name.length)),
        );
        if (!named) continue;
        const caret = getSelection().focusNode === text ? getSelection().focusOffset : null;
        const end = from + 1 + named.name.length;
        place(chip(named), text, from, end);
        const rest = box.contains(getSelection().focusNode) ? getSelection().focusNode : null;
        if (rest && caret !== null) getSelection().collapse(rest, Math.min(rest.length, Math.max(1, caret - end)));
        recognise(final);
        return;
      }
    }
  }

  function changed() {
    if (box.textContent === "" && !box.querySelector("[data-id]")) box.replaceChildren();
    const empty = box.childNodes.length === 0 && !(attach && attach.any());
    node.classList.toggle("filled", !empty);
    if (onChange) onChange();
  }

  async function submit() {
    picker.close();
    if (box.textContent.includes("@")) recognise(true);
    const draft = read(box);
    if (attach) draft.files = await attach.take();
    if (!draft.text && !(draft.files || []).length) {
      box.replaceChildren();
      changed();
      return;
    }
    const kept = [...box.childNodes];
    box.replaceChildren();
    changed();
    try {
      await onSend(draft);
    } catch {
      // Nothing written is lost: it comes back before what has been typed since.
      box.prepend(...kept);
      if (attach) attach.give(draft.files);
      changed();
    }
  }

  box.addEventListener("input", () => {
    if (box.textContent.includes("@")) recognise(false);
    changed();
    picker.update();
  });
  box.addEventListener("keydown", (event) => {
    if (picker.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && onCancel && !box.textContent) {
      event.stopPropagation();
      onCancel();
    }
  });
  box.addEventListener("beforeinput", (event) => {
    if (event.inputType.startsWith("format")) event.preventDefault();
  });
  const plain = (event, data) => {
    event.preventDefault();
    document.execCommand("insertText", false, data.getData("text/plain"));
  };
  box.addEventListener("paste", (event) => plain(event, event.clipboardData));
  box.addEventListener("drop", (event) => plain(event, event.dataTransfer));
  box.addEventListener("blur", () => setTimeout(() => picker.close(), 150));

  return {
    node,
    focus: () => {
      box.focus();
      getSelection().selectAllChildren(box);
      getSelection().collapseToEnd();
    },
    /** Puts text after a mention into the box, such as Kolbot and " new". */
    fill(candidate, text) {
      box.replaceChildren(...(candidate ? [chip(candidate)] : []), document.createTextNode(text));
      changed();
      this.focus();
    },
    take: () => [...box.childNodes],
    give(nodes) {
      box.replaceChildren(...nodes);
      changed();
    },
  };
}
