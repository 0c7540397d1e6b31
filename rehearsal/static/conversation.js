/** The open conversation of one pane: its header, its feed, the first-time hint and the box to write in. */
import { makeCompose } from "./compose.js";
import { el, iconButton } from "./dom.js";
import { makeFeed } from "./feed.js";
import { icon } from "./icons.js";
import { titleOf } from "./list.js";
import { botAvatar, describe, groupAvatar, shownName } from "./people.js";

const TYPING_MS = 4000;

/** What a newcomer may try first, by kind of conversation: whether Kolbot is mentioned, and the words after it. */
const FIRST = {
  channel: { mention: true, text: " new" },
  groupchat: { mention: true, text: " new" },
  personal: { mention: false, text: "help" },
};

/** `does`: {say(root, draft), press(message, press, host), refresh(message), back()}. */
export function makeConversation(conversation, pane, does) {
  const channel = conversation.kind === "channel";
  const title = titleOf(conversation, pane.room);
  const members = () => {
    const wanted = new Set(conversation.members || []);
    const people = pane.room.people.filter((one) => (wanted.size ? wanted.has(one.id) : true));
    return conversation.kind === "personal" ? people.filter((one) => one.id === pane.person.id) : people;
  };
  let listed = null;
  const candidates = () => {
    if (!listed) {
      listed = [
        { id: pane.room.bot.id, name: pane.room.bot.name, bot: true, detail: "App" },
        ...members()
          .filter((one) => one.id !== pane.person.id)
          .map((one) => ({
            id: one.id,
            name: one.name,
            shown: shownName(one, pane.room),
            person: one,
            detail: describe(one, pane.room),
          })),
      ];
    }
    return listed;
  };

  const first = FIRST[conversation.kind] || FIRST.channel;
  const sentence = `${first.mention ? `@${pane.room.bot.name}` : ""}${first.text}`;
  const hint = el(
    "div",
    { class: "hint", "data-testid": "hint" },
    botAvatar(56),
    el("h2", { text: channel ? `Welcome to ${conversation.name}` : `A chat with ${title}` }),
    el(
      "p",
      {},
      "Type ",
      el("strong", { text: sentence }),
      channel ? " in the channel and press Enter." : " and press Enter.",
    ),
    el(
      "button",
      {
        type: "button",
        class: "primary",
        "data-testid": "hint-fill",
        on: { click: () => compose.fill(first.mention ? candidates()[0] : null, first.text) },
      },
      "Write it for me",
    ),
  );

  const feed = makeFeed(
    conversation,
    {
      person: pane.person,
      room: pane.room,
      locale: pane.locale,
      candidates,
      say: does.say,
      pressed: does.press,
      refresh: does.refresh,
      personOf: (id) => pane.people(id),
    },
    { empty: hint },
  );

  const count = el("span", {});
  const membersButton = el(
    "button",
    {
      type: "button",
      class: "members",
      "aria-haspopup": "true",
      "aria-expanded": "false",
      title: "Members",
      on: { click: () => toggleMembers() },
    },
    icon("people", 18),
    count,
  );
  const membersList = el("div", {
    class: "popup members-popup",
    hidden: true,
    tabindex: "-1",
    role: "group",
    "aria-label": "Members",
  });
  const toggleMembers = () => {
    membersList.hidden = !membersList.hidden;
    membersButton.setAttribute("aria-expanded", String(!membersList.hidden));
    if (membersList.hidden) return;
    const all = members();
    membersList.replaceChildren(
      el("p", {
        class: "popup-title",
        text: `${all.length} ${all.length === 1 ? "person" : "people"} and ${pane.room.bot.name}`,
      }),
      el("ul", {}, ...all.slice(0, 200).map((one) => el("li", { text: `${shownName(one, pane.room)}` }))),
      all.length > 200 ? el("p", { class: "quiet pad", text: `and ${all.length - 200} more` }) : null || "",
    );
    membersList.focus();
  };
  membersList.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      toggleMembers();
      membersButton.focus();
    }
  });
  membersList.addEventListener("focusout", (event) => {
    if (!membersList.hidden && event.relatedTarget !== membersButton && !membersList.contains(event.relatedTarget))
      toggleMembers();
  });

  const picture = channel
    ? groupAvatar(conversation.team || conversation.name, { size: 36 })
    : conversation.kind === "personal"
      ? botAvatar(36)
      : groupAvatar(conversation.name, { size: 36, round: true });
  const header = el(
    "header",
    { class: "conversation-head" },
    iconButton("Chats and channels", icon("list"), does.back, {
      class: "icon-button back",
      "data-testid": "back-to-list",
    }),
    picture,
    el(
      "div",
      { class: "conversation-title" },
      el("h1", { text: title }),
      channel ? el("span", { class: "quiet", text: conversation.team || "" }) : null,
    ),
    el("span", { class: "tab", "aria-current": "page", text: channel ? "Posts" : "Chat" }),
    el("a", { class: "tab", href: tabOf(pane.person, conversation), text: pane.botName }),
    el("span", { class: "spread" }),
    membersButton,
    membersList,
  );

  const compose = makeCompose({
    label: channel ? "Start a post. Type @ to mention someone." : "Type a message",
    testid: "compose",
    sendTestid: "send",
    candidates,
    files: conversation.kind === "personal",
    onSend: async (draft) => {
      const sent = does.say(null, draft);
      feed.bottom();
      await sent;
    },
  });
  const typing = el("div", { class: "typing", role: "status" });
  let typingTimer = null;

  const roomChanged = () => {
    listed = null;
    conversation = pane.room.conversations.find((one) => one.id === conversation.id) || conversation;
    count.textContent = String(members().length + (conversation.kind === "personal" ? 1 : 0));
    membersButton.setAttribute("aria-label", `Members: ${count.textContent}`);
  };
  roomChanged();

  // What arrives while a load is under way is newer than the load, or in it.
  let loading = true;
  let meanwhile = [];
  return {
    node: el(
      "div",
      { class: "conversation-frame", data: { kind: conversation.kind } },
      header,
      feed.node,
      el("footer", { class: "conversation-foot" }, typing, compose.node),
    ),
    feed,
    load(messages) {
      feed.load(messages);
      for (const one of meanwhile) feed.put(one);
      meanwhile = [];
      loading = false;
    },
    /** Before a load that starts again: keep what comes from now on. */
    expect() {
      loading = true;
      meanwhile = [];
    },
    put(message) {
      if (loading) meanwhile.push(message);
      feed.put(message);
      if (message.from.bot) typing.replaceChildren();
    },
    reveal: (id) => feed.reveal(id),
    typing() {
      clearTimeout(typingTimer);
      typing.replaceChildren(
        el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
        `${pane.room.bot.name} is typing`,
      );
      typingTimer = setTimeout(() => typing.replaceChildren(), TYPING_MS);
    },
    focus: () => compose.focus(),
    take: () => compose.take(),
    give: (nodes) => compose.give(nodes),
    roomChanged,
  };
}

/** The bot's tab in this place, in the stand-in for Teams around it; in one's own chat with the bot, the tab of one's own. */
function tabOf(person, { kind, id }) {
  return `/static/tab.html?${new URLSearchParams({ as: person.id, ...(kind === "personal" ? {} : { conversation: id }) })}`;
}
