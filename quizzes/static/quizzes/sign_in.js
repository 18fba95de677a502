"use strict";
/* Tells the server the browser's time zone, so that a study day begins in the student's own night. */
(() => {
  const field = document.getElementById("time_zone");
  if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
})();
