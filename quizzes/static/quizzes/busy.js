"use strict";
/* Forms whose work takes some seconds say so while it lasts, and are sent once. Without it, the page simply waits. */
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-busy]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    const words = form.querySelector("[data-busy-words]");
    const bar = document.createElement("progress");
    words.replaceChildren(bar, document.createTextNode(` ${words.dataset.busyWords}`));
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      form.querySelector("[data-busy-words]")?.replaceChildren();
    });
  });
})();
