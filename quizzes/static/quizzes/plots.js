"use strict";
/* Arrow keys, Home and End move among a plot's marks; Tab leaves it. Hover, focus and tap show values without this. */
(() => {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.(".mark");
    if (!mark) return;
    const marks = [...mark.ownerSVGElement.querySelectorAll(".mark")];
    const at = marks.indexOf(mark);
    const next = event.key === "Home" ? marks[0] : event.key === "End" ? marks.at(-1) : marks[at + steps[event.key]];
    if (!next) return;
    event.preventDefault();
    mark.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
})();
