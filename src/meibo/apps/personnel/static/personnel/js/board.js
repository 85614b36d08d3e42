// Dragging people to units and posts: the same form that the buttons send. On the whole chart a
// folded unit opens when one waits on it with somebody held; what was open is so on the next page.
(() => {
  "use strict";

  const board = document.querySelector("[data-board]");
  if (!board) return;
  const WAIT = 500; // milliseconds
  const KEPT = "meibo-board";
  let held = null;
  let waiting = { on: null, timer: 0 };

  const folded = [...board.querySelectorAll("details[data-unit]")];
  if (folded.length) {
    const known = new Set((sessionStorage.getItem(KEPT) ?? "").split("."));
    folded.forEach((each) => (each.open ||= known.has(each.dataset.unit)));
    const keep = () => {
      const open = folded.filter((each) => each.open).map((each) => each.dataset.unit);
      sessionStorage.setItem(KEPT, open.join("."));
    };
    addEventListener("pagehide", keep);
  }

  // Who is chosen may be out of sight.
  const foot = board.querySelector("[data-chosen]");
  const count = () => {
    const chosen = board.querySelectorAll("[name=person]:checked").length;
    foot.querySelector("[data-count]").textContent = chosen;
    foot.hidden = chosen === 0;
  };
  if (foot) {
    board.addEventListener("change", count);
    board.addEventListener("reset", () => setTimeout(count));
    count();
  }

  const openSoon = (summary) => {
    if (summary === waiting.on) return;
    clearTimeout(waiting.timer);
    const unit = summary?.parentElement;
    const timer = unit && !unit.open ? setTimeout(() => (unit.open = true), WAIT) : 0;
    waiting = { on: summary, timer };
  };

  const target = (event) => {
    const place = event.target.closest?.("[data-to]");
    return place && held && place !== held ? place : null;
  };

  board.addEventListener("dragstart", (event) => {
    held = event.target.closest(".board-person[draggable]");
    if (!held) return;
    held.classList.add("held");
    held.querySelector("input").checked = true; // whoever is chosen as well comes along
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.textContent.trim());
  });

  board.addEventListener("dragend", () => {
    openSoon(null);
    held?.classList.remove("held");
    board.querySelectorAll(".over").forEach((place) => place.classList.remove("over"));
    held = null;
  });

  board.addEventListener("dragover", (event) => {
    if (held) openSoon(event.target.closest?.("details[data-unit] > summary") ?? null);
    const place = target(event);
    if (!place) return;
    event.preventDefault();
    board.querySelectorAll(".over").forEach((each) => each !== place && each.classList.remove("over"));
    place.classList.add("over");
  });

  board.addEventListener("drop", (event) => {
    const place = target(event);
    if (!place) return;
    event.preventDefault();
    const to = document.createElement("input");
    to.type = "hidden";
    to.name = "to";
    to.value = place.dataset.to;
    board.append(to);
    board.submit();
  });
})();
