/** The page's conversation with the room's server: requests and one event stream per pane. Never draws anything. */

/** A request that the server refused or that never reached it; `status` is 0 when it did not. */
export class RoomError extends Error {
  constructor(status, text) {
    super(text || (status ? `The room answered ${status}.` : "The room does not answer. Is it still running?"));
    this.status = status;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new RoomError(0, "");
  }
  const raw = await response.text();
  let answer = null;
  try {
    answer = raw ? JSON.parse(raw) : null;
  } catch {
    answer = null;
  }
  if (!response.ok)
    throw new RoomError(response.status, (answer && (answer.error || answer.text || answer.message)) || "");
  return answer;
}

const at = (path, query) => `${path}?${new URLSearchParams(query)}`;

export const room = () => call("GET", "/api/room");
export const messages = (as, conversation) => call("GET", at("/api/messages", { conversation, as }));
export const say = (body) => call("POST", "/api/say", body);
export const press = (body) => call("POST", "/api/press", body);
export const refresh = (body) => call("POST", "/api/refresh", body);
export const submitDialog = (dialog, body) => call("POST", `/api/dialogs/${encodeURIComponent(dialog)}/submit`, body);
export const closeDialog = (dialog, as) => call("POST", `/api/dialogs/${encodeURIComponent(dialog)}/close`, { as });
export const simulate = (body) => call("POST", "/api/simulate", body);
export const stopSimulation = () => call("DELETE", "/api/simulate");
export const refusals = () => call("GET", "/api/refusals");
export const addPerson = (body) => call("POST", "/api/people", body);

const KINDS = ["message", "room", "toast", "refused", "typing"];
const HIDDEN_FOR_MS = 20000;

/**
 * The event stream of one person. `on` holds a handler per kind of event, `open(again)` after each connection (again:
 * it is not the first, so whatever happened meanwhile was missed) and `lost()`. Browsers allow six connections to one server for all tabs together,
 * so a tab out of sight gives its stream back and takes a new one when it is looked at.
 */
export function events(as, on) {
  let source = null;
  let opened = 0;
  let retry = null;
  let hide = null;
  let delay = 500;

  const connect = () => {
    clearTimeout(retry);
    source = new EventSource(at("/api/events", { as }));
    source.onopen = () => {
      delay = 500;
      opened += 1;
      on.open(opened > 1);
    };
    source.onerror = () => {
      on.lost();
      if (source && source.readyState === EventSource.CLOSED) {
        retry = setTimeout(connect, delay);
        delay = Math.min(delay * 2, 8000);
      }
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        if (event.data) on[kind](JSON.parse(event.data));
      });
    }
  };
  const disconnect = () => {
    clearTimeout(retry);
    if (source) source.close();
    source = null;
  };
  const visibility = () => {
    clearTimeout(hide);
    if (document.hidden) hide = setTimeout(disconnect, HIDDEN_FOR_MS);
    else if (!source) connect();
  };
  document.addEventListener("visibilitychange", visibility);
  connect();
  return () => {
    document.removeEventListener("visibilitychange", visibility);
    clearTimeout(hide);
    disconnect();
  };
}
