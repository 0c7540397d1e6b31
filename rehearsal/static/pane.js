/** One person's window on the room: rail, list, conversation, dialogs and an event stream of its own. */
import * as api from "./api.js";
import { makeConversation } from "./conversation.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { belongs, makeList, makeRail, titleOf } from "./list.js";
import { makePresses } from "./press.js";
import { summary } from "./richtext.js";
import { makeSwitcher } from "./switcher.js";
import { makeToasts } from "./toast.js";
import { localeOf } from "./when.js";

const ACTIVITIES = 50;

/** A pane of `app` for a person; `conversation` may be null or unknown: the first channel is taken then. */
export function makePane(app, personId, conversationId) {
  const drafts = new Map();
  let stop = () => {};
  let shown = null;
  let turn = 0;

  const toasts = makeToasts();
  const main = el("main", { class: "conversation" });
  const lost = el("div", { class: "lost", role: "status", hidden: true, text: "Connection lost. Trying again…" });
  const pane = {
    person: null,
    room: app.room,
    conversation: null,
    locale: "en-GB",
    unread: new Map(),
    activities: [],
    seen: 0,
    tab: "chat",
    toasts,
    layer: null,
    get botName() {
      return app.room.bot.name;
    },
    stillHere: (id) => pane.person.id === id,
    people: (id) => app.person(id),
    feed: () => shown.feed,
    focusCompose: () => shown && shown.focus(),
  };
  const rail = makeRail((name) => {
    pane.tab = name;
    pane.seen = name === "activity" ? pane.activities.length : pane.seen;
    pane.node.dataset.view = "list";
    draw();
  });
  const list = makeList(pane);
  const switcher = makeSwitcher(
    () => ({ person: pane.person, room: pane.room }),
    (id) => be(id),
  );
  const presses = makePresses(pane);
  const shut = iconButton("Close this person's pane", icon("close", 16), () => app.closePane(pane), {
    class: "icon-button pane-close",
  });
  pane.layer = el(
    "section",
    { class: "pane", "data-testid": "pane", data: { view: "conversation" } },
    el("div", { class: "pane-top" }, switcher.node, shut),
    lost,
    el("div", { class: "pane-body" }, rail.node, list.node, main),
    toasts.node,
  );
  pane.node = pane.layer;
  pane.node.addEventListener("pointerdown", () => app.focusPane(pane), true);
  pane.node.addEventListener("focusin", () => app.focusPane(pane));

  const own = () => pane.room.conversations.filter((one) => belongs(one, pane.person));
  const find = (id) => own().find((one) => one.id === id);

  const draw = () => {
    switcher.draw();
    list.draw();
    rail.mark(pane.tab, pane.activities.length - pane.seen);
    pane.node.setAttribute("aria-label", `${pane.person.name}'s window`);
  };

  function be(id) {
    const person = pane.room.people.find((one) => one.id === id) || pane.room.people[0];
    const before = pane.conversation;
    stop();
    presses.drop();
    Object.assign(pane, { person, locale: localeOf(person.language), unread: new Map(), activities: [], seen: 0 });
    pane.node.dataset.person = person.id;
    drafts.clear();
    shown = null;
    const wanted = find(before || conversationId) || own().find((one) => one.kind === "channel") || own()[0];
    open(wanted ? wanted.id : null);
    listen();
  }

  function open(id, messageId = null) {
    const conversation = find(id);
    if (!conversation) {
      main.replaceChildren(el("p", { class: "quiet pad", text: "This person has no conversation here." }));
      pane.conversation = null;
      draw();
      app.changed();
      return;
    }
    if (!shown || pane.conversation !== conversation.id) {
      if (shown) drafts.set(pane.conversation, shown.take());
      pane.conversation = conversation.id;
      shown = makeConversation(conversation, pane, {
        say,
        press: presses.press,
        refresh,
        back: () => {
          pane.tab = "chat";
          pane.node.dataset.view = "list";
          list.draw();
        },
      });
      shown.give(drafts.get(conversation.id) || []);
      main.replaceChildren(shown.node);
      load();
    }
    pane.unread.delete(conversation.id);
    pane.node.dataset.view = "conversation";
    if (messageId) shown.reveal(messageId);
    draw();
    app.changed();
  }

  async function load() {
    turn += 1;
    const mine = turn;
    shown.expect();
    const { conversation, person } = pane;
    try {
      const { messages } = await api.messages(person.id, conversation);
      if (mine !== turn || pane.conversation !== conversation || pane.person !== person) return;
      shown.load(messages);
    } catch (error) {
      if (mine === turn) toasts.show({ kind: "error", text: error.message });
    }
  }

  function listen() {
    stop = api.events(pane.person.id, {
      open(again) {
        lost.hidden = true;
        if (!again) return;
        app.reload();
        load();
      },
      lost: () => {
        lost.hidden = false;
      },
      message: ({ message }) => arrived(message),
      room: (data) => app.roomChanged(data.room || data),
      toast: ({ text }) => toasts.show({ kind: "activity", title: pane.botName, text }),
      refused: () => app.refused(),
      typing: ({ conversation }) => {
        if (shown && conversation === pane.conversation) shown.typing();
      },
    });
  }

  function arrived(message) {
    if (!message || (message.onlyFor && message.onlyFor !== pane.person.id)) return;
    const here = message.conversation === pane.conversation;
    const known = here && shown.feed.get(message.id);
    if (here) {
      shown.put(message);
    }
    const old = known || message.edited || message.deleted || message.from.id === pane.person.id;
    if (old) return;
    if (here) toasts.announce(`${message.from.name}: ${summary(message)}`);
    else pane.unread.set(message.conversation, (pane.unread.get(message.conversation) || 0) + 1);
    note(message, here);
    draw();
  }

  function note(message, here) {
    const conversation = find(message.conversation);
    if (!conversation) return;
    const mentioned = (message.mentions || []).some((mention) => mention.id === pane.person.id);
    const why = mentioned
      ? "mentioned you"
      : message.onlyFor
        ? "has something for you alone"
        : conversation.kind === "personal"
          ? "sent a message"
          : null;
    if (!why) return;
    pane.activities = [{ message, why }, ...pane.activities].slice(0, ACTIVITIES);
    if (pane.tab === "activity") pane.seen = pane.activities.length;
    if (here) return;
    toasts.show({
      kind: "activity",
      title: `${message.from.name} ${why}`,
      text: `${titleOf(conversation, pane.room)}: ${summary(message)}`,
      onOpen: () => open(conversation.id, message.id),
    });
  }

  async function say(root, draft) {
    const { conversation, person } = pane;
    try {
      const answer = await api.say({ as: person.id, conversation, root, ...draft });
      if (answer && answer.message && pane.conversation === conversation && pane.person === person)
        shown.put(answer.message);
      if (answer && answer.status >= 400)
        toasts.show({
          kind: "error",
          title: `${pane.botName} did not take this message`,
          text: `It answered ${answer.status}.`,
        });
      const forBot = draft.mentions.includes(pane.room.bot.id) || find(conversation)?.kind === "personal";
      if (answer && !answer.status && forBot)
        toasts.show({
          kind: "error",
          title: `${pane.botName} does not answer`,
          text: "The message is in the room, but the bot was not reached. Is it running?",
        });
    } catch (error) {
      toasts.show({ kind: "error", title: "Not sent", text: error.message });
      throw error;
    }
  }

  /** "Refresh card" in the message's tools; the refresh that Teams does by itself is the room's doing. */
  async function refresh(message) {
    const { person, conversation } = pane;
    try {
      const answer = await api.refresh({ as: person.id, message: message.id });
      if (pane.person.id === person.id && pane.conversation === conversation) presses.answered(answer, message);
    } catch (error) {
      toasts.show({ kind: "error", title: "The card was not refreshed", text: error.message });
    }
  }

  pane.open = open;
  pane.roots = () => (shown && shown.feed.roots()) || [];
  pane.roomChanged = (room) => {
    pane.room = room;
    pane.person = room.people.find((one) => one.id === pane.person.id) || pane.person;
    draw();
    if (shown) shown.roomChanged();
  };
  pane.destroy = () => {
    stop();
    presses.drop();
    pane.node.remove();
  };
  be(personId);
  return pane;
}
