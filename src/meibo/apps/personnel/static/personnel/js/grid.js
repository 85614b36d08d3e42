// The grid by keyboard, mouse and clipboard, as in a spreadsheet.
(() => {
  "use strict";

  const grid = window.planGrid;
  if (!grid) return;
  const { table, body } = grid;
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-15, 0], PageDown: [15, 0] };
  const remove = document.querySelector("[data-remove]");
  const KNOWN = ["職員番号", "氏名", "用語", "異動用語", "発令日", "新所属", "所属", "新職", "職名", "職", "級", "期限", "備考", "よみ", "カナ", "生年月日"];

  table.setAttribute("role", "grid");
  table.classList.add("alive");
  grid.rows().forEach(grid.ready);
  grid.offerRow();
  const first = grid.cellOf(grid.rows()[0], "person");
  first.tabIndex = 0;
  remove.hidden = false;

  const cellAt = (target) => {
    const cell = target.closest?.("td[data-cell]");
    return cell && body.contains(cell) && grid.columnOf(cell) >= 0 ? cell : null;
  };

  body.addEventListener("focusin", (event) => {
    const cell = cellAt(event.target);
    if (cell && !grid.focus) grid.select(cell);
  });

  body.addEventListener("mousedown", (event) => {
    const cell = cellAt(event.target);
    if (!cell || cell.classList.contains("writing")) return;
    if (grid.editing()) grid.commit();
    grid.select(cell, event.shiftKey && grid.focus !== null);
    event.preventDefault();
  });

  body.addEventListener("mouseover", (event) => {
    const cell = cellAt(event.target);
    if (cell && event.buttons === 1 && grid.focus && !grid.editing() && cell !== grid.focus) grid.select(cell, true);
  });

  body.addEventListener("dblclick", (event) => grid.edit(cellAt(event.target)));

  const jump = (event) => {
    const all = grid.rows();
    const row = event.ctrlKey || event.metaKey ? (event.key === "Home" ? all[0] : all.at(-1)) : grid.rowOf(grid.focus);
    const columns = grid.COLUMNS;
    grid.select(grid.cellOf(row, event.key === "Home" ? columns[0] : columns.at(-1)), event.shiftKey);
  };

  const clear = () => {
    grid.range().flat().forEach((cell) => grid.write(cell, ""));
    grid.save();
  };

  const withControl = (event) => {
    const key = event.key.toLowerCase();
    if (key === "z") grid.step(event.shiftKey ? "redo" : "undo");
    else if (key === "y") grid.step("redo");
    else if (key === "s") grid.save();
    else if (key === "a") {
      grid.anchor = grid.cellOf(grid.rows()[0], grid.COLUMNS[0]);
      grid.select(grid.cellOf(grid.rows().at(-1), grid.COLUMNS.at(-1)), true);
    } else if (key === "home" || key === "end") jump(event);
    else return false;
    return true;
  };

  const plainKey = (event) => {
    if (STEPS[event.key]) grid.move(...STEPS[event.key], event.shiftKey);
    else if (event.key === "Home" || event.key === "End") jump(event);
    else if (event.key === "Enter") grid.edit(grid.focus);
    else if (event.key === "F2") grid.edit(grid.focus, null, true);
    else if (event.key === "Tab") return grid.tab(event.shiftKey);
    else if (event.key === "Delete" || event.key === "Backspace") clear();
    else if (event.key.length === 1 || event.key === "Process") grid.edit(grid.focus, "");
    else return false;
    // The letter itself is typed into the field that has just got the focus.
    return !(event.key.length === 1 || event.key === "Process");
  };

  body.addEventListener("keydown", (event) => {
    if (event.isComposing || event.target.closest("th")) return;
    let used;
    if (grid.editing()) used = grid.writingKey(event);
    else if (!grid.focus || event.altKey) return;
    else if (event.ctrlKey || event.metaKey) used = withControl(event);
    else used = plainKey(event);
    if (used) {
      event.preventDefault();
      event.stopPropagation();
    }
  });

  const here = () => grid.focus && !grid.editing() && body.contains(document.activeElement);

  document.addEventListener("copy", (event) => {
    if (!here()) return;
    event.clipboardData.setData("text/plain", grid.tsv());
    event.preventDefault();
    grid.say("写しました");
  });

  document.addEventListener("cut", (event) => {
    if (!here()) return;
    event.clipboardData.setData("text/plain", grid.tsv());
    event.preventDefault();
    clear();
  });

  // A table with a header goes to the end, column by column as its header says; any other from the
  // cell that has the focus. One value fills the whole range.
  const paste = async (text) => {
    const lines = grid.parse(text);
    const titles = lines[0].filter((each) => KNOWN.includes(each.replace(/\s/g, "")));
    if (titles.length >= 2) {
      const form = new FormData();
      form.set("text", text);
      const answer = await grid.send(table.dataset.paste, form);
      const told = await answer.json();
      if (answer.ok) {
        await grid.reload();
        grid.count(told);
        grid.check();
      }
      grid.say(told.message, !answer.ok);
      return;
    }
    const range = grid.range();
    if (lines.length === 1 && lines[0].length === 1) {
      range.flat().forEach((cell) => grid.write(cell, lines[0][0].trim()));
    } else {
      const left = grid.columnOf(range[0][0]);
      let row = grid.rowOf(range[0][0]);
      for (const line of lines) {
        line.forEach((value, place) => {
          const cell = grid.cellOf(row, grid.COLUMNS[left + place]);
          if (cell) grid.write(cell, value.trim());
        });
        const all = grid.rows();
        row = all[all.indexOf(row) + 1] ?? grid.offerRow();
      }
    }
    grid.save();
  };

  document.addEventListener("paste", (event) => {
    if (!here()) return;
    event.preventDefault();
    paste(event.clipboardData.getData("text/plain"));
  });

  remove.addEventListener("click", () => {
    const rows = [...new Set(grid.range().flat().map(grid.rowOf))].filter((row) => row.dataset.id);
    if (rows.length) grid.removeRows(rows);
    else grid.say("消す行の欄を選んでください", true);
  });

  for (const way of ["undo", "redo"]) {
    document.querySelector(`[data-${way}]`).form.addEventListener("submit", (event) => {
      event.preventDefault();
      grid.step(way);
    });
  }

  // A finding leads to its cell: on this page without leaving it.
  const arrive = () => {
    const cell = location.hash && document.getElementById(location.hash.slice(1));
    if (!cell) return;
    grid.select(cell.matches("td") ? cell : grid.cellOf(cell, "person"));
  };
  window.addEventListener("hashchange", arrive);
  document.querySelector("[data-found]").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const cell = link && document.getElementById(new URL(link.href).hash.slice(1));
    if (!cell || !body.contains(cell)) return;
    event.preventDefault();
    grid.select(cell.matches("td") ? cell : grid.cellOf(cell, "person"));
  });
  arrive();
  grid.check(true);
})();
