// Dragging people to units and posts: the same form that the buttons send.
(() => {
  "use strict";

  const board = document.querySelector("[data-board]");
  if (!board) return;
  let held = null;

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
    held?.classList.remove("held");
    board.querySelectorAll(".over").forEach((place) => place.classList.remove("over"));
    held = null;
  });

  board.addEventListener("dragover", (event) => {
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
