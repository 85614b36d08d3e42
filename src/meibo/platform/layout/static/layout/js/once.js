// A button pressed twice does its work once: while a form that changes something is on its way, it
// is not sent again. Only for moments, since a page that hands out a file stays where it is.
(() => {
  "use strict";

  const MOMENTS = 3000;
  const sent = new WeakMap();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const now = Date.now();
    if (now - (sent.get(form) ?? 0) < MOMENTS) {
      event.preventDefault();
      return;
    }
    sent.set(form, now);
  });

  // Whoever comes back to the page by the browser's own way may send again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach((form) => sent.delete(form));
  });
})();
