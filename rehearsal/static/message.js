/** One message drawn for one person: who, when, text, cards, pictures, and the marks Teams puts beside them. */
import { el, iconButton } from "./dom.js";
import { drawCard } from "./cards.js";
import { icon } from "./icons.js";
import { zoomable } from "./lightbox.js";
import { avatar, botAvatar, shownName } from "./people.js";
import { isCard, summary, textNodes } from "./richtext.js";
import { full, stamp } from "./when.js";

/** The avatar of whoever wrote a message. */
export function senderAvatar(message, view, size) {
  if (message.from.bot) return botAvatar(size);
  return avatar(view.personOf(message.from.id) || { id: message.from.id, name: message.from.name }, { size });
}

function senderName(message, view) {
  const person = message.from.bot ? null : view.personOf(message.from.id);
  return person ? shownName(person, view.room) : message.from.name;
}

const IMAGE = /^image\/(png|jpe?g|gif|webp)$/i;
const SHOWABLE = /^(https?:\/\/|data:image\/(png|jpe?g|gif|webp);)/i;

function attachmentNode(attachment, message, view) {
  if (isCard(attachment)) {
    return drawCard(attachment.content || {}, {
      locale: view.locale,
      onPress: (press, host) => view.pressed(message, press, host),
    });
  }
  const address = attachment.contentUrl || "";
  if (IMAGE.test(attachment.contentType || "") && (SHOWABLE.test(address) || address.startsWith("/"))) {
    const image = el("img", { class: "picture", src: address, alt: attachment.name || "Picture", loading: "lazy" });
    zoomable(image);
    return image;
  }
  return el(
    "div",
    { class: "attachment" },
    icon("list"),
    el("span", { text: attachment.name || attachment.contentType || "Attachment" }),
  );
}

function tools(message, node, view) {
  const cards = (message.attachments || []).filter(isCard);
  if (!cards.length || message.deleted) return null;
  const refreshable = cards.find((card) => card.content && card.content.refresh && card.content.refresh.action);
  return el(
    "div",
    { class: "message-tools", role: "group", "aria-label": "Message actions" },
    refreshable ? iconButton("Refresh card", icon("refresh", 16), () => view.refresh(message)) : null,
    el(
      "button",
      {
        type: "button",
        class: "code-button",
        "data-testid": "card-json",
        "aria-pressed": "false",
        title: "Show the card's JSON",
        on: { click: (event) => toggleJson(event.currentTarget, node, cards) },
      },
      "</> Card",
    ),
  );
}

function toggleJson(button, node, cards) {
  const shown = node.querySelector(":scope .card-json");
  button.setAttribute("aria-pressed", String(!shown));
  if (shown) {
    shown.remove();
    return;
  }
  const text = cards.map((card) => JSON.stringify(card.content, null, 2)).join("\n\n");
  const written = JSON.stringify(cards[0].content);
  // Teams counts a card's size in UTF-16: two bytes for each unit.
  const [utf8, utf16] = [new Blob([written]).size, written.length * 2].map((bytes) => (bytes / 1024).toFixed(1));
  node.querySelector(".message-body").append(
    el(
      "div",
      { class: "card-json" },
      el("p", {
        class: "quiet",
        text: `${utf8} KB as UTF-8, ${utf16} KB as UTF-16 (Teams refuses more than 80 KB)`,
      }),
      el("pre", { tabindex: "0", "aria-label": "Card JSON", text }),
    ),
  );
}

/**
 * The node of a message. `view`: {person, room, locale, personOf(id), pressed(message, press, host), refresh(message),
 * avatarSize in px}.
 */
export function messageNode(message, view) {
  const mine = message.from.id === view.person.id;
  const time = el("time", {
    datetime: message.at,
    title: full(message.at, view.locale),
    text: stamp(message.at, view.locale),
  });
  const marks = [];
  if (message.edited && !message.deleted)
    marks.push(
      el("span", {
        class: "edited",
        "data-testid": "edited",
        title: full(message.edited, view.locale),
        text: "Edited",
      }),
    );
  const name = el("span", { class: "sender", text: senderName(message, view) });
  const body = el("div", { class: "message-body" });
  const node = el(
    "article",
    {
      class: [
        "message",
        mine && "mine",
        message.from.bot && "from-bot",
        message.onlyFor && "only-you",
        message.deleted && "deleted",
      ]
        .filter(Boolean)
        .join(" "),
      "data-testid": "message",
      "data-message-id": message.id,
      "data-from": message.from.id,
      tabindex: "-1",
      "aria-label": `${message.from.name}, ${stamp(message.at, view.locale)}: ${summary(message)}`,
    },
    el("div", { class: "message-avatar" }, senderAvatar(message, view, view.avatarSize || 32)),
    el("div", { class: "message-main" }, el("header", { class: "message-head" }, name, time, ...marks), body),
  );
  if (message.onlyFor)
    body.append(
      el(
        "div",
        { class: "only-you-mark", "data-testid": "only-you" },
        icon("eye", 14),
        "Only you can see this message",
      ),
    );
  if (message.deleted) {
    body.append(el("p", { class: "deleted-text", text: "This message has been deleted." }));
    return node;
  }
  if (message.text) body.append(el("div", { class: "text", dir: "auto" }, ...textNodes(message, view.person.id)));
  for (const file of message.files || [])
    body.append(el("div", { class: "attachment" }, icon("attach"), el("span", { text: file.name })));
  for (const attachment of message.attachments || []) body.append(attachmentNode(attachment, message, view));
  if ((message.reactions || []).length) {
    body.append(
      el(
        "div",
        { class: "reactions" },
        ...message.reactions.map((one) => el("span", { text: typeof one === "string" ? one : one.type || "" })),
      ),
    );
  }
  const bar = tools(message, node, view);
  if (bar) node.append(bar);
  if ((message.mentions || []).some((mention) => mention.id === view.person.id)) node.classList.add("mentions-me");
  return node;
}
