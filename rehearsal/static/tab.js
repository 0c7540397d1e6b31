/** Teams around a tab: answers what teams.js asks for the bot's page, as the person and the place of the address. */
const query = new URLSearchParams(location.search);
const configuring = query.has("configure");
const theme = document.getElementById("theme");
const save = document.getElementById("save");
const said = document.getElementById("said");

const told = await about();
if (told.error) said.textContent = told.error;
else show();

async function about() {
  return (await fetch(`/api/tab?${query}`)).json();
}

function show() {
  document.getElementById("where").textContent = told.name || "Kolbot";
  document.getElementById("who").textContent = told.person;
  theme.value = query.get("theme") ?? "default";
  save.hidden = !configuring;
  const frame = document.createElement("iframe");
  frame.title = "Tab";
  frame.setAttribute("sandbox", "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads");
  const path = configuring ? "tab/configure" : told.conversation ? "tab" : "tab/mine";
  frame.src = `${told.bot}/pages/${path}?${new URLSearchParams({ language: told.locale, theme: theme.value })}`;
  const bot = new URL(told.bot).origin;
  const tell = (message) => frame.contentWindow.postMessage(message, bot);

  addEventListener("message", async ({ origin, source, data }) => {
    if (origin !== bot || source !== frame.contentWindow) return;
    try {
      tell({ id: data.id, value: await answer(data.what, data.value) });
    } catch (error) {
      tell({ id: data.id, failed: error.message });
    }
  });
  theme.addEventListener("change", () => tell({ event: "theme", value: theme.value }));
  save.addEventListener("click", () => tell({ event: "save" }));
  document.getElementById("tab").append(frame);
}

async function answer(what, value) {
  switch (what) {
    case "context": {
      const place = told.kind === "channel" ? { channel: { id: told.conversation } } : { chat: { id: told.conversation } };
      return { app: { locale: told.locale, theme: theme.value }, ...(told.conversation ? place : {}) };
    }
    case "token": {
      if (query.has("refuse")) throw new Error("CancelledByUser");
      return (await about()).token;
    }
    case "valid":
      save.disabled = !value;
      return null;
    case "config":
      said.textContent = JSON.stringify(value);
      return null;
    case "saved":
      save.disabled = true;
      return null;
    case "unsaved":
      said.textContent = value;
      return null;
    default:
      return null;
  }
}
