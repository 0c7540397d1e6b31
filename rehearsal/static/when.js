/** Dates and times in the viewer's own language, as Teams words them. */

const REGIONS = { en: "en-GB", pl: "pl-PL", bg: "bg-BG", lv: "lv-LV", hu: "hu-HU" };
const formats = new Map();

/** The browser's name for a person's language, such as pl-PL. */
export function localeOf(language) {
  return REGIONS[language] || language || "en-GB";
}

function format(locale, kind, options) {
  const key = `${locale}|${kind}`;
  if (!formats.has(key)) {
    try {
      formats.set(key, new Intl.DateTimeFormat(locale, options));
    } catch {
      formats.set(key, new Intl.DateTimeFormat("en-GB", options));
    }
  }
  return formats.get(key);
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
const daysAgo = (date) => Math.round((midnight(new Date()) - midnight(date)) / 86400000);

/** 09:41 */
export function clock(iso, locale) {
  return format(locale, "clock", { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

/** Today's messages by the clock, older ones with the day before it. */
export function stamp(iso, locale) {
  const date = new Date(iso);
  const days = daysAgo(date);
  if (days <= 0) return clock(iso, locale);
  return `${dayLabel(iso, locale)} ${clock(iso, locale)}`;
}

/** "Today", "Yesterday", else the date; in the viewer's language. */
export function dayLabel(iso, locale) {
  const date = new Date(iso);
  const days = daysAgo(date);
  if (days === 0 || days === 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  return format(locale, "day", { day: "numeric", month: "long" }).format(date);
}

/** The whole moment, for tooltips. */
export function full(iso, locale) {
  return format(locale, "full", { dateStyle: "full", timeStyle: "medium" }).format(new Date(iso));
}

/** A key that differs between days. */
export function dayKey(iso) {
  return midnight(new Date(iso));
}
