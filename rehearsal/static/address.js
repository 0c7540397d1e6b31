/** What the page shows, kept in its address, so that a reload or a sent link shows the same. */

/**
 * Out of `?as=` / `?side=` and `&conversation=`:
 * {people: [id], conversations: {personId: conversationId}, side: bool, shared: conversation id or null}.
 */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const side = (query.get("side") || "")
    .split(",")
    .map((id) => id.trim())
    .filter(Boolean);
  const people = side.length ? [...new Set(side)].slice(0, 3) : [query.get("as")].filter(Boolean);
  const wanted = query.getAll("conversation").filter(Boolean);
  const conversations = {};
  people.forEach((id, index) => {
    conversations[id] = wanted[Math.min(index, wanted.length - 1)] || null;
  });
  return { people, conversations, side: side.length > 0, shared: wanted[0] || null };
}

/** Writes the panes' state into the address without a new history entry. */
export function writeAddress(panes) {
  const query = new URLSearchParams(location.search);
  query.delete("as");
  query.delete("side");
  query.delete("conversation");
  if (panes.length > 1) query.set("side", panes.map((pane) => pane.person.id).join(","));
  else if (panes.length === 1) query.set("as", panes[0].person.id);
  const conversations = panes.map((pane) => pane.conversation || "");
  const same = conversations.every((id) => id === conversations[0]);
  for (const id of same ? conversations.slice(0, 1) : conversations) query.append("conversation", id);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%40", "@");
  history.replaceState(null, "", `${location.pathname}?${text}`);
}
