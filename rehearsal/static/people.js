/** People and the bot as Teams shows them: avatar with presence, name with its suffix, tags. */
import { el, svg } from "./dom.js";

const LANGUAGES = { en: "English", pl: "Polish", bg: "Bulgarian", lv: "Latvian", hu: "Hungarian" };

/** The English word for a language code. */
export function languageName(code) {
  return LANGUAGES[code] || code || "";
}

const isOutside = (person, room) => Boolean(person.tenant && room.tenant && person.tenant !== room.tenant);

/** "Marta Nowak (Guest)", "Pieter de Vries (External)", as Teams writes names. */
export function shownName(person, room) {
  if (person.guest) return `${person.name} (Guest)`;
  if (isOutside(person, room)) return `${person.name} (External)`;
  return person.name;
}

/** What the person switcher says under a name: role, language, guest, other tenant. */
export function describe(person, room) {
  const parts = [
    person.role ? person.role.charAt(0).toUpperCase() + person.role.slice(1) : "",
    languageName(person.language),
  ];
  if (person.guest && person.role !== "guest") parts.push("guest");
  if (isOutside(person, room)) parts.push("other tenant");
  if (person.reachable === false) parts.push("no private messages from the bot");
  if (person.simulated) parts.push("simulated");
  return parts.filter(Boolean).join(" · ");
}

const TINTS = [
  "#6264a7",
  "#0f6cbd",
  "#0b6a0b",
  "#8e562e",
  "#8764b8",
  "#c239b3",
  "#986f0b",
  "#00666d",
  "#a4262c",
  "#4f6bed",
];

function tint(person) {
  if (person.color && CSS.supports("color", person.color)) return person.color;
  let sum = 0;
  for (const letter of String(person.id)) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return TINTS[sum % TINTS.length];
}

function initials(person) {
  if (person.initials) return person.initials;
  const words = String(person.name || "?")
    .split(/\s+/)
    .filter(Boolean);
  return [words[0], words.length > 1 ? words[words.length - 1] : ""]
    .map((word) => [...word][0] || "")
    .join("")
    .toUpperCase();
}

/** A person's avatar; `size` in px; presence dot unless `presence` is false. */
export function avatar(person, { size = 32, presence = true } = {}) {
  const node = el("span", {
    class: "avatar",
    "aria-hidden": "true",
    style: { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.4)}px` },
  });
  if (person.avatar) node.append(el("img", { src: person.avatar, alt: "" }));
  else
    node.append(el("span", { class: "avatar-face", style: { backgroundColor: tint(person) }, text: initials(person) }));
  if (presence) node.append(el("span", { class: person.reachable === false ? "presence unknown" : "presence" }));
  return node;
}

/** The bot's avatar: Teams draws apps as rounded squares. */
export function botAvatar(size = 32) {
  const picture = svg(
    [
      "M16 7a9 9 0 0 1 9 9",
      "M25 20a9 9 0 0 1-6 4.500",
      "M14 24.800A9 9 0 0 1 7 16",
      "M7.800 12A9 9 0 0 1 12 8",
      "M15 16a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    ],
    { size, box: 32 },
  );
  for (const path of picture.querySelectorAll("path")) path.setAttribute("stroke-width", "2.8");
  return el(
    "span",
    { class: "avatar bot", "aria-hidden": "true", style: { width: `${size}px`, height: `${size}px` } },
    picture,
  );
}

/** A team's or group's square with its first letters. */
export function groupAvatar(name, { size = 32, round = false } = {}) {
  const person = { id: name, name };
  return el(
    "span",
    {
      class: round ? "avatar" : "avatar square",
      "aria-hidden": "true",
      style: { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.4)}px` },
    },
    el("span", { class: "avatar-face", style: { backgroundColor: tint(person) }, text: initials(person) }),
  );
}

/** Lower case without accents: how names are searched. */
export function fold(text) {
  return String(text)
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
