// Typing into a cell, with candidates for people, units, posts and words.
(() => {
  "use strict";

  const grid = window.planGrid;
  if (!grid) return;
  const ASKED = new Set(["person", "name", "wording", "unit", "post"]);
  let editor = null; // {cell, input, list, old}
  let asked = 0;

  const close = () => {
    const { cell, list, old } = editor;
    editor = null;
    list.remove();
    cell.classList.remove("writing");
    cell.textContent = old;
    return cell;
  };

  grid.editing = () => editor !== null;

  grid.cancel = () => grid.select(close());

  // Write what was typed; returns the cell.
  grid.commit = () => {
    if (!editor) return grid.focus;
    const { input } = editor;
    const text = input.value.trim();
    const cell = close();
    grid.write(cell, text);
    grid.save();
    return cell;
  };

  // What is typed takes the place of all that stands there, or goes on where it ends.
  grid.edit = (cell, text = null, goOn = false) => {
    if (!cell || grid.fixed(cell)) return;
    if (editor) grid.commit();
    grid.select(cell);
    const old = grid.textOf(cell);
    const input = document.createElement("input");
    input.className = "cell-input";
    input.value = text ?? old;
    const title = grid.table.querySelector(`th[data-title="${cell.dataset.cell}"]`).textContent;
    input.setAttribute("aria-label", title);
    input.autocomplete = "off";
    const list = document.createElement("ul");
    list.className = "cell-list";
    list.id = "cell-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", `${title}の候補`);
    list.hidden = true;
    if (ASKED.has(cell.dataset.cell)) {
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-controls", "cell-list");
      input.setAttribute("aria-expanded", "false");
    }
    cell.classList.add("writing");
    cell.replaceChildren(input);
    document.body.append(list);
    editor = { cell, input, list, old };
    input.addEventListener("input", suggest);
    input.addEventListener("blur", () => {
      // A press on a candidate keeps the focus; any other way out writes what was typed.
      if (editor?.input === input) grid.commit();
    });
    input.focus();
    if (text === null && !goOn) input.select();
    suggest();
  };

  const suggest = async () => {
    if (!editor || !ASKED.has(editor.cell.dataset.cell)) return;
    const { input, cell } = editor;
    if (input.value.trim() === "" && cell.dataset.cell !== "wording") return show([]);
    asked += 1;
    const mine = asked;
    await new Promise((done) => setTimeout(done, 120));
    if (mine !== asked || editor?.input !== input) return undefined;
    const query = new URLSearchParams({ cell: cell.dataset.cell, q: input.value });
    const answer = await fetch(`${grid.table.dataset.suggest}?${query}`);
    if (!answer.ok || answer.redirected) return undefined;
    const { found } = await answer.json();
    if (mine === asked && editor?.input === input) show(found);
    return undefined;
  };

  const show = (found) => {
    const { input, list, cell } = editor;
    list.replaceChildren(
      ...found.map((each, place) => {
        const item = document.createElement("li");
        item.id = `candidate-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.value = cell.dataset.cell === "name" ? each.label : each.value;
        const label = document.createElement("span");
        label.textContent = each.label;
        const hint = document.createElement("span");
        hint.className = "quiet small";
        hint.textContent = cell.dataset.cell === "person" ? `${each.value}　${each.hint}` : each.hint;
        item.append(label, hint);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          input.value = item.dataset.value;
          grid.select(grid.commit());
        });
        return item;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    if (list.hidden) return;
    const box = cell.getBoundingClientRect();
    list.style.left = `${Math.max(0, Math.min(box.left, innerWidth - list.offsetWidth - 8))}px`;
    const below = innerHeight - box.bottom > list.offsetHeight;
    list.style.top = `${below ? box.bottom : Math.max(0, box.top - list.offsetHeight)}px`;
  };

  const choose = (way) => {
    const items = [...editor.list.children];
    const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    const next = Math.min(Math.max(now + way, 0), items.length - 1);
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === next)));
    items[next].scrollIntoView({ block: "nearest" });
    editor.input.setAttribute("aria-activedescendant", items[next].id);
    editor.input.value = items[next].dataset.value;
  };

  // Keys while a cell is written; true where the key has been used.
  grid.writingKey = (event) => {
    const { list } = editor;
    const open = !list.hidden && list.children.length > 0;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) choose(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") grid.cancel();
    else if (event.key === "Enter") {
      grid.select(grid.commit());
      grid.move(event.shiftKey ? -1 : 1, 0);
    } else if (event.key === "Tab") {
      grid.select(grid.commit());
      return grid.tab(event.shiftKey);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      grid.select(grid.commit());
      grid.move(event.key === "ArrowDown" ? 1 : -1, 0);
    } else return false;
    return true;
  };
})();
