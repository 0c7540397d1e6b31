/** Makes a part of the page equal to new HTML, node by node: what stays the same stays, with its focus and its place. */

/** Each part's HTML as the server drew it: what it says later is what differs from that. */
const drawn = new WeakMap();

/** Where the server cuts HTML into the pieces that it counts (web/patches.py). */
const SEAM = "><";

/**
 * Everything that an event says of the parts of a page: those that are new, what differs in others, and in which order all
 * stand. A part that is called "left.next" stands in the column "left", which stands where its first part is named.
 */
export function parts(root, { order, parts: changed, splices }) {
  const have = new Map([...root.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]));
  for (const [name, node] of have) if (!order.includes(name)) node.remove();
  const last = new Map();
  const put = (parent, node) => {
    const place = last.has(parent) ? last.get(parent).nextElementSibling : parent.firstElementChild;
    if (place !== node) parent.insertBefore(node, place);
    last.set(parent, node);
  };
  const columns = new Map();
  for (const name of order) {
    let parent = root;
    if (name.includes(".")) {
      const called = name.split(".")[0];
      if (!columns.has(called)) {
        const column = root.querySelector(`:scope > [data-column="${called}"]`) ?? made("column", "column", called);
        columns.set(called, column);
        put(root, column);
      }
      parent = columns.get(called);
    }
    const node = have.get(name) ?? made("part", "part", name);
    const html = name in splices ? spliced(drawn.get(node), splices[name]) : changed[name];
    if (html !== undefined) {
      morph(node, html);
      drawn.set(node, html);
    }
    put(parent, node);
  }
  for (const column of root.querySelectorAll(":scope > [data-column]")) if (!column.childElementCount) column.remove();
}

/** From the last place to the first, so that places stay true. */
function spliced(html, found) {
  const pieces = html.split(SEAM);
  for (const [start, count, put] of found) pieces.splice(start, count, ...put);
  return pieces.join(SEAM);
}

function made(look, kind, name) {
  const node = document.createElement("div");
  node.className = look;
  node.dataset[kind] = name;
  return node;
}

export function morph(node, html) {
  const next = document.createElement("template");
  // HTML that the server drew, with everything that anybody wrote escaped; the page's policy runs no script in it.
  next.innerHTML = html;
  children(node, next.content);
}

const key = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || "" : "");

const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && key(one) === key(other);

function children(now, next) {
  const keyed = new Map([...now.childNodes].filter(key).map((node) => [key(node), node]));
  let at = now.firstChild;
  for (const wanted of [...next.childNodes]) {
    const same = key(wanted) ? keyed.get(key(wanted)) : at && alike(at, wanted) ? at : null;
    if (same && alike(same, wanted)) {
      if (same === at) at = at.nextSibling;
      else now.insertBefore(same, at);
      one(same, wanted);
    } else now.insertBefore(wanted, at);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function one(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.nodeValue !== next.nodeValue) now.nodeValue = next.nodeValue;
    return;
  }
  // What the page's own clock writes, it writes again at once.
  for (const { name } of [...now.attributes])
    if (!next.hasAttribute(name) && !(name === "value" && now.hasAttribute("data-from"))) now.removeAttribute(name);
  for (const { name, value } of next.attributes) {
    if (name === "value" && now.hasAttribute("data-from")) continue;
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  if (now.matches("[data-closes], time[data-show]")) return;
  children(now, next);
}
