"use strict";
/* The study session in place: keys, showing the answer, the prefetched next question, focus after each swap. Without it, every step is a page. */
(() => {
  document.documentElement.classList.add("scripted");
  let shownAt = performance.now();
  const session = () => document.getElementById("session");

  const settle = () => {
    shownAt = performance.now();
    const typed = document.getElementById("typed");
    const focus = typed || document.querySelector("#session [data-focus]") || document.getElementById("stem");
    if (focus) focus.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    const said = document.getElementById("said");
    if (said) said.textContent = session()?.dataset.said || document.querySelector("#session .verdict")?.textContent.trim() || "";
  };

  const reveal = () => {
    document.getElementById("reveal").hidden = true;
    document.getElementById("answer").hidden = false;
    const back = document.getElementById("back");
    if (back) back.hidden = false;
    const first = document.querySelector("#answer .primary, #answer .option");
    if (first) first.focus({ preventScroll: true });
    document.getElementById("said").textContent = back ? back.querySelector(".said").textContent : "";
  };

  const explain = async (href) => {
    const asked = session();
    document.getElementById("why-body").replaceChildren();
    document.getElementById("trouble")?.remove();
    try {
      await window.htmx.ajax("GET", href, { target: "#why-body", swap: "innerHTML" });
    } catch { return; }  // told by htmx:sendError
    if (session() === asked && document.getElementById("why-title")) document.getElementById("why").showModal();
  };

  const next = (link) => {
    const prefetched = document.getElementById("next-question");
    if (!prefetched) { window.location.assign(link.href); return; }
    session().replaceWith(prefetched.content.cloneNode(true));
    window.htmx.process(session());
    settle();
  };

  document.addEventListener("click", (event) => {
    const reveals = event.target.closest("[data-reveal]");
    const nexts = event.target.closest("[data-next]");
    const why = event.target.closest("[data-why]");
    if (why && !event.ctrlKey && !event.metaKey) { event.preventDefault(); explain(why.href); }
    else if (reveals) { event.preventDefault(); reveal(); }
    else if (nexts && !event.ctrlKey && !event.metaKey) { event.preventDefault(); next(nexts); }
    else if (event.target.closest("[data-keys-help]")) document.getElementById("keys").showModal();
  });

  document.addEventListener("submit", (event) => {
    const elapsed = event.target.querySelector("[name=elapsed_ms]");
    if (elapsed) elapsed.value = Math.round(performance.now() - shownAt);
  }, true);

  const visible = (element) => element.getClientRects().length > 0 && !element.disabled;
  const ownKey = (target, key) => (key === "space" || key === "enter") && target.closest("a, button, summary, [role=button]");

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (target.closest("input, textarea, select, [contenteditable], dialog[open]") || document.querySelector("dialog[open]")) return;
    if (session()?.dataset.shortcuts !== "on" || session().inert) return;  // a click by script would reach what is inert
    const key = event.key === " " ? "space" : event.key.toLowerCase();
    if (ownKey(target, key)) return;
    const button = [...document.querySelectorAll("#session [data-keys]")].find((b) => b.dataset.keys.split(" ").includes(key) && (visible(b) || b.matches("[data-keys-help]")));
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("htmx:configRequest", (event) => {  // htmx sees no button that stands outside its form
    const button = event.detail.triggeringEvent?.submitter;
    if (button?.name) event.detail.parameters[button.name] = button.value;
  });

  const ofSession = (event) => event.detail.target?.id !== "why-body";
  document.addEventListener("htmx:beforeRequest", (event) => { if (ofSession(event)) session().inert = true; });
  document.addEventListener("htmx:afterRequest", (event) => { if (ofSession(event)) session().inert = false; });
  const whyArrived = (event) => {
    const { xhr, serverResponse, pathInfo } = event.detail;
    if (xhr.status >= 400 || serverResponse.includes('id="why-title"')) return;
    event.detail.shouldSwap = false;  // another page came: followed as a page, the sign-in leads back to it
    window.location.assign(pathInfo.requestPath);
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!ofSession(event)) { whyArrived(event); return; }
    if (event.detail.serverResponse.includes('id="session"')) return;
    event.detail.shouldSwap = false;  // another page came, as the sign-in does when the session has ended
    if (event.detail.xhr.status < 400) window.location.reload();
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (ofSession(event)) settle(); });
  const tell = (trouble) => {
    let notice = document.getElementById("trouble");
    if (!notice) {
      notice = document.createElement("p");
      notice.id = "trouble"; notice.className = "notice error"; notice.setAttribute("role", "alert");
      session().prepend(notice);
    }
    notice.textContent = document.getElementById("said").dataset[trouble];
  };
  document.addEventListener("htmx:sendError", (event) => tell(ofSession(event) ? "offline" : "whyFailed"));
  document.addEventListener("htmx:responseError", (event) => tell(ofSession(event) ? "refused" : "whyFailed"));
  document.addEventListener("DOMContentLoaded", () => { if (session()) settle(); });
})();
