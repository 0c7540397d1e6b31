/** A tab in Teams: Teams says where it stands, how it looks and who opens it. The server decides what that is worth. */
import { tick } from "./clock.js";
import { told } from "./told.js";

/** Milliseconds that Teams has to answer; where nobody does, this is no tab. */
const PATIENCE = 15_000;
/** Milliseconds within which a page is opened anew by itself once only. */
const ANEW = 60_000;
const say = (name) => document.body.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`];

/** Teams' own script, once Teams has answered it; nothing, and a sentence, where this is no tab. */
async function teams(closed) {
  const client = globalThis.microsoftTeams;
  if (globalThis.parent === globalThis.self) return closed(say("outside"));
  if (!client) return closed(say("script"));
  let timer;
  const late = new Promise((give) => (timer = setTimeout(() => give(null), PATIENCE)));
  try {
    const came = await Promise.race([client.app.initialize().then(() => client), late]);
    return came ?? closed(say("outside"));
  } catch {
    return closed(say("outside"));
  } finally {
    clearTimeout(timer);
  }
}

/** What Teams says of itself: hints, which let nobody see more. */
async function around(client, look) {
  client.app.registerOnThemeChangeHandler(look.follow);
  const context = await client.app.getContext().catch(() => ({}));
  if (context.app?.theme) look.follow(context.app.theme);
  return { locale: context.app?.locale ?? "", conversation: context.channel?.id ?? context.chat?.id ?? "" };
}

/** The page that adds the tab to a conversation: nothing has to be set, so it can be saved at once. */
export async function configure({ base, look, closed }) {
  const client = await teams(closed);
  if (!client) return;
  await around(client, look);
  const { config } = client.pages;
  const address = new URL(`${base}/tab`, location).href;
  config.registerOnSaveHandler(async (event) => {
    try {
      await config.setConfig({
        entityId: "board",
        contentUrl: `${address}?language={locale}&theme={theme}`,
        websiteUrl: address,
        suggestedDisplayName: "Kolbot",
      });
      event.notifySuccess();
    } catch (error) {
      event.notifyFailure(String(error?.message ?? error));
    }
  });
  config.setValidityState(true);
  document.getElementById("ready").hidden = false;
  client.app.notifySuccess?.();
}

/** `live` shows a page and gives what leaves it again; `closed` says one sentence in place of everything. */
export async function tab({ main, base, mine, look, live, closed }) {
  const client = await teams(closed);
  if (!client) return;
  const hint = await around(client, look);
  if (mine) hint.conversation = "";
  const bar = document.getElementById("pages");
  let leave = () => {};
  let busy = false;
  /** The page that is shown, to be opened anew when its ticket is over. */
  let shown = null;
  let anew = -ANEW;

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-open], [data-list], [data-retry]");
    if (!button || busy) return;
    if (button.dataset.open) open(button.dataset.open, button.dataset.to);
    else if (button.dataset.list) choose({ all: button.dataset.list === "all" });
    else choose({ straight: true });
  });
  // Nobody else can use the ticket of a page that is gone: it was in this page's memory only.
  addEventListener("pagehide", () => leave());
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && shown) open(shown.workshop, shown.page);
  });
  client.app.notifySuccess?.();
  await choose({ straight: true });

  /** Ask as who Teams says that opens this tab. Its answer, or nothing where a sentence was said instead. */
  async function asks(what, sent) {
    let token;
    try {
      token = await client.authentication.getAuthToken();
    } catch {
      retry(say("unknown"));
      return null;
    }
    try {
      const response = await fetch(`${base}/tab/${what}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ ...sent, locale: hint.locale }),
      });
      const said = await response.json();
      if (response.ok) return said;
      if (shown || main.querySelector(".chosen")) told(said.said, "alert");
      else retry(said.said);
    } catch {
      if (shown || main.querySelector(".chosen")) told(say("lost"), "alert");
      else retry(say("lost"));
    }
    return null;
  }

  async function once(work) {
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  }

  function choose({ all = false, straight = false }) {
    return once(async () => {
      const said = await asks("enter", { conversation: all ? "" : hint.conversation });
      if (!said) return;
      if (said.language !== document.documentElement.lang) {
        // What stands around the page is in another language: it is asked for anew, once.
        const query = new URLSearchParams(location.search);
        if (query.get("language") !== said.language) {
          query.set("language", said.language);
          return location.replace(`${location.pathname}?${query}`);
        }
      }
      if (straight && said.open) return await enters(said.open.workshop, said.open.page);
      gone();
      // Drawn by the server, with everything that anybody wrote escaped.
      main.innerHTML = said.html;
      tick();
      document.title = said.title;
      document.getElementById("chosen-title").focus();
    });
  }

  function open(workshop, page) {
    return once(() => enters(workshop, page));
  }

  async function enters(workshop, page) {
    const said = await asks("open", { workshop, page, conversation: hint.conversation });
    if (!said) return;
    gone();
    shown = { workshop, page };
    bar.innerHTML = said.bar;
    document.title = said.title;
    main.focus();
    leave = live(said.ticket, said.page, said.shows, {
      over: (words, why) => {
        // A day's session is over, or the server gave the ticket up: Teams still knows who this is.
        if (["no_ticket", "ticket_over"].includes(why) && shown && performance.now() - anew > ANEW) {
          anew = performance.now();
          return open(shown.workshop, shown.page);
        }
        shown = null;
        closed(words);
      },
      moved: (to, left) => {
        leave = left;
        shown = { workshop, page: to };
        for (const one of bar.querySelectorAll("[data-to]"))
          if (one.dataset.to === to) one.setAttribute("aria-current", "page");
          else one.removeAttribute("aria-current");
      },
    });
  }

  /** Nothing of what was shown stays. */
  function gone() {
    leave();
    leave = () => {};
    shown = null;
    bar.replaceChildren();
    told("", "");
    main.replaceChildren();
    scrollTo(0, 0);
  }

  function retry(words) {
    closed(words);
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button positive large", textContent: say("again") });
    button.dataset.retry = "";
    main.querySelector("section").append(button);
    button.focus();
  }
}
