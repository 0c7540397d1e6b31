/** The text of a message as nodes: plain, markdown or Teams' own little HTML ("xml"), with mentions as chips. */
import { el } from "./dom.js";
import { markdownNodes, safeLink } from "./markdown.js";

/** A mention as Teams writes it: coloured name, bold when it is the viewer. */
export function mentionNode(name, mine = false) {
  return el("span", { class: mine ? "mention mine" : "mention", text: name });
}

function mentionFinder(mentions, viewer) {
  const known = new Map((mentions || []).map((mention) => [mention.text, mention]));
  return (whole, name) => {
    const mention = known.get(whole) || known.get(`<at>${name}</at>`);
    return mention ? mentionNode(name, mention.id === viewer) : null;
  };
}

const ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

function plainNodes(text, find) {
  const out = [];
  let last = 0;
  const push = (piece) => {
    let from = 0;
    for (const found of piece.matchAll(ADDRESS)) {
      out.push(piece.slice(from, found.index), safeLink(found[0], found[0]));
      from = found.index + found[0].length;
    }
    out.push(piece.slice(from));
  };
  for (const found of text.matchAll(/<at[^>]*>([^<]*)<\/at>/g)) {
    const node = find(found[0], found[1]);
    if (!node) continue;
    push(text.slice(last, found.index));
    out.push(node);
    last = found.index + found[0].length;
  }
  push(text.slice(last));
  return out.filter((piece) => piece !== "");
}

const TAGS = new Set([
  "B",
  "STRONG",
  "I",
  "EM",
  "U",
  "S",
  "P",
  "DIV",
  "SPAN",
  "BR",
  "UL",
  "OL",
  "LI",
  "PRE",
  "CODE",
  "BLOCKQUOTE",
  "H1",
  "H2",
  "H3",
]);
const DROPPED = new Set(["SCRIPT", "STYLE", "IFRAME", "OBJECT", "TEMPLATE", "NOSCRIPT"]);

function copied(source, find) {
  const out = [];
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) out.push(child.data);
    else if (child.nodeType !== Node.ELEMENT_NODE || DROPPED.has(child.tagName)) continue;
    else if (child.tagName === "AT")
      out.push(find(`<at>${child.textContent}</at>`, child.textContent) || child.textContent);
    else if (child.tagName === "A") out.push(safeLink(child.getAttribute("href") || "", ...copied(child, find)));
    else if (TAGS.has(child.tagName)) out.push(el(child.tagName, {}, ...copied(child, find)));
    else out.push(...copied(child, find));
  }
  return out;
}

/** The nodes of one message's text, for the viewer (a person's id). Only known tags are ever made; attributes are never copied. */
export function textNodes(message, viewer) {
  const text = message.text || "";
  const find = mentionFinder(message.mentions, viewer);
  if (message.textFormat === "markdown") return markdownNodes(text, find);
  if (message.textFormat === "xml") {
    // An inert document: nothing in it loads or runs, and only names of known tags are taken from it.
    const parsed = new DOMParser().parseFromString(text, "text/html");
    return [el("div", { class: "xml" }, ...copied(parsed.body, find))];
  }
  return [el("p", { class: "plain" }, ...plainNodes(text, find))];
}

/** One line without marks, for the list, the toasts and the screen reader. */
export function summary(message) {
  if (message.deleted) return "This message has been deleted.";
  const text = (message.text || "")
    .replace(/<\/?at[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();
  if (text) return text.slice(0, 140);
  return (message.attachments || []).some(isCard)
    ? "Sent a card"
    : (message.attachments || []).length
      ? "Sent a picture"
      : "";
}

/** Whether an attachment is an Adaptive Card. */
export function isCard(attachment) {
  return attachment.contentType === "application/vnd.microsoft.card.adaptive";
}
