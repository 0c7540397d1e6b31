/**
 * The little markdown Teams knows: bold, italic, bullet and numbered lists, links. Text in, DOM out; HTML in the text
 * stays text, and a link goes to http, https or mailto only.
 */
import { el } from "./dom.js";

const SAFE = /^(https?:\/\/|mailto:)/i;
const PAIRS = [
  ["***", ["strong", "em"]],
  ["**", ["strong"]],
  ["__", ["strong"]],
  ["*", ["em"]],
  ["_", ["em"]],
  ["~~", ["s"]],
];
const ESCAPABLE = /[\\`*_{}[\]()#+\-.!~>|]/;

/** A link that opens in its own tab, or plain text where the address is not one of a web page. */
export function safeLink(address, ...children) {
  if (!SAFE.test(address)) return el("span", {}, ...children);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

// How far a mark may be from its partner: keeps hostile text of thousands of marks from costing the square of its length.
const REACH = 1000;

function closing(text, from, mark) {
  const limit = Math.min(text.length, from + REACH);
  for (let at = from; at < limit; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text.startsWith(mark, at) && !/\s/.test(text[at - 1]) && at > from) {
      if (mark.startsWith("_") && /[\p{L}\p{N}]/u.test(text[at + mark.length] || "")) continue;
      return at;
    }
  }
  return -1;
}

function link(text, at) {
  const near = text.slice(at, at + REACH + 2048);
  const middle = near.indexOf("](");
  const end = middle < 0 ? -1 : near.indexOf(")", middle);
  if (end < 0) return null;
  const address = near
    .slice(middle + 2, end)
    .trim()
    .split(/\s/)[0];
  return { label: near.slice(1, middle), address, next: at + end + 1 };
}

/** Inline marks of one line as nodes; `mention(name)` may turn `<at>name</at>` into a node, or return null to leave the text. */
function inline(text, mention, depth = 0) {
  const out = [];
  let plain = "";
  const flush = () => {
    if (plain) out.push(plain);
    plain = "";
  };
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 3);
    if (text[at] === "\\" && ESCAPABLE.test(text[at + 1] || "")) {
      plain += text[at + 1];
      at += 2;
      continue;
    }
    if (rest === "<at") {
      const found = /^<at[^>]*>([^<]*)<\/at>/.exec(text.slice(at, at + 400));
      const node = found && mention ? mention(found[0], found[1]) : null;
      if (node) {
        flush();
        out.push(node);
        at += found[0].length;
        continue;
      }
    }
    const target = text[at] === "[" && depth < 4 ? link(text, at) : null;
    if (target) {
      flush();
      out.push(safeLink(target.address, ...inline(target.label, mention, depth + 1)));
      at = target.next;
      continue;
    }
    const pair = depth < 6 ? opening(text, at) : null;
    if (pair) {
      flush();
      const inner = inline(text.slice(at + pair.mark.length, pair.end), mention, depth + 1);
      out.push(pair.tags.reduceRight((nodes, tag) => [el(tag, {}, ...nodes)], inner)[0]);
      at = pair.end + pair.mark.length;
      continue;
    }
    plain += text[at];
    at += 1;
  }
  flush();
  return out;
}

function opening(text, at) {
  for (const [mark, tags] of PAIRS) {
    if (!text.startsWith(mark, at) || /\s/.test(text[at + mark.length] || " ")) continue;
    if (mark.startsWith("_") && at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) continue;
    const end = closing(text, at + mark.length, mark);
    if (end > 0) return { mark, tags, end };
  }
  return null;
}

const BULLET = /^\s{0,3}[-*+]\s+(.*)$/;
const NUMBER = /^\s{0,3}(\d{1,9})[.)]\s+(.*)$/;

/** Whole text as block nodes (paragraphs and lists). */
export function markdownNodes(text, mention = null) {
  const blocks = [];
  let lines = [];
  let list = null;
  const paragraph = () => {
    if (!lines.length) return;
    const node = el("p");
    lines.forEach((line, index) => {
      if (index) node.append(el("br"));
      node.append(...inline(line, mention));
    });
    blocks.push(node);
    lines = [];
  };
  for (const line of String(text).replace(/\r\n?/g, "\n").split("\n")) {
    const bullet = BULLET.exec(line);
    const number = bullet ? null : NUMBER.exec(line);
    if (bullet || number) {
      paragraph();
      const tag = bullet ? "UL" : "OL";
      if (!list || list.tagName !== tag) {
        list = el(tag, number ? { start: number[1] } : {});
        blocks.push(list);
      }
      list.append(el("li", {}, ...inline(bullet ? bullet[1] : number[2], mention)));
    } else {
      if (!line.trim()) {
        paragraph();
        if (lines.length === 0) list = null;
      } else {
        list = null;
        lines.push(line);
      }
    }
  }
  paragraph();
  return blocks;
}

/** The same as HTML for the card renderer, which takes HTML only; made from nodes, so nothing of the text is HTML. */
export function markdownHtml(text, mention = null) {
  const holder = el("div", {}, ...markdownNodes(text, mention));
  return holder.innerHTML;
}
