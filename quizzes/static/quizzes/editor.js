"use strict";
/* The editors' preview beside a form: asks again after changes that a form does not tell by itself, keeps open what was open, says when it cannot. */
(() => {
  const panel = () => document.getElementById("preview");
  const trouble = () => document.getElementById("preview-trouble");
  let open = new Map();

  const say = (kind) => {
    trouble().hidden = !kind;
    trouble().textContent = kind ? trouble().dataset[kind] : "";
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!panel()) return;
    document.querySelectorAll("[data-preview-button]").forEach((button) => { button.hidden = true; });
    const refresh = () => window.htmx.trigger(panel(), "refresh");
    document.addEventListener("formset:added", refresh);
    document.addEventListener("formset:removed", refresh);
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "preview-body") return;
    if (!event.detail.serverResponse.includes("data-preview")) {  // the sign-in, once the session has ended
      event.detail.shouldSwap = false;
      say("refused");
      return;
    }
    say("");
    open = new Map([...document.querySelectorAll("#preview-body details")].map((one) => [one.id, one.open]));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "preview-body") return;
    document.querySelectorAll("#preview-body details").forEach((one) => { one.open = open.get(one.id) ?? one.open; });
  });
  document.addEventListener("htmx:responseError", () => say("refused"));
  document.addEventListener("htmx:sendError", () => say("offline"));
})();
