/** A picture, large, over the page: opened by a click or Enter, closed by Esc or a click. */
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";

/** Makes a picture open large when it is clicked. */
export function zoomable(image) {
  image.classList.add("zoomable");
  image.tabIndex = 0;
  image.setAttribute("role", "button");
  if (!image.getAttribute("aria-label"))
    image.setAttribute("aria-label", image.alt ? `${image.alt} (enlarge)` : "Enlarge the picture");
  const open = () => show(image);
  image.addEventListener("click", open);
  image.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  });
}

function show(image) {
  const box = el("dialog", { class: "lightbox", "aria-label": image.alt || "Picture", "data-testid": "lightbox" });
  box.append(
    el("img", { src: image.currentSrc || image.src, alt: image.alt || "" }),
    iconButton("Close", icon("close"), () => box.close()),
  );
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  box.addEventListener("close", () => {
    box.remove();
    image.focus({ preventScroll: true });
  });
  document.body.append(box);
  box.showModal();
}
