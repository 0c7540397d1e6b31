/** The sentence that was said last: aloud for screen readers, and on top of the page. */
const TIME = 12_000;
let leaving = 0;
let coming = 0;

export function told(said, kind) {
  const box = document.getElementById("told");
  const [status, alert] = [document.getElementById("status"), document.getElementById("alert")];
  clearTimeout(leaving);
  cancelAnimationFrame(coming);
  status.textContent = "";
  alert.textContent = "";
  if (!said) {
    box.classList.remove("shown");
    return;
  }
  box.classList.add("shown");
  // In the next frame: a region that was just emptied is told anew, the same sentence too.
  coming = requestAnimationFrame(() => {
    (kind === "alert" ? alert : status).textContent = said;
  });
  if (kind !== "alert") leaving = setTimeout(() => told("", ""), TIME);
}

export function connection(said, lost) {
  const place = document.getElementById("connection");
  place.textContent = said;
  place.classList.toggle("lost", lost);
}
