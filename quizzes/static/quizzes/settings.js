"use strict";
/* A slider beside the number of the retention, and the zone that the browser names. All of it works without. */
(() => {
  const number = document.getElementById("id_retention"), slider = document.getElementById("retention-slider");
  slider.value = number.value;
  document.getElementById("slider").hidden = false;
  document.getElementById("show-effect").hidden = true;
  slider.addEventListener("input", (event) => {
    event.stopPropagation();
    number.value = slider.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", () => { if (number.validity.valid && number.value) slider.value = number.value; });

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  const said = document.getElementById("browser-says");
  document.getElementById("id_browser_zone").value = zone;
  if (zone) said.textContent = said.dataset.words.replace("ZONE", zone);
  document.getElementById("id_time_zone").addEventListener("input", () => {
    document.querySelector("input[name=zone_from][value=chosen]").checked = true;
  });
})();
