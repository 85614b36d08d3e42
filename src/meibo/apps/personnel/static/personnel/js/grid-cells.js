// The cells of the grid: which one has the focus, which are chosen, what stands in them.
(() => {
  "use strict";

  const table = document.querySelector("[data-grid]");
  if (!table) return;
  const body = table.tBodies[0];
  const COLUMNS = ["person", "name", "wording", "effective", "unit", "post", "grade", "until", "note"];

  const rows = () => [...body.rows].filter((row) => row.dataset.id || row.dataset.fresh);
  const cellOf = (row, column) => row?.querySelector(`td[data-cell="${column}"]`);
  const columnOf = (cell) => COLUMNS.indexOf(cell.dataset.cell);
  const rowOf = (cell) => cell.closest("tr");
  const fixed = (cell) => Boolean(cell.dataset.fixed) || Boolean(rowOf(cell).classList.contains("fixed"));
  const textOf = (cell) => cell.dataset.text ?? cell.textContent;

  const grid = {
    table, body, COLUMNS, rows, cellOf, columnOf, rowOf, fixed, textOf,
    focus: null,
    anchor: null,
    fresh: 0,
  };

  // An empty row at the end, to begin a line in.
  grid.offerRow = () => {
    const last = rows().at(-1);
    if (last?.dataset.fresh && !last.dataset.used) return last;
    body.querySelector(".none")?.remove();
    const row = document.createElement("tr");
    grid.fresh += 1;
    row.dataset.fresh = String(grid.fresh);
    const head = document.createElement("th");
    head.scope = "row";
    head.className = "place";
    head.textContent = "新";
    row.append(head);
    for (const column of [...COLUMNS, "now"]) {
      const cell = document.createElement("td");
      cell.dataset.cell = column;
      cell.className = `cell cell-${column}`;
      if (column === "now") cell.dataset.fixed = "1";
      row.append(cell);
    }
    body.append(row);
    grid.ready(row);
    return row;
  };

  grid.ready = (row) => {
    for (const cell of row.querySelectorAll("td")) {
      cell.setAttribute("role", "gridcell");
      cell.tabIndex = -1;
    }
  };

  grid.range = () => {
    if (!grid.focus) return [];
    const all = rows();
    const first = grid.anchor && body.contains(grid.anchor) ? grid.anchor : grid.focus;
    const [top, bottom] = [all.indexOf(rowOf(first)), all.indexOf(rowOf(grid.focus))].sort((a, b) => a - b);
    const [left, right] = [columnOf(first), columnOf(grid.focus)].sort((a, b) => a - b);
    return all.slice(top, bottom + 1).map((row) => COLUMNS.slice(left, right + 1).map((column) => cellOf(row, column)));
  };

  grid.paint = () => {
    body.querySelectorAll(".chosen").forEach((cell) => {
      cell.classList.remove("chosen");
      cell.removeAttribute("aria-selected");
    });
    const range = grid.range().flat();
    if (range.length > 1) {
      range.forEach((cell) => {
        cell.classList.add("chosen");
        cell.setAttribute("aria-selected", "true");
      });
    }
  };

  grid.select = (cell, extend = false) => {
    if (!cell || columnOf(cell) < 0) return;
    if (grid.focus) grid.focus.tabIndex = -1;
    grid.focus = cell;
    if (!extend) grid.anchor = cell;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    grid.paint();
  };

  grid.move = (down, right, extend = false) => {
    if (!grid.focus) return grid.select(cellOf(rows()[0], COLUMNS[0]));
    const all = rows();
    const row = Math.min(Math.max(all.indexOf(rowOf(grid.focus)) + down, 0), all.length - 1);
    const column = Math.min(Math.max(columnOf(grid.focus) + right, 0), COLUMNS.length - 1);
    grid.select(cellOf(all[row], COLUMNS[column]), extend);
  };

  // Tab goes on in the next row where a row ends; out of the grid at its ends.
  grid.tab = (back) => {
    const all = rows();
    const place = all.indexOf(rowOf(grid.focus)) * COLUMNS.length + columnOf(grid.focus) + (back ? -1 : 1);
    if (place < 0 || place >= all.length * COLUMNS.length) return false;
    grid.select(cellOf(all[Math.floor(place / COLUMNS.length)], COLUMNS[place % COLUMNS.length]));
    return true;
  };

  // Put a row as the server draws it into the place of one that is there, cell by cell, so that
  // neither the focus nor what is being typed is lost.
  grid.redraw = (row, html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const drawn = holder.content.querySelector("tr");
    row.id = drawn.id;
    row.dataset.id = drawn.dataset.id;
    row.dataset.version = drawn.dataset.version;
    delete row.dataset.fresh;
    const head = row.querySelector("th");
    if (drawn.querySelector("th").textContent !== "0") head.replaceChildren(...drawn.querySelector("th").childNodes);
    for (const cell of drawn.querySelectorAll("td")) {
      const here = cellOf(row, cell.dataset.cell);
      here.id = cell.id;
      here.classList.toggle("unread", cell.classList.contains("unread"));
      if (cell.dataset.fixed) here.dataset.fixed = "1";
      else delete here.dataset.fixed;
      if (here.querySelector("input") || here.dataset.waiting) continue;
      here.textContent = cell.textContent;
    }
    grid.ready(row);
    if (grid.focus) grid.focus.tabIndex = 0;
  };

  grid.tsv = () => {
    const quote = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    return grid.range().map((row) => row.map((cell) => quote(textOf(cell))).join("\t")).join("\n");
  };

  grid.parse = (text) => {
    const out = [[]];
    const pattern = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/g;
    const source = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replace(/\n$/, "");
    let match;
    while ((match = pattern.exec(source)) !== null) {
      out.at(-1).push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2]);
      if (match[3] === "\n") out.push([]);
      if (match[3] === "") break;
    }
    return out;
  };

  window.planGrid = grid;
})();
