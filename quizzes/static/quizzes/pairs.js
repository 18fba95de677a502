"use strict";
/* Keys of the queue of pairs: a digit judges, S skips, U takes back, 4 opens the questions one by one. Without it, buttons. */
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.closest("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    const each = document.querySelector(".each");
    if (key === "4" && each) {
      event.preventDefault();
      each.open = true;
      each.querySelector("input").focus();
      return;
    }
    const button = document.querySelector(`.pairs [data-key="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();  // a second press while the first is on its way
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
    document.getElementById("pair-title")?.focus({ preventScroll: true });
  });
})();
