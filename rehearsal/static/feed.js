/** The messages of one conversation: a channel's posts with their replies, or a chat's bubbles. Redraws only what changed. */
import { el, reconcile } from "./dom.js";
import { makeCompose } from "./compose.js";
import { icon } from "./icons.js";
import { messageNode } from "./message.js";
import { dayKey, dayLabel } from "./when.js";

const SHOWN_REPLIES = 30;
const NEAR_PX = 120;
const GROUPED_MS = 5 * 60 * 1000;

const byTime = (one, other) =>
  one.at < other.at ? -1 : one.at > other.at ? 1 : one.id < other.id ? -1 : one.id > other.id ? 1 : 0;

/** The feed of `conversation`; `view` as messageNode wants it, with say(root, draft) and candidates() for the reply boxes. */
export function makeFeed(conversation, view, { empty }) {
  const channel = conversation.kind === "channel";
  const messages = new Map();
  const drawn = new Map();
  const posts = new Map();
  const days = new Map();
  const inner = el("div", { class: "feed-inner" });
  const jump = el(
    "button",
    { type: "button", class: "jump", hidden: true, on: { click: () => bottom(true) } },
    icon("down", 16),
    "New messages",
  );
  const scroller = el(
    "div",
    { class: "feed", tabindex: "0", role: "log", "aria-live": "off", "aria-label": `Messages in ${conversation.name}` },
    inner,
  );
  const node = el("div", { class: channel ? "feed-frame channel" : "feed-frame chat" }, scroller, jump);
  let loaded = false;
  let stuck = true;
  let planned = false;
  let pending = null;

  const near = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
  const bottom = (smooth = false) => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    jump.hidden = true;
  };
  scroller.addEventListener(
    "scroll",
    () => {
      stuck = near();
      if (stuck) jump.hidden = true;
    },
    { passive: true },
  );
  // Cards and pictures grow after they are drawn: whoever is at the end stays at the end.
  new ResizeObserver(() => {
    if (stuck) bottom();
  }).observe(inner);

  const nodeOf = (message) => {
    const known = drawn.get(message.id);
    if (known && known.message === message) return known.node; // nothing has come for it since
    const sign = JSON.stringify(message);
    if (known && known.sign === sign) {
      known.message = message;
      return known.node;
    }
    const fresh = messageNode(message, { ...view, avatarSize: channel && message.root ? 24 : 32 });
    if (known) {
      const focused = known.node.contains(document.activeElement) ? document.activeElement.textContent : null;
      if (known.node.isConnected) known.node.replaceWith(fresh);
      if (focused)
        [...fresh.querySelectorAll("button")]
          .find((button) => button.textContent === focused)
          ?.focus({ preventScroll: true });
    }
    drawn.set(message.id, { message, sign, node: fresh });
    return fresh;
  };

  const visible = () =>
    [...messages.values()].filter((one) => !one.onlyFor || one.onlyFor === view.person.id).sort(byTime);

  const dayNode = (message) => {
    const key = dayKey(message.at);
    if (!days.has(key))
      days.set(
        key,
        el("div", { class: "day", role: "separator" }, el("span", { text: dayLabel(message.at, view.locale) })),
      );
    return days.get(key);
  };

  const postFor = (root) => {
    if (!posts.has(root)) posts.set(root, makePost(root, view));
    return posts.get(root);
  };

  const drawChannel = () => {
    const all = visible();
    const threads = new Map();
    for (const one of all) {
      const root = one.root && one.root !== one.id ? one.root : one.id;
      if (!threads.has(root)) threads.set(root, { first: null, replies: [] });
      if (root === one.id) threads.get(root).first = one;
      else threads.get(root).replies.push(one);
    }
    const order = [];
    for (const [root, thread] of threads) {
      const post = postFor(root);
      post.draw(thread.first ? nodeOf(thread.first) : null, thread.replies.map(nodeOf));
      order.push(post.node);
    }
    reconcile(inner, order.length ? order : [empty]);
  };

  const drawChat = () => {
    const order = [];
    let before = null;
    for (const one of visible()) {
      if (!before || dayKey(before.at) !== dayKey(one.at)) {
        order.push(dayNode(one));
        before = null;
      }
      const here = nodeOf(one);
      const joined =
        before &&
        before.from.id === one.from.id &&
        !before.onlyFor === !one.onlyFor &&
        new Date(one.at) - new Date(before.at) < GROUPED_MS;
      here.classList.toggle("joined", Boolean(joined));
      order.push(here);
      before = one;
    }
    reconcile(inner, order.length ? order : [empty]);
  };

  const draw = () => {
    planned = false;
    const atEnd = stuck || !loaded;
    if (channel) drawChannel();
    else drawChat();
    if (atEnd) bottom();
    if (pending) feed.reveal(pending);
  };
  const plan = () => {
    if (planned) return;
    planned = true;
    // A frame collects what comes at once; a tab without frames (hidden) is still kept right.
    if (document.hidden) setTimeout(draw, 0);
    else requestAnimationFrame(draw);
  };

  const feed = {
    node,
    get: (id) => messages.get(id),
    roots: () => visible().filter((one) => !one.root || one.root === one.id),
    /** The whole truth, after opening or after a lost connection: what is not in it is gone. */
    load(list) {
      messages.clear();
      for (const one of list) messages.set(one.id, one);
      for (const id of drawn.keys()) if (!messages.has(id)) drawn.delete(id);
      draw();
      loaded = true;
    },
    /** One new or changed message. */
    put(message) {
      const fresh = !messages.has(message.id);
      messages.set(message.id, message);
      if (fresh && loaded && !stuck && message.from.id !== view.person.id) jump.hidden = false;
      if (fresh && message.from.id === view.person.id) stuck = true;
      plan();
    },
    /** The card host inside a message, to put a word of failure on, after a redraw too. */
    hostOf: (id) => drawn.get(id)?.node.querySelector('[data-testid="card"]') || null,
    /** Brings a message into view and puts the focus on it, now or as soon as it is drawn. */
    reveal(id) {
      const target = drawn.get(id)?.node;
      if (!target || !target.isConnected) {
        pending = id;
        return;
      }
      pending = null;
      stuck = false;
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
    },
    bottom,
  };
  return feed;
}

function makePost(root, view) {
  const first = el("div", { class: "post-first" });
  const earlier = el("button", { type: "button", class: "earlier", on: { click: () => expand() } });
  const replies = el("div", { class: "replies" });
  const foot = el("div", { class: "post-foot" });
  const node = el(
    "section",
    { class: "post", "data-testid": "post", "data-root-id": root, "aria-label": "Post and its replies" },
    first,
    replies,
    foot,
  );
  let all = [];
  let whole = false;

  const replyButton = el(
    "button",
    { type: "button", class: "reply-button", "data-testid": "reply", on: { click: () => openReply() } },
    icon("reply", 16),
    "Reply",
  );
  foot.append(replyButton);

  const draw = () => {
    const hidden = whole ? 0 : Math.max(0, all.length - SHOWN_REPLIES);
    earlier.textContent = hidden === 1 ? "Open 1 earlier reply" : `Open ${hidden} earlier replies`;
    reconcile(replies, [...(hidden ? [earlier] : []), ...all.slice(hidden)]);
  };
  const expand = () => {
    whole = true;
    draw();
  };
  const openReply = () => {
    const compose = makeCompose({
      label: "Reply",
      testid: "reply-compose",
      sendTestid: "reply-send",
      candidates: view.candidates,
      onSend: (draft) => view.say(root, draft),
      onCancel: () => close(),
    });
    const close = () => {
      reconcile(foot, [replyButton]);
      replyButton.focus();
    };
    reconcile(foot, [compose.node]);
    compose.focus();
  };
  return {
    node,
    draw(rootNode, replyNodes) {
      reconcile(first, rootNode ? [rootNode] : []);
      all = replyNodes;
      draw();
    },
  };
}
