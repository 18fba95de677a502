"use strict";
/* Adds rows to the lists below a form of the admin, and removes those just added; tells by the events that Django's own script sends. */
(() => {
  const NAMED = ["id", "name", "for", "aria-controls", "aria-labelledby", "aria-describedby"];

  const setUp = (group) => {
    const { options } = JSON.parse(group.dataset.inlineFormset);
    const empty = document.getElementById(`${options.prefix}-empty`);
    if (!empty) return;
    const total = document.getElementById(`id_${options.prefix}-TOTAL_FORMS`);
    const most = document.getElementById(`id_${options.prefix}-MAX_NUM_FORMS`);
    const pattern = new RegExp(`${options.prefix}-(\\d+|__prefix__|empty)`);
    const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];

    const number = (row, at) => [row, ...row.querySelectorAll("*")].forEach((one) => NAMED.forEach((name) => {
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(pattern, `${options.prefix}-${at}`));
    }));
    const control = (text, name, press) => {
      const link = document.createElement("a");
      link.href = "#";
      link.className = name;
      link.textContent = text;
      link.setAttribute("role", "button");
      link.addEventListener("click", (event) => { event.preventDefault(); press(); });
      link.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); press(); } });
      return link;
    };
    const tell = (name, target) => target.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { formsetName: options.prefix } }));

    const bar = document.createElement("div");
    bar.className = "add-row";
    const limit = () => { total.value = rows().length; bar.hidden = Boolean(most.value) && rows().length >= Number(most.value); };
    const remove = (row) => {
      row.remove();
      rows().forEach(number);
      limit();
      tell("formset:removed", group);
      bar.firstElementChild.focus();
    };
    const add = () => {
      const row = empty.cloneNode(true);
      row.classList.remove("empty-form", "last-related");
      number(row, rows().length);
      const place = document.createElement("span");
      place.append(control(options.deleteText, "inline-deletelink", () => remove(row)));
      row.firstElementChild.append(place);
      empty.before(row);
      limit();
      tell("formset:added", row);
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    };
    bar.append(control(options.addText, "addlink", add));
    empty.after(bar);
    limit();
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-inline-formset]").forEach(setUp));
})();
