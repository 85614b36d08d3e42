// ← and → go to the one before and the one after, where a set is gone through.
(() => {
  "use strict";

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], [role='tree']")) return;
    const way = document.querySelector(`[data-walk="${CSS.escape(event.key)}"]`);
    if (!way) return;
    event.preventDefault();
    way.click();
  });
})();
