"use strict";
/* Escape puts an exact date away that covers something. Hover, focus and tap show and hide it without this. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const shown = [...document.querySelectorAll(".when:is(:hover, :focus):not(.away)")];
  if (!shown.length) return;
  event.preventDefault();
  for (const when of shown) {
    when.classList.add("away");
    const back = () => when.classList.remove("away");
    for (const left of ["blur", "pointerleave"]) when.addEventListener(left, back, { once: true });
  }
});
