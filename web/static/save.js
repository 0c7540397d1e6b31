/** Files: fetched with the ticket, which no address holds, and handed to the browser to keep. */
import { told } from "./told.js";

/** Milliseconds that the browser has to begin keeping a file. */
const LASTS = 60_000;

export function saves({ root, base, ticket, onGone, signal }) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-save]");
    if (!button || button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(`${base}/${button.dataset.save}`, {
        headers: { Authorization: `Bearer ${ticket}`, Accept: "application/json" },
      });
      if (response.ok) keep(await response.blob(), response.headers.get("Content-Disposition") ?? "");
      else {
        const { said, why } = await response.json();
        if ([401, 403].includes(response.status)) onGone(said, why);
        else told(said, "alert");
      }
    } catch {
      told(document.body.dataset.sayLost, "alert");
    } finally {
      button.removeAttribute("aria-busy");
    }
  }, { signal });
}

function keep(blob, disposition) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = /filename="([^"]+)"/.exec(disposition)?.[1] ?? "kolbot";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LASTS);
}
