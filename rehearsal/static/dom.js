/** Building of DOM nodes: text always as text nodes, never as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * One element. `props`: class, text, on {event: handler}, data {name: value}, style {…}; anything else is an attribute
 * (null, undefined and false leave it out, true makes it empty). Children: nodes, strings, arrays of these, or nothing.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "style") Object.assign(node.style, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child);
  }
}

/** An inline picture from path strings; `size` in px. Decorative: hidden from screen readers. */
export function svg(paths, { size = 20, box = 20, fill = false } = {}) {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("viewBox", `0 0 ${box} ${box}`);
  node.setAttribute("width", size);
  node.setAttribute("height", size);
  node.setAttribute("aria-hidden", "true");
  node.setAttribute("focusable", "false");
  node.classList.add("icon");
  for (const d of [].concat(paths)) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("fill", fill ? "currentColor" : "none");
    path.setAttribute("stroke", fill ? "none" : "currentColor");
    path.setAttribute("stroke-width", "1.4");
    path.setAttribute("stroke-linecap", "round");
    path.setAttribute("stroke-linejoin", "round");
    node.append(path);
  }
  return node;
}

/** A button that holds an icon only; `label` is its name and its tooltip. */
export function iconButton(label, picture, onClick, props = {}) {
  return el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      title: label,
      on: { click: onClick },
      ...props,
    },
    picture,
  );
}

/** Makes the children of `parent` exactly `nodes`, in order, touching only those out of place (focus and scroll survive). */
export function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

let counter = 0;
/** An id that is used once in this page, for aria-labelledby and the like. */
export function uniqueId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

const FOCUSABLE =
  "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), " +
  'textarea:not([disabled]), iframe, [tabindex]:not([tabindex="-1"]), [contenteditable="true"]';

/** What the Tab key reaches inside `root`, in order. */
export function focusables(root) {
  return [...root.querySelectorAll(FOCUSABLE)].filter(
    (node) => node.getClientRects().length > 0 && !node.closest("[inert]"),
  );
}
