"use strict";
/* A quiz under way: saves each step as it is made, keeps on this device what has not reached the server and sends it
   again, tells the time left by the server's clock. Without it every step is a form. */
(() => {
  const root = document.getElementById("attempt"), review = document.getElementById("review");
  const prefix = `calcquiz.attempt.${(root || review).dataset.attempt}.`;
  const kept = {  // by question; a browser that allows no storage has what is in memory alone
    read() {
      const found = {};
      try {
        for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) found[key.slice(prefix.length)] = JSON.parse(localStorage.getItem(key));
      } catch { /* nothing kept */ }
      return found;
    },
    write(position, value) { try { localStorage.setItem(prefix + position, JSON.stringify(value)); } catch { /* full, or not allowed */ } },
    drop(position) { try { localStorage.removeItem(prefix + position); } catch { /* not allowed */ } },
  };

  if (review) {  // it is over: say what came too late
    const late = Object.keys(kept.read());
    if (late.length) {
      const notice = document.getElementById("unsent");
      notice.querySelector("b").textContent = late.sort((a, b) => a - b).join(", ");
      notice.hidden = false;
      late.forEach(kept.drop);
    }
    return;
  }

  document.documentElement.classList.add("scripted");
  const words = root.dataset, by = (id) => document.getElementById(id);
  const forms = Object.fromEntries([...root.querySelectorAll("form[data-position]")].map((form) => [form.dataset.position, form]));
  const pending = {}, flying = new Set(), spent = {};
  let current = words.current, shownAt = performance.now(), retry = 0, timer, over = false;
  const say = (text, kind = "") => { const line = by("saved"); if (line.textContent !== text) line.textContent = text; line.dataset.kind = kind; };

  /* What a question's form says, and the reverse. */
  const inputs = (form, name) => [...form.querySelectorAll(`input[name=${name}]`)];
  const picked = (form, name) => {
    const found = inputs(form, name).find((one) => one.checked || one.type === "hidden");
    return found ? Number(found.value) : null;
  };
  const state = (form) => ({
    choice: picked(form, "choice"), certainty: picked(form, "certainty"),
    struck: inputs(form, "struck").filter((one) => !one.disabled).map((one) => Number(one.value)),
    flagged: form.elements.flagged.value === "1",
  });
  const same = (a, b) => a.choice === b.choice && a.certainty === b.certainty && a.flagged === b.flagged && String(a.struck) === String(b.struck);
  const strike = (form, place, on) => {
    const input = inputs(form, "struck").find((one) => Number(one.value) === place);
    if (!input) return;
    input.disabled = !on;
    input.parentElement.classList.toggle("struck", on);
    input.parentElement.querySelector(".strike").setAttribute("aria-pressed", on);
  };
  const flag = (form, on) => {
    form.elements.flagged.value = on ? "1" : "0";
    form.querySelector("[name=flag]").setAttribute("aria-pressed", on);
  };
  const apply = (form, wanted) => {
    for (const name of ["choice", "certainty"]) for (const one of inputs(form, name)) if (one.type === "radio") one.checked = Number(one.value) === wanted[name];
    for (const one of inputs(form, "struck")) strike(form, Number(one.value), wanted.struck.includes(Number(one.value)));
    if (form.elements.flagged) flag(form, wanted.flagged);
    tell(form);
  };
  const tell = (form) => {  // the navigator, in words and marks
    const at = root.querySelector(`.navigator li [data-go="${form.dataset.position}"]`);
    if (!at) return;
    const now = state(form);
    at.classList.toggle("answered", now.choice !== null);
    at.classList.toggle("flagged", now.flagged);
    at.querySelector("[data-states]").textContent = `, ${now.choice === null ? words.notAnswered : words.isAnswered}${now.flagged ? `, ${words.isFlagged}` : ""}`;
    root.querySelector("[data-answered]").textContent = root.querySelectorAll(".navigator li .answered").length;
    const clear = form.querySelector("[name=clear]");
    if (clear) clear.toggleAttribute("data-empty", now.choice === null);
  };

  /* Saving: one request at a time for each question; what has no reply yet is kept on this device. */
  const stay = () => {  // the time on the question on show since it was asked for last
    const now = performance.now(), since = now - shownAt;
    shownAt = now;
    return Math.round(since);
  };
  const change = (form) => {
    const position = form.dataset.position, before = pending[position];
    const elapsed = (before?.elapsed || 0) + (spent[position] || 0) + (position === current ? stay() : 0);
    spent[position] = 0;
    pending[position] = { state: state(form), revision: before ? before.revision : Number(form.elements.revision.value), elapsed, sent: before?.sent || [] };
    kept.write(position, pending[position]);
    form.querySelector(".conflict").hidden = true;
    tell(form);
    send(position);
  };
  const body = (form, one) => {
    const data = new URLSearchParams({ csrfmiddlewaretoken: root.querySelector("[name=csrfmiddlewaretoken]").value, revision: one.revision, flagged: one.state.flagged ? "1" : "0", elapsed_ms: one.elapsed });
    for (const name of ["choice", "certainty"]) if (one.state[name] !== null) data.set(name, one.state[name]);
    for (const place of one.state.struck) data.append("struck", place);
    return data;
  };
  const send = async (position) => {
    if (flying.has(position) || !pending[position]) return;
    const form = forms[position], one = pending[position], asked = one.state;
    flying.add(position);
    one.sent.push(asked);
    kept.write(position, one);
    if (!retry) say(words.saving);
    try {
      const response = await fetch(form.dataset.save, { method: "POST", body: body(form, one), credentials: "same-origin" });
      await received(position, form, asked, one.elapsed, response);
    } catch {
      wait();
    } finally {
      flying.delete(position);
    }
    if (pending[position] && !timer && !over) send(position);
  };
  const received = async (position, form, asked, elapsed, response) => {
    const readable = !response.redirected && (response.headers.get("Content-Type") || "").includes("json");
    if (response.status >= 500) { wait(); return; }
    if (!readable) { hold(response.redirected ? words.signedOut : words.refused); return; }
    const reply = await response.json(), one = pending[position];
    retry = 0;
    if (response.status === 410) { hold(words.over); over = true; window.location.assign(reply.url); return; }
    if (response.status === 409 && one.sent.slice(0, -1).some((before) => same(before, reply))) {  // our own, whose reply was lost
      one.revision = reply.revision; one.sent = [];
      return;
    }
    if (response.status >= 400 && response.status !== 409) { hold(words.refused); forget(position); return; }
    form.elements.revision && (form.elements.revision.value = reply.revision);
    clock.set(reply.left_ms);
    if (response.status === 409) { conflict(form, asked, reply); forget(position); say(""); return; }
    if (same(one.state, asked)) forget(position);
    else { one.revision = reply.revision; one.sent = []; one.elapsed = Math.max(0, one.elapsed - elapsed); kept.write(position, one); }
    if (!Object.keys(pending).length) say(words.saved, "good");
  };
  const forget = (position) => { delete pending[position]; kept.drop(position); };
  const hold = (text) => { say(text, "bad"); clearTimeout(timer); timer = -1; };  // until the page is loaded again
  const wait = () => {
    say(words.unsaved, "bad");
    if (timer) return;
    retry = Math.min(retry + 1, 4);
    timer = setTimeout(again, 1000 * 2 ** retry);
  };
  const again = () => {
    if (timer === -1) return;
    clearTimeout(timer);
    timer = undefined;
    Object.keys(pending).forEach(send);
  };
  const conflict = (form, asked, reply) => {
    const notice = form.querySelector(".conflict");
    if (!notice) return;
    const text = (place) => form.querySelectorAll(".options > li .text")[place]?.textContent.trim();
    const lost = asked.choice !== null && asked.choice !== reply.choice ? ` ${words.yours} ${text(asked.choice)}` : "";
    apply(form, reply);
    notice.textContent = `${reply.said}${lost}`;
    notice.hidden = false;
  };
  const saved = () => new Promise((resolve) => {  // true once nothing waits, false if that takes long
    const began = performance.now();
    const look = () => {
      if (!Object.keys(pending).length) resolve(true);
      else if (timer || performance.now() - began > 8000) resolve(false);
      else setTimeout(look, 50);
    };
    look();
  });

  /* Going from question to question: they are all in the page, so that a lost connection stops nobody. */
  const show = (position, push = true) => {
    const form = forms[position], from = forms[current];
    if (!form || form === from) return;
    spent[current] = (spent[current] || 0) + stay();
    from.hidden = true; form.hidden = false;
    current = position;
    for (const at of root.querySelectorAll(".navigator [data-go]")) {
      at.setAttribute("form", form.id);
      if (at.dataset.go === position) at.setAttribute("aria-current", "true"); else at.removeAttribute("aria-current");
    }
    if (push) history.pushState({ position }, "", form.getAttribute("action"));
    const navigator = root.querySelector(".navigator");
    if (!wide.matches) navigator.open = false;
    window.scrollTo(0, 0);
    form.querySelector(".stem").focus({ preventScroll: true });
  };
  const leave = async (go) => {  // a form cannot be sent from within its own sending, hence the timeout
    again();
    if (await saved()) setTimeout(go); else say(timer === -1 ? words.signedOut : words.cannotGo, "bad");
  };
  const wide = window.matchMedia("(min-width: 48rem) and (min-height: 40rem)");
  const pressed = (form, button) => {
    if (button.dataset.go === "end") leave(() => window.location.assign(words.end));
    else if (button.dataset.go) show(button.dataset.go);
    else if (button.name === "check") leave(() => { form.dataset.checking = "yes"; form.requestSubmit(button); });
    else if (button.name === "strike") {
      const place = Number(button.value), on = button.getAttribute("aria-pressed") !== "true";
      strike(form, place, on);
      const radio = inputs(form, "choice").find((one) => Number(one.value) === place);
      if (on && radio.checked) radio.checked = false;
      change(form);
    } else if (button.name === "flag") { flag(form, button.getAttribute("aria-pressed") !== "true"); change(form); }
    else if (button.name === "clear") {
      for (const name of ["choice", "certainty"]) for (const one of inputs(form, name)) if (one.type === "radio") one.checked = false;
      change(form);
    } else again();
  };
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "hand-in" && !over && form.dataset.sure !== "yes") {
      event.preventDefault();
      leave(() => { form.dataset.sure = "yes"; form.requestSubmit(); });
    }
    if (!form.dataset.position || form.dataset.checking) return;
    event.preventDefault();
    pressed(form, event.submitter || form.querySelector("[name=save]"));
  });
  root.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-position]");
    if (!form) return;
    if (event.target.name === "choice") strike(form, Number(event.target.value), false);
    change(form);
  });
  window.addEventListener("popstate", (event) => show(event.state?.position || words.current, false));
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState !== "visible" || over) return;
    again();
    const form = forms[current];
    if (!form || pending[current]) return;
    try {
      const response = await fetch(form.dataset.save, { credentials: "same-origin" });
      if (!response.ok || response.redirected) return;
      const reply = await response.json();
      clock.set(reply.left_ms);
      if (pending[form.dataset.position] || reply.revision <= Number(form.elements.revision.value)) return;
      form.elements.revision.value = reply.revision;
      apply(form, reply);
      say(words.fresh);
    } catch { /* no connection: nothing to compare with */ }
  });

  /* The time left: the server's, counted down by a clock that nobody can set. */
  const clock = {
    left: Number(root.querySelector("[data-left]").dataset.left), at: performance.now(), told: Infinity,
    set(left) { if (left !== undefined) { this.left = left; this.at = performance.now(); } },
    now() { return this.left - (performance.now() - this.at); },
    words(left) {
      const s = Math.ceil(left / 1000), pad = (n) => String(n).padStart(2, "0");
      if (s >= 86400) return "";
      if (s >= 3600) return `${Math.floor(s / 3600)} ${words.h} ${Math.floor(s % 3600 / 60)} ${words.min}`;
      return s >= 600 ? `${Math.ceil(s / 60)} ${words.min}` : `${Math.floor(s / 60)}:${pad(s % 60)}`;
    },
    tick() {
      const left = this.now(), text = this.words(Math.max(0, left));
      if (text && by("left").textContent !== text) by("left").textContent = text;
      if (this.told === Infinity) this.told = left;
      for (const [minutes, said] of [[10, words.left10], [5, words.left5], [1, words.left1]]) {
        if (left > 0 && left <= minutes * 60000 && this.told > minutes * 60000) by("announce").textContent = said;
      }
      this.told = left;
      if (left <= 0 && !over) finish();
    },
  };
  const finish = async () => {
    over = true;
    by("over").textContent = words.over;
    by("over").hidden = false;
    for (const form of Object.values(forms)) form.inert = true;
    Object.keys(pending).forEach(send);
    const [reached] = await Promise.all([saved(), new Promise((read) => setTimeout(read, 2500))]);
    if (!reached && !navigator.onLine) {
      by("over").textContent = words.overOffline;
      window.addEventListener("online", () => window.location.assign(words.end));
      return;
    }
    if (by("hand-in")) by("hand-in").submit(); else window.location.assign(words.end);
  };

  const navigatorBox = root.querySelector(".navigator");
  if (navigatorBox) navigatorBox.open = wide.matches;
  for (const [position, one] of Object.entries(kept.read())) {  // what an earlier page could not send
    if (!forms[position]) continue;
    pending[position] = { ...one, sent: one.sent || [] };
    if (forms[position].elements.revision) apply(forms[position], one.state);
  }
  for (const form of Object.values(forms)) {  // what was chosen before this script was there
    const moved = (one) => one.type === "radio" && one.checked !== one.defaultChecked;
    if (!pending[form.dataset.position] && [...form.elements].some(moved)) change(form);
  }
  const first = forms[current]?.querySelector("[data-focus]");
  if (first) first.focus();
  if (by("hand-in") && Object.keys(pending).length) saved().then((done) => { if (done) window.location.reload(); });
  Object.keys(pending).forEach(send);
  setInterval(() => clock.tick(), 500);
  clock.tick();
})();
