/**
 * Server-sent events read by fetch, because EventSource sends no header and a frame in Teams keeps no cookie.
 * A lost connection comes back by itself, slower each time; the first thing that then comes is the whole truth.
 */
import { connection } from "./told.js";

const FIRST = 500;
const SLOWEST = 15_000;
/** The server says a word every ten seconds: silence for longer is a lost connection. */
const SILENT = 25_000;

export function follow({ address, ticket, onParts, onGone }) {
  const ending = new AbortController();
  run().catch(() => {});
  return () => ending.abort();

  async function run() {
    let wait = FIRST;
    let lost = false;
    while (!ending.signal.aborted) {
      try {
        const over = await once(() => {
          wait = FIRST;
          if (lost) connection(document.body.dataset.sayBack, false);
          lost = false;
        });
        if (over) return;
      } catch {
        // lost, or not there yet
      }
      if (ending.signal.aborted) return;
      if (!lost) connection(document.body.dataset.sayLost, true);
      lost = true;
      // Not all pages at once, when a server comes back.
      await pause(wait * (0.75 + Math.random() / 2));
      wait = Math.min(SLOWEST, wait * 2);
    }
  }

  /** One connection, to its end. True: never again. */
  async function once(came) {
    const cut = new AbortController();
    const stop = () => cut.abort();
    ending.signal.addEventListener("abort", stop);
    let watch = setTimeout(stop, SILENT);
    try {
      const response = await fetch(address(), {
        headers: { Authorization: `Bearer ${ticket}`, Accept: "text/event-stream" },
        cache: "no-store",
        signal: cut.signal,
      });
      if (!response.ok) {
        if (response.status === 429 || response.status >= 500) throw new Error("later");
        const { said, why } = await response.json();
        onGone(said, why);
        return true;
      }
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return false;
        clearTimeout(watch);
        watch = setTimeout(stop, SILENT);
        text += value;
        const events = text.split("\n\n");
        text = events.pop();
        for (const event of events) {
          const read = parse(event);
          if (read?.name === "parts") {
            came();
            onParts(read.data);
          } else if (read?.name === "gone") {
            onGone(read.data.said, read.data.why);
            return true;
          }
        }
      }
    } finally {
      clearTimeout(watch);
      ending.signal.removeEventListener("abort", stop);
      cut.abort();
    }
  }

  function pause(time) {
    return new Promise((done) => {
      const timer = setTimeout(done, time);
      ending.signal.addEventListener("abort", () => {
        clearTimeout(timer);
        done();
      });
      // Whoever comes back to the page, or to the network, does not wait.
      addEventListener("online", done, { once: true });
    });
  }
}

function parse(event) {
  let name = "";
  let data = "";
  for (const line of event.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
  return name && data ? { name, data: JSON.parse(data) } : null;
}
