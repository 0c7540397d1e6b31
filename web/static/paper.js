/**
 * The board on sheets: from the first step to the last, drawings taken apart where nothing is cut, so that they go on
 * over the page. It is made when the page is printed, and gone afterwards; the page itself stays as it is.
 */

/** Widths of a drawing: one that is no taller stays whole. */
const WHOLE = 0.6;
/** px of a drawing: what stands closer than this belongs together. */
const APART = 5;
const LEAVES = "rect, circle, ellipse, line, path, polygon, polyline, text";

export function prints(main) {
  let paper = null;
  addEventListener("beforeprint", () => {
    paper?.remove();
    paper = null;
    if (!main.querySelector(".cycle")) return; // another page, or a closed one, is printed as it is
    // In the projector view all drawings but one are out of sight, and have no size.
    const large = document.body.classList.contains("projector");
    document.body.classList.remove("projector");
    paper = sheets(main);
    document.body.classList.toggle("projector", large);
    main.after(paper);
    document.body.classList.add("printing");
  });
  addEventListener("afterprint", () => {
    paper?.remove();
    paper = null;
    document.body.classList.remove("printing");
  });
}

function sheets(main) {
  const paper = made("div", "paper");
  const title = main.querySelector(".head .about");
  if (title) paper.append(title.cloneNode(true));
  const cycle = main.querySelector(".cycle");
  if (cycle) paper.append(renamed(cycle.cloneNode(true)));
  let stage = "";
  for (const step of [...main.querySelectorAll("section.step")].reverse()) {
    const section = made("section", "step");
    section.dataset.stage = step.dataset.stage;
    section.classList.toggle("first", step.dataset.stage !== stage);
    stage = step.dataset.stage;
    const heading = made("div", "again");
    heading.append(step.querySelector("h2").cloneNode(true));
    const content = made("div", "content");
    for (const figure of step.querySelectorAll("figure")) {
      for (const part of figure.children) content.append(part.matches("svg") ? drawing(part) : part.cloneNode(true));
    }
    section.append(heading, content);
    paper.append(section);
  }
  return paper;
}

/** A drawing as pieces, each a drawing of its own. */
function drawing(svg) {
  const { width, height } = svg.viewBox.baseVal;
  const seen = svg.getBoundingClientRect();
  const scale = width / seen.width;
  if (!Number.isFinite(scale)) return svg.cloneNode(true);
  const found = [];
  for (const node of svg.querySelectorAll(LEAVES)) {
    if (node.closest("defs, clipPath, mask")) continue;
    const box = node.getBoundingClientRect();
    const [left, top] = [(box.left - seen.left) * scale, (box.top - seen.top) * scale];
    found.push({ node, left, top, right: left + box.width * scale, bottom: top + box.height * scale });
  }
  // What lies behind everything is the paper itself.
  const things = found.filter((one) => !covers(one, { left: 0, top: 0, right: width, bottom: height }));
  const edge = Math.max(0, Math.min(...things.map((one) => Math.min(one.left, width - one.right))) - 1);
  return block(things, { ...around(things), left: edge, right: width - edge }, [], { svg, tall: width * WHOLE });
}

/** From the upper to the lower edge of things, with the line that they may be drawn with. */
function around(things) {
  return { top: Math.min(...things.map((one) => one.top)) - 2, bottom: Math.max(...things.map((one) => one.bottom)) + 2 };
}

function block(things, area, grounds, about) {
  if (area.bottom - area.top <= about.tall || things.length < 2) return piece(things, area, grounds, about);
  const rows = groups(things, "top", "bottom");
  if (rows.length > 1) {
    const stack = made("div", "rows");
    for (const [each, top, bottom] of between(rows, area.top, area.bottom)) {
      const row = block(each, { ...area, top, bottom }, grounds, about);
      // A heading does not stay alone below, nor what stands above it.
      row.classList.toggle("goes-on", each === rows[0][0] || each.every(({ node }) => node.matches("text, line")));
      stack.append(row);
    }
    return stack;
  }
  const columns = groups(things, "left", "right");
  if (columns.length > 1) {
    const beside = made("div", "columns");
    for (const [each, left, right] of between(columns, area.left, area.right)) {
      // Where a short one ends, it ends: it pushes nothing to the next sheet.
      const column = block(each, { ...area, left, right, bottom: around(each).bottom }, grounds, about);
      const cell = made("div", "cell");
      cell.style.width = `${(100 * (right - left)) / (area.right - area.left)}%`;
      cell.append(column);
      beside.append(cell);
    }
    return beside;
  }
  // A coloured ground with others on it goes on behind each of them.
  const ground = things.find((one) => one.node.matches("rect") && things.every((other) => covers(one, other)));
  if (!ground) return piece(things, area, grounds, about);
  return block(things.filter((one) => one !== ground), area, [...grounds, ground], about);
}

function piece(things, area, grounds, { svg }) {
  const made = svg.cloneNode(false);
  for (const name of ["width", "height"]) made.removeAttribute(name);
  made.setAttribute("viewBox", [area.left, area.top, area.right - area.left, area.bottom - area.top].join(" "));
  for (const { node } of [...grounds, ...things]) {
    let copy = node.cloneNode(true);
    // What the groups that it stands in say of colour and place holds for it alone too.
    for (let outer = node.parentNode; outer !== svg; outer = outer.parentNode) {
      const group = outer.cloneNode(false);
      group.append(copy);
      copy = group;
    }
    made.append(copy);
  }
  return made;
}

/** Things that overlap on this axis, or nearly so, together; in order. */
function groups(things, from, to) {
  const sorted = [...things].sort((one, other) => one[from] - other[from]);
  const found = [];
  let end = -Infinity;
  for (const one of sorted) {
    if (one[from] > end + APART) found.push([]);
    found.at(-1).push(one);
    end = Math.max(end, one[to]);
  }
  return found.map((each) => [each, Math.min(...each.map((one) => one[from])), Math.max(...each.map((one) => one[to]))]);
}

/** The whole length, parted in the middle between two groups. */
function between(found, start, end) {
  const borders = found.slice(1).map(([, from], at) => (found[at][2] + from) / 2);
  return found.map(([each], at) => [each, borders[at - 1] ?? start, borders[at] ?? end]);
}

function covers(one, other) {
  return one.left <= other.left + 1 && one.top <= other.top + 1 && one.right >= other.right - 1 && one.bottom >= other.bottom - 1;
}

/** A copy beside what it was made of: its own names for what is referred to. */
function renamed(copy) {
  for (const node of copy.querySelectorAll("[id]")) node.id = `paper-${node.id}`;
  for (const node of copy.querySelectorAll("textPath")) {
    const name = node.getAttribute("xlink:href") ?? node.getAttribute("href");
    node.setAttribute("href", name.replace("#", "#paper-"));
    node.removeAttribute("xlink:href");
  }
  copy.removeAttribute("data-slide");
  return copy;
}

function made(tag, look) {
  const node = document.createElement(tag);
  node.className = look;
  return node;
}
