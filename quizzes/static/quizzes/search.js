"use strict";
/* Finds a fact while somebody types: what fits is listed below the field; arrows, Enter, Escape and the mouse as in any combobox. */
(() => {
  const PAUSE = 200;
  let timer = 0, latest = 0;
  const inputIn = (event) => event.target.closest?.("[data-search] [role=combobox]");
  const box = (input) => input.closest("[data-search]");
  const options = (input) => [...box(input).querySelectorAll("[data-id]")];

  const list = (input) => {  // rows are added to the form as copies, so each list is made once its field is used
    let found = box(input).querySelector("[role=listbox]");
    if (!found) {
      found = document.createElement("ul");
      found.id = `${input.id}-found`;
      found.hidden = true;
      found.setAttribute("role", "listbox");
      found.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
      box(input).append(found);
      input.setAttribute("aria-controls", found.id);
    }
    return found;
  };

  const close = (input) => {
    clearTimeout(timer);
    latest += 1;
    list(input).hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const keep = (input, id, text) => {
    const kept = box(input).querySelector("[type=hidden]");
    input.value = input.dataset.chosen = text;
    if (kept.value !== id) {
      kept.value = id;
      kept.dispatchEvent(new Event("change", { bubbles: true }));
    }
    close(input);
  };

  const line = (input, at, text, id) => {
    const item = document.createElement("li");
    item.id = `${input.id}-found-${at}`;
    item.textContent = text;
    item.setAttribute("role", "option");
    if (id) item.dataset.id = id; else item.setAttribute("aria-disabled", "true");
    return item;
  };

  const mark = (input, option) => {
    options(input).forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const show = (input, lines) => {
    const found = list(input);
    found.replaceChildren(...lines);
    found.hidden = false;
    input.setAttribute("aria-expanded", "true");
    const [first] = options(input);
    if (first) mark(input, first); else input.setAttribute("aria-activedescendant", lines[0].id);
  };

  const search = async (input) => {
    const number = latest += 1, { search: address, none, more, failed } = box(input).dataset;
    const term = input.value === input.dataset.chosen ? "" : input.value;
    let lines;
    try {
      const response = await fetch(`${address}&term=${encodeURIComponent(term)}`);
      if (!response.ok || response.redirected) throw new Error(response.status);
      const { results, pagination } = await response.json();
      lines = results.map((one, at) => line(input, at, one.text, one.id));
      if (!lines.length) lines.push(line(input, 0, none));
      if (pagination.more) lines.push(line(input, lines.length, more));
    } catch {
      lines = [line(input, 0, failed)];
    }
    if (number === latest && document.activeElement === input) show(input, lines);
  };

  const step = (input, by) => {
    const all = options(input), at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (all.length) mark(input, all[(at + by + all.length) % all.length]);
  };

  const press = (input, key) => {
    const open = !list(input).hidden, option = open && options(input).find((one) => one.getAttribute("aria-selected") === "true");
    if (key === "ArrowDown" || key === "ArrowUp") { if (open) step(input, key === "ArrowDown" ? 1 : -1); else search(input); return true; }
    if (key === "Enter" && option) { keep(input, option.dataset.id, option.textContent); return true; }
    if (key === "Escape" && open) { close(input); return true; }
    return false;
  };

  document.addEventListener("keydown", (event) => {
    const input = inputIn(event);
    if (input && !event.isComposing && press(input, event.key)) event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    const input = inputIn(event);
    if (!input) return;
    event.stopPropagation();  // only what is chosen changes the form
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE, input);
  }, true);
  document.addEventListener("change", (event) => { if (inputIn(event)) event.stopPropagation(); }, true);
  document.addEventListener("mousedown", (event) => {  // before the field loses the focus
    const option = event.target.closest?.("[data-search] [role=option]");
    if (!option) return;
    event.preventDefault();
    if (option.dataset.id) keep(box(option).querySelector("[role=combobox]"), option.dataset.id, option.textContent);
  });
  document.addEventListener("click", (event) => {
    const input = inputIn(event);
    if (input && list(input).hidden) search(input);
  });
  document.addEventListener("focusout", (event) => {  // a text that names nothing gives way to what is chosen
    const input = inputIn(event);
    if (!input) return;
    if (input.value.trim()) { input.value = input.dataset.chosen; close(input); } else keep(input, "", "");
  });
})();
