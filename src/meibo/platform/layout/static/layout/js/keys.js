// Keys that work on every page: "/" goes to the search box, Escape closes an open menu.
(() => {
  "use strict";

  const writing = (element) =>
    element instanceof HTMLElement &&
    (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  const close = (menu, focus) => {
    menu.open = false;
    if (focus) menu.querySelector("summary").focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writing(event.target)) {
      const box = document.querySelector("[data-search]");
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    }
    if (event.key === "Escape") {
      const menu = event.target.closest?.("details[data-menu][open]") ?? document.querySelector("details[data-menu][open]");
      if (menu) close(menu, true);
    }
  });

  // One menu at a time, and none once attention is elsewhere.
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details[data-menu][open]")) return;
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (menu !== event.target) close(menu, false);
    });
  }, true);

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) close(menu, false);
    });
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button || !navigator.clipboard) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const said = button.querySelector("[data-said]");
    if (said) said.textContent = "写しました";
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });

  // Sent elsewhere while asking for a part of a page: the session has ended. Ask for the whole page,
  // which leads to the sign-in and back here; of a box, for the page of what was typed in it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    const asked = new URL(pathInfo.finalRequestPath, location.href).pathname;
    if (!xhr.responseURL || new URL(xhr.responseURL).pathname === asked) return;
    event.detail.shouldSwap = false;
    if (event.detail.requestConfig.elt.matches("input")) location.assign(pathInfo.finalRequestPath);
    else location.reload();
  });
})();
