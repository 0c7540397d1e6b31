/** Buttons: what is pressed goes to the server once, and what it answers is told; forms open in a sheet of their own. */
import { tick } from "./clock.js";
import { told } from "./told.js";

/** Milliseconds after which the same press is sent again, with the same id: it counts once. */
const AGAIN = [400, 1200, 3000];

export function acts({ root, send, options, choose, signal, onGone, onLink }) {
  const sheet = document.getElementById("sheet");
  const form = document.getElementById("sheet-body");
  let busy = false;
  let pressed = null;

  root.addEventListener("click", (event) => {
    const option = event.target.closest("[data-option]");
    if (option) choose(option.dataset.option, option.dataset.value);
    const button = event.target.closest("[data-act]");
    if (button && !busy) press(button);
  }, { signal });
  root.addEventListener("change", (event) => {
    const select = event.target.closest("[data-choose]");
    if (!select) return;
    told("", ""); // it was about what was shown until now
    choose(select.dataset.choose, select.value);
  }, { signal });
  document.getElementById("sheet-close").addEventListener("click", () => sheet.close(), { signal });
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  sheet.addEventListener("close", () => {
    form.replaceChildren();
    if (pressed?.isConnected) pressed.focus();
  }, { signal });

  /** Sends what no button has in it; gives what was answered. Nothing while another press is on its way. */
  return async function does(data) {
    if (busy) return null;
    busy = true;
    try {
      const answer = await ask(data);
      await done(answer);
      return answer;
    } finally {
      busy = false;
    }
  };

  async function press(button) {
    const inside = form.contains(button);
    const data = JSON.parse(button.dataset.act);
    const withFields = inside && !("alone" in button.dataset);
    if (withFields && !valid(form)) return;
    if (!inside) pressed = button;
    busy = true;
    button.setAttribute("aria-busy", "true");
    try {
      await done(await ask({ ...(withFields ? fields(form) : {}), ...data }));
    } finally {
      busy = false;
      button.removeAttribute("aria-busy");
    }
  }

  async function ask(data) {
    const body = JSON.stringify({ data, id: crypto.randomUUID?.() ?? String(Math.random()).slice(2).padEnd(12, "0"), names: options.names === "1" });
    for (const wait of [...AGAIN, null]) {
      try {
        const response = await fetch(send.address, {
          method: "POST",
          headers: { Authorization: `Bearer ${send.ticket}`, "Content-Type": "application/json", Accept: "application/json" },
          body,
        });
        const said = await response.json();
        if ([401, 403].includes(response.status) && said.why !== "other_workshop") return { gone: said.said, why: said.why };
        if (response.status < 500 || wait === null) return said;
      } catch {
        if (wait === null) return { said: document.body.dataset.sayUnsure, kind: "alert" };
      }
      await new Promise((go) => setTimeout(go, wait));
    }
  }

  async function done(answer) {
    if (answer.gone) return onGone(answer.gone, answer.why);
    if (answer.link) return onLink(answer.link);
    if (answer.sheet) return open(answer.sheet);
    if (answer.close && sheet.open) sheet.close();
    if (answer.group && options.group !== String(answer.group)) choose("group", String(answer.group));
    if (answer.said && sheet.open) inSheet(answer);
    told(answer.said, answer.kind);
  }

  function open({ title, html, language }) {
    const heading = document.getElementById("sheet-title");
    heading.textContent = title;
    sheet.lang = language;
    form.innerHTML = html; // drawn by the server, everything that anybody wrote escaped
    tick();
    if (!sheet.open) sheet.showModal();
    heading.focus();
    sheet.scrollTop = 0;
    told("", "");
  }

  /** A dialog lies over the page: what is said then has to be in it. */
  function inSheet({ said, kind }) {
    form.querySelector(":scope > .said")?.remove();
    const words = document.createElement("p");
    words.className = `said box ${kind === "alert" ? "attention" : "good"}`;
    words.setAttribute("role", kind);
    words.textContent = said;
    form.prepend(words);
    words.scrollIntoView({ block: "nearest" });
  }
}

/** Fields as Teams sends them: several choices joined by commas, ticks by their own words. */
function fields(form) {
  const found = {};
  for (const node of form.querySelectorAll("input, textarea, select")) {
    if (node.closest("fieldset[data-name]") || !node.name) continue;
    if (node.type === "checkbox") found[node.name] = node.checked ? node.value : node.dataset.off;
    else found[node.name] = node.value;
  }
  for (const set of form.querySelectorAll("fieldset[data-name]"))
    found[set.dataset.name] = [...set.querySelectorAll("input:checked")].map((one) => one.value).join(",");
  return found;
}

function valid(form) {
  for (const label of form.querySelectorAll("label.field")) {
    const field = label.querySelector("input, textarea, select");
    const needs = label.querySelector(".needs");
    const wrong = !field.checkValidity();
    if (needs) needs.hidden = !wrong;
    field.setAttribute("aria-invalid", String(wrong));
  }
  return form.reportValidity();
}
