/** Adaptive Cards by Microsoft's own renderer, with Teams' rules on top. Reports presses; never sends anything. */
import { el } from "./dom.js";
import { HOST_CONFIG } from "./hostconfig.js";
import { markdownHtml } from "./markdown.js";
import { mentionNode } from "./richtext.js";
import { zoomable } from "./lightbox.js";

let hostConfig = null;
let entities = new Map();
let drawn = 0;
const sources = new WeakMap();

function setUp() {
  const AC = window.AdaptiveCards;
  if (!AC) throw new Error("The card renderer is missing: /vendor/adaptivecards.min.js");
  if (hostConfig) return AC;
  hostConfig = new AC.HostConfig(HOST_CONFIG);
  hostConfig.hostCapabilities.addCapability("adaptiveCards", AC.Versions.v1_5);
  AC.GlobalSettings.setTabIndexAtCardRoot = false;
  AC.GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true;
  AC.GlobalSettings.useMarkdownInRadioButtonAndCheckbox = true;
  AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownHtml(text, (whole, name) => (entities.has(whole) ? mentionNode(name) : null));
    result.didProcess = true;
  };
  // The renderer calls an empty number that nobody has to give wrong; Teams takes it.
  class NumberField extends AC.NumberInput {
    isValid() {
      return this.isSet() ? super.isValid() : !this.isRequired;
    }
  }
  AC.GlobalRegistry.defaultElements.register("Input.Number", NumberField);
  return AC;
}

const MACRO = /\{\{(DATE|TIME)\(([^(),]+)(?:,\s*(COMPACT|SHORT|LONG))?\)\}\}/g;

/** DATE and TIME as the client words them, in the reader's language; the renderer would take the browser's. */
function macros(text, locale) {
  return text.replace(MACRO, (whole, kind, moment, length) => {
    const date = new Date(moment.trim());
    if (Number.isNaN(date.getTime())) return whole;
    if (kind === "TIME") return date.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
    const form = length && length !== "COMPACT" ? length.toLowerCase() : null;
    return date.toLocaleDateString(
      locale,
      form ? { weekday: form, day: "numeric", month: form, year: "numeric" } : undefined,
    );
  });
}

// Widths of Teams' responsive layout, in px (the card's own width).
const WIDTHS = [
  ["veryNarrow", 0],
  ["narrow", 165],
  ["standard", 350],
  ["wide", 768],
];

function widthClass(width) {
  let found = 0;
  WIDTHS.forEach(([, from], index) => {
    if (width >= from) found = index;
  });
  return found;
}

/** Whether an element with this `targetWidth` shows at a card width in px. */
export function fits(target, width) {
  const now = widthClass(width);
  const [, rule, name] = /^(?:(atLeast|atMost):)?(\w+)$/i.exec(String(target)) || [];
  const wanted = WIDTHS.findIndex(([known]) => known.toLowerCase() === String(name).toLowerCase());
  if (wanted < 0) return true;
  if (!rule) return now === wanted;
  return rule.toLowerCase() === "atleast" ? now >= wanted : now <= wanted;
}

function follow(host, targets) {
  if (!targets.length) return;
  const apply = () => {
    for (const [element, target] of targets) {
      const hidden = host.clientWidth > 0 && !fits(target, host.clientWidth);
      element.renderedElement?.classList.toggle("too-wide", hidden);
      element.separatorElement?.classList.toggle("too-wide", hidden);
    }
  };
  new ResizeObserver(apply).observe(host);
}

/** The action as its author wrote it (data not yet merged) with the inputs that go with it. */
function pressed(action) {
  const source = sources.get(action) || {};
  const inputs = {};
  for (const [id, input] of Object.entries(action.getReferencedInputs() || {}))
    inputs[id] = Number.isNaN(input.value) ? "" : (input.value ?? "");
  return {
    type: source.type || action.getJsonTypeName(),
    id: source.id ?? null,
    verb: source.verb ?? null,
    data: source.data ?? null,
    title: source.title || "",
    url: source.url || null,
    inputs,
    element: action.renderedElement || null,
    msteams: (source.data && source.data.msteams) || null,
    source,
  };
}

/**
 * Draws a card. `onPress(press, host)` gets each valid press (inputs already checked by the renderer). Gives the host
 * element; a card that cannot be drawn gives its own explanation instead of an exception, as Teams does.
 */
export function drawCard(json, { locale, onPress }) {
  const host = el("div", { class: "card", "data-testid": "card" });
  if (json && json.msteams && String(json.msteams.width).toLowerCase() === "full") host.classList.add("full");
  try {
    const AC = setUp();
    const card = new AC.AdaptiveCard();
    card.hostConfig = hostConfig;
    const context = new AC.SerializationContext();
    const targets = [];
    context.onParseElement = (element, source) => {
      if (source && source.targetWidth) targets.push([element, source.targetWidth]);
      if (source && typeof source.text === "string" && source.text.includes("{{"))
        element.text = macros(source.text, locale);
    };
    context.onParseAction = (action, source) => sources.set(action, source);
    entities = new Map(((json.msteams && json.msteams.entities) || []).map((entity) => [entity.text, entity]));
    card.parse(json, context);
    card.onExecuteAction = (action) => onPress(pressed(action), host);
    card.onAnchorClicked = () => false;
    const drawn = card.render();
    if (!drawn) throw new Error("nothing to draw");
    host.append(drawn);
    follow(host, targets);
    tidy(host);
    host.refresh = json.refresh || null;
  } catch (error) {
    host.classList.add("broken");
    host.append(
      el("p", { text: (json && json.fallbackText) || "This card cannot be shown." }),
      el("p", { class: "quiet", text: String(error.message || error) }),
    );
  } finally {
    entities = new Map();
  }
  return host;
}

function tidy(host) {
  for (const image of host.querySelectorAll("img")) {
    image.loading = "lazy";
    if (!image.closest(".ac-selectable, button") && image.naturalWidth !== 1) zoomable(image);
  }
  // The renderer calls the buttons of a choice by the field's id: of the same form beside it, only one stayed pressed.
  drawn += 1;
  for (const radio of host.querySelectorAll('input[type="radio"]')) radio.name = `${radio.name} ${drawn}`;
  for (const anchor of host.querySelectorAll("a[href]")) anchor.rel = "noopener noreferrer";
  for (const field of host.querySelectorAll("input, textarea")) field.setAttribute("autocomplete", "off");
  // The renderer (3.0.6) gives a list to type in no name but its placeholder; Teams' clients call it by its label.
  for (const field of host.querySelectorAll('input[class*="ac-choiceSetInput-filtered"]')) {
    const named = field.closest("[aria-labelledby]");
    if (named) field.setAttribute("aria-labelledby", named.getAttribute("aria-labelledby"));
  }
}

/** Marks a card as waiting for an answer to that press; the function returned takes the mark away. */
export function busy(host, press) {
  host.classList.add("busy");
  host.setAttribute("aria-busy", "true");
  strip(host, null);
  const button = press.element;
  const wasFocused = button && button.contains(document.activeElement);
  button?.classList.add("pressed");
  const all = [...host.querySelectorAll("button")].filter((other) => !other.disabled);
  for (const other of all) other.disabled = true;
  return () => {
    host.classList.remove("busy");
    host.removeAttribute("aria-busy");
    button?.classList.remove("pressed");
    for (const other of all) other.disabled = false;
    if (wasFocused && button.isConnected && document.activeElement === document.body) button.focus();
  };
}

/** Says something at the foot of a card: {text, detail, kind: "error"|"info"}, or null to say nothing. */
export function strip(host, said) {
  host.querySelector(":scope > .strip")?.remove();
  if (!said) return;
  const node = el(
    "div",
    { class: `strip ${said.kind}`, role: said.kind === "error" ? "alert" : "status" },
    el("span", { text: said.text }),
    said.detail ? el("span", { class: "quiet", text: said.detail }) : null,
  );
  host.append(node);
  if (host.contains(document.activeElement) || said.kind === "error") node.scrollIntoView({ block: "nearest" });
}
