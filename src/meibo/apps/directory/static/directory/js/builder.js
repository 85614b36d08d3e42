// Choosing one more of several: at once with the pointer or Enter; with arrow keys, which go over
// what is not wanted, not before the box is left.
(() => {
  "use strict";

  let key = "";
  const box = (target) => target.closest?.(".builder-box");
  const pick = (select) => {
    delete select.dataset.waits;
    box(select).dispatchEvent(new CustomEvent("picked", { bubbles: true }));
  };

  document.addEventListener("pointerdown", () => { key = ""; }, true);
  document.addEventListener("keydown", (event) => {
    key = event.key;
    if (key === "Enter" && event.target.dataset?.waits) {
      event.preventDefault();
      pick(event.target);
    }
  }, true);
  document.addEventListener("change", (event) => {
    if (!box(event.target)) return;
    if (event.target.matches("select") && key && key !== "Enter") event.target.dataset.waits = "1";
    else pick(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.dataset?.waits && box(event.target)) pick(event.target);
  });
})();
