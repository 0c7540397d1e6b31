/** Light, dark or high contrast: as the device says (in a tab: as Teams does), unless the reader chooses. */
const KEPT = "kolbot.appearance";

export function appearance(select) {
  /** What is around the page has a look of its own; empty: as the device. */
  let around = document.documentElement.dataset.theme ?? "";
  const set = (value) => {
    const look = value || around;
    if (look) document.documentElement.dataset.theme = look;
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
  return {
    /** Teams has this theme now. */
    follow(theme) {
      around = { default: "light", dark: "dark", contrast: "contrast", glass: "dark" }[theme] ?? "";
      set(select.value);
    },
  };
}
