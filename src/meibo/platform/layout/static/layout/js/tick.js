// One box that ticks all boxes of its form. Without this file each is ticked by itself.
(() => {
  "use strict";

  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-tick-all]")) return;
    const boxes = event.target.form?.querySelectorAll('td input[type="checkbox"]') ?? [];
    boxes.forEach((box) => { box.checked = event.target.checked; });
  });
})();
