/** Light, dark or high contrast: as the device says, unless the reader chooses. */
const KEPT = "kolbot.appearance";

export function appearance(select) {
  const set = (value) => {
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
  };
  let chosen = "";
  try {
    chosen = localStorage.getItem(KEPT) ?? "";
  } catch {
    // blocked: as the device says
  }
  select.value = chosen;
  set(select.value);
  select.addEventListener("change", () => {
    set(select.value);
    try {
      localStorage.setItem(KEPT, select.value);
    } catch {
      // for this page only
    }
  });
}
