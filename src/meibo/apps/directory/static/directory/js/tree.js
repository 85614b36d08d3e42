// Arrow keys in the org chart: up and down through what is visible, right opens, left closes or
// goes to the unit above. Tab and Enter work without this file.
(() => {
  "use strict";

  const stops = (tree) =>
    Array.from(tree.querySelectorAll("summary, .chart-head a, .chart-person a")).filter((stop) => stop.checkVisibility());

  const moves = {
    ArrowDown: (all, at) => all[at + 1],
    ArrowUp: (all, at) => all[at - 1],
    Home: (all) => all[0],
    End: (all) => all[all.length - 1],
  };

  const above = (stop) => {
    const inside = stop.tagName === "SUMMARY" ? stop.parentElement.parentElement : stop;
    const outer = inside.closest("details");
    return outer ? outer.querySelector("summary") : inside.closest(".chart-root")?.querySelector(".chart-head a");
  };

  const sideways = (stop, open) => {
    const details = stop.tagName === "SUMMARY" ? stop.parentElement : null;
    if (details && details.open !== open) details.open = open;
    else if (!open) above(stop)?.focus();
    else details?.querySelector(".chart-in summary, .chart-in .chart-person a")?.focus();
  };

  document.addEventListener("keydown", (event) => {
    const tree = event.target.closest?.("[data-tree]");
    if (!tree || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      sideways(event.target, event.key === "ArrowRight");
    } else if (event.key in moves) {
      const all = stops(tree);
      const next = moves[event.key](all, all.indexOf(event.target));
      event.preventDefault();
      next?.focus();
    }
  });
})();
