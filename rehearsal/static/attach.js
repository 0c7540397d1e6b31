/** Files that go with a message in a personal chat: picking them, showing what was picked, reading them. Sends nothing. */
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";

const MOST = 10;
/** Larger files would not fit into one request to the room. */
const LARGEST = 2 * 1024 * 1024;

function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** A button and a list of what was picked. `take()` gives the files as the room's server wants them (and each one's `file`), and empties the list. */
export function makeAttach(changed) {
  let picked = [];
  const input = el("input", {
    type: "file",
    multiple: true,
    hidden: true,
    "data-testid": "attach-input",
    "aria-label": "Files to attach",
    on: {
      change: () => {
        picked = [...picked, ...input.files].slice(0, MOST);
        input.value = "";
        show();
      },
    },
  });
  const button = iconButton("Attach a file", icon("attach"), () => input.click(), { "data-testid": "attach" });
  const list = el("ul", { class: "attached", "aria-label": "Attached files" });

  function show() {
    list.replaceChildren(
      ...picked.map((file) =>
        el(
          "li",
          {},
          el("span", { text: file.size > LARGEST ? `${file.name} (too large for the rehearsal room)` : file.name }),
          iconButton(`Remove ${file.name}`, icon("close", 12), () => {
            picked = picked.filter((one) => one !== file);
            show();
          }),
        ),
      ),
    );
    changed();
  }

  return {
    button,
    input,
    list,
    any: () => picked.length > 0,
    async take() {
      const taken = picked.filter((file) => file.size <= LARGEST);
      picked = [];
      show();
      return Promise.all(taken.map(async (file) => ({ name: file.name, data: await inBase64(file), file })));
    },
    /** What could not be sent is there again. */
    give(files) {
      picked = [...files.map((one) => one.file), ...picked];
      show();
    },
  };
}
