/** Instants of the server as the reader's own time, and the time that a step still has. */
let ahead = 0;

/** The server's clock, which counts: a reader's own may be minutes away from it. */
export function serverSays(now) {
  ahead = Date.parse(now) - Date.now();
}

const language = document.documentElement.lang;
const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat(language, { dateStyle: "short" });

export function tick() {
  const now = Date.now() + ahead;
  for (const node of document.querySelectorAll("[data-closes]")) countdown(node, Date.parse(node.dataset.closes) - now);
  for (const node of document.querySelectorAll("progress[data-from]")) {
    const [from, to] = [Date.parse(node.dataset.from), Date.parse(node.dataset.to)];
    if (Number.isFinite(from) && to > from) node.value = Math.round((1000 * Math.min(Math.max(now - from, 0), to - from)) / (to - from));
  }
  for (const node of document.querySelectorAll("time[data-show]")) {
    const at = new Date(node.dateTime);
    write(node, node.dataset.show === "time" ? time.format(at) : date.format(at));
  }
}

function countdown(node, left) {
  const over = left < 0;
  const seconds = over ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  const digits = hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
  node.classList.toggle("over", over);
  node.classList.toggle("soon", !over && seconds <= 120);
  write(node.querySelector(".digits"), (over ? "+" : "") + digits);
  write(node.querySelector(".unit"), over ? document.body.dataset.sayOver : document.body.dataset.sayLeft);
}

function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
