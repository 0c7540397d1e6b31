/** The rail and the list of one pane: activity, chats, teams and channels. */
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { botAvatar, fold, groupAvatar } from "./people.js";
import { summary } from "./richtext.js";
import { stamp } from "./when.js";

const ABSENT = [
  ["calendar", "Calendar"],
  ["call", "Calls"],
  ["apps", "Apps"],
];

/** The narrow bar at the edge; `show("activity"|"chat")` changes the list beside it. */
export function makeRail(show) {
  const badge = el("span", { class: "badge", hidden: true });
  const item = (name, label, picture, extra = null) =>
    el(
      "button",
      { type: "button", class: "rail-item", data: { name }, on: { click: () => show(name) } },
      el("span", { class: "rail-icon" }, icon(picture, 22), extra),
      el("span", { text: label }),
    );
  const items = { activity: item("activity", "Activity", "activity", badge), chat: item("chat", "Chat", "chat") };
  const absent = ABSENT.map(([picture, label]) =>
    el(
      "button",
      {
        type: "button",
        class: "rail-item absent",
        "aria-disabled": "true",
        tabindex: "-1",
        title: `${label}: not part of the rehearsal room`,
      },
      el("span", { class: "rail-icon" }, icon(picture, 22)),
      el("span", { text: label }),
    ),
  );
  const node = el("nav", { class: "rail", "aria-label": "Apps" }, items.activity, items.chat, ...absent);
  return {
    node,
    mark(name, unread) {
      for (const [key, one] of Object.entries(items)) {
        if (key === name) one.setAttribute("aria-current", "page");
        else one.removeAttribute("aria-current");
      }
      badge.hidden = !unread;
      badge.textContent = unread > 99 ? "99+" : String(unread);
    },
  };
}

/** What a conversation is called for this person. */
export function titleOf(conversation, room) {
  return conversation.kind === "personal" ? room.bot.name : conversation.name;
}

/** Whether this person has that conversation. */
export function belongs(conversation, person) {
  if (conversation.kind === "personal") return conversation.person === person.id;
  return !conversation.members || !conversation.members.length || conversation.members.includes(person.id);
}

/** The list; `pane` tells {room, person, conversation, unread: Map, activities, tab, locale, open(id, messageId)}. */
export function makeList(pane) {
  const filter = el("input", {
    type: "search",
    class: "field",
    placeholder: "Filter by name",
    "aria-label": "Filter chats and channels",
    on: { input: () => draw() },
  });
  const title = el("h2", {});
  const body = el("div", { class: "list-body" });
  const find = el("div", { class: "list-filter", hidden: true }, filter);
  const node = el(
    "aside",
    { class: "list", "aria-label": "Chats, teams and channels" },
    el(
      "header",
      { class: "list-head" },
      title,
      iconButton("Filter", icon("search", 18), () => {
        find.hidden = !find.hidden;
        filter.value = "";
        if (!find.hidden) filter.focus();
        draw();
      }),
    ),
    find,
    body,
  );

  const item = (conversation, picture) => {
    const unread = pane.unread.get(conversation.id) || 0;
    return el(
      "button",
      {
        type: "button",
        class: unread ? "list-item unread" : "list-item",
        "data-testid": "conversation",
        data: { conversationId: conversation.id, kind: conversation.kind },
        "aria-current": pane.conversation === conversation.id ? "true" : null,
        on: { click: () => pane.open(conversation.id) },
      },
      picture,
      el("span", { class: "name", text: titleOf(conversation, pane.room) }),
      unread
        ? el("span", { class: "count", "aria-label": `${unread} unread`, text: unread > 99 ? "99+" : String(unread) })
        : null,
    );
  };
  const section = (name, ...inside) =>
    inside.flat().length ? el("section", {}, el("h3", {}, icon("down", 12), name), ...inside) : null;

  const drawChats = () => {
    title.textContent = "Chat";
    const query = fold(filter.value.trim());
    const own = pane.room.conversations.filter(
      (one) =>
        belongs(one, pane.person) && (!query || fold(`${titleOf(one, pane.room)} ${one.team || ""}`).includes(query)),
    );
    const chats = own
      .filter((one) => one.kind !== "channel")
      .map((one) =>
        item(one, one.kind === "personal" ? botAvatar(24) : groupAvatar(one.name, { size: 24, round: true })),
      );
    const teams = new Map();
    for (const one of own.filter((other) => other.kind === "channel")) {
      const team = one.team || "Team";
      if (!teams.has(team)) teams.set(team, []);
      teams.get(team).push(one);
    }
    const blocks = [...teams].map(([team, channels]) =>
      el(
        "div",
        { class: "team", role: "group", "aria-label": `Team ${team}` },
        el("div", { class: "team-name" }, groupAvatar(team, { size: 24 }), el("span", { class: "name", text: team })),
        ...channels.map((one) => item(one, el("span", { class: "indent" }))),
      ),
    );
    body.replaceChildren(...[section("Chats", chats), section("Teams and channels", blocks)].filter(Boolean));
  };
  const drawActivity = () => {
    title.textContent = "Activity";
    if (!pane.activities.length) {
      body.replaceChildren(
        el("p", { class: "quiet pad", text: "Mentions, private messages and messages for you alone are listed here." }),
      );
      return;
    }
    body.replaceChildren(
      ...pane.activities.map(({ message, why }) =>
        el(
          "button",
          {
            type: "button",
            class: "list-item tall",
            "data-testid": "activity",
            on: { click: () => pane.open(message.conversation, message.id) },
          },
          botAvatar(32),
          el(
            "span",
            { class: "two-lines" },
            el(
              "span",
              { class: "line" },
              el("span", { class: "name", text: `${message.from.name} ${why}` }),
              el("time", { class: "quiet", text: stamp(message.at, pane.locale) }),
            ),
            el("span", { class: "quiet", text: summary(message) }),
          ),
        ),
      ),
    );
  };
  const draw = () => {
    const focused = body.contains(document.activeElement) ? document.activeElement.dataset.conversationId : null;
    if (pane.tab === "activity") drawActivity();
    else drawChats();
    if (focused) body.querySelector(`[data-conversation-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  };
  return { node, draw };
}
