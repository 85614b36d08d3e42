// What is typed is saved at once, row by row; two who change one row are shown both.
(() => {
  "use strict";

  const grid = window.planGrid;
  if (!grid) return;
  const state = document.querySelector("[data-state]");
  const found = document.querySelector("[data-found]");
  const undo = document.querySelector("[data-undo]");
  const redo = document.querySelector("[data-redo]");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const waiting = new Map(); // row → {cells, remove}
  let busy = false;
  let timer = 0;

  const say = (text, bad = false) => {
    state.textContent = text;
    state.classList.toggle("bad", bad);
  };

  const send = (address, body, headers = {}) =>
    fetch(address, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token(), Accept: "application/json", ...headers },
    });

  const count = (told) => {
    if (told.lines !== undefined) document.querySelectorAll("[data-lines]").forEach((each) => { each.textContent = `${each.dataset.lines}${told.lines.toLocaleString("ja")}行`; });
    if (told.undo !== undefined) undo.disabled = told.undo === 0;
    if (told.redo !== undefined) redo.disabled = told.redo === 0;
  };

  grid.count = count;

  grid.write = (cell, text) => {
    if (grid.fixed(cell) || grid.textOf(cell) === text) return;
    const row = grid.rowOf(cell);
    cell.textContent = text;
    cell.dataset.waiting = "1";
    row.dataset.used = "1";
    const own = waiting.get(row) ?? { cells: {} };
    own.cells[cell.dataset.cell] = text;
    waiting.set(row, own);
    if (row.dataset.fresh) grid.offerRow();
  };

  grid.removeRows = (rows) => {
    rows.forEach((row) => {
      if (row.dataset.id) waiting.set(row, { cells: {}, remove: true });
    });
    grid.save();
  };

  // Rows that were changed together are saved together: one step to take back.
  grid.save = async () => {
    if (busy || waiting.size === 0) return;
    busy = true;
    const sent = [...waiting.entries()];
    waiting.clear();
    const rows = sent.map(([row, own]) => ({
      id: row.dataset.id ? Number(row.dataset.id) : null,
      version: row.dataset.version ? Number(row.dataset.version) : null,
      cells: own.cells,
      remove: Boolean(own.remove),
    }));
    sent.forEach(([row, own]) => Object.keys(own.cells).forEach((name) => delete grid.cellOf(row, name).dataset.waiting));
    say("保存しています");
    try {
      const answer = await send(grid.table.dataset.save, JSON.stringify({ rows }), { "Content-Type": "application/json" });
      if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) throw new Error("signed out");
      const told = await answer.json();
      if (answer.status === 409) clash(told, sent);
      else if (!answer.ok) say(told.message, true);
      else settled(told, sent);
    } catch {
      sent.forEach(([row, own]) => waiting.set(row, { ...own, cells: { ...own.cells, ...waiting.get(row)?.cells } }));
      say("保存できていません。つながりを確かめて、もう一度書くか、Ctrl+S を押してください。", true);
      busy = false;
      return;
    }
    busy = false;
    if (waiting.size) grid.save();
  };

  const settled = (told, sent) => {
    const drawn = [...told.rows];
    sent.forEach(([row, own]) => {
      if (own.remove) {
        if (grid.focus && row.contains(grid.focus)) grid.move(1, 0);
        row.remove();
      } else {
        grid.redraw(row, drawn.shift().html);
      }
    });
    count(told);
    say("保存しました");
    grid.check();
  };

  // Somebody else saved first: both are shown, and nothing is saved until one is chosen.
  const clash = (told, sent) => {
    say(told.message, true);
    const mine = new Map(sent.filter(([row]) => row.dataset.id).map(([row, own]) => [Number(row.dataset.id), [row, own]]));
    const stale = new Set(told.clashes.map((each) => each.id));
    sent.filter(([row]) => !stale.has(Number(row.dataset.id))).forEach(([row, own]) => waiting.set(row, own));
    told.clashes.forEach((each) => ask(each, ...mine.get(each.id)));
  };

  const ask = (each, row, own) => {
    const dialog = document.createElement("dialog");
    dialog.className = "clash";
    dialog.setAttribute("aria-label", "ほかの人が先に保存した行");
    const line = (tag, text, parent, kind = "") => {
      const made = document.createElement(tag);
      made.textContent = text;
      if (kind) made.className = kind;
      parent.append(made);
      return made;
    };
    line("h2", `${each.by || "ほかの人"}が先にこの行を${each.theirs ? "保存" : "消去"}しました`, dialog);
    line("p", "あなたの変更はまだ保存していません。どちらを残すか選んでください。", dialog);
    const list = line("dl", "", dialog, "facts");
    const titles = (name) => grid.table.querySelector(`th[data-title="${name}"]`)?.textContent ?? name;
    Object.entries(each.mine).forEach(([name, text]) => {
      const pair = line("div", "", list);
      line("dt", titles(name), pair);
      line("dd", `先の値「${each.theirs?.[name] ?? ""}」　あなたの値「${text}」`, pair);
    });
    const acts = line("div", "", dialog, "cluster");
    const button = (text, act, kind = "") => {
      const made = line("button", text, acts, `button ${kind}`);
      made.type = "button";
      made.addEventListener("click", () => {
        dialog.close();
        dialog.remove();
        act();
        grid.select(grid.focus ?? grid.cellOf(row, "person"));
      });
      return made;
    };
    const theirs = () => (each.theirs ? grid.redraw(row, each.html) : row.remove());
    if (each.theirs) {
      button("あなたの値にする", () => {
        row.dataset.version = String(each.version);
        waiting.set(row, own);
        grid.save();
      });
    }
    button(each.theirs ? "先の値のままにする" : "消えたままにする", theirs, "button-filled");
    dialog.addEventListener("cancel", theirs);
    document.body.append(dialog);
    dialog.showModal();
  };

  grid.step = async (way) => {
    await grid.save();
    const form = (way === "undo" ? undo : redo).form;
    const answer = await send(form.action, null);
    const told = await answer.json();
    if (!answer.ok) return say(told.message, true);
    count(told);
    await grid.reload();
    say(way === "undo" ? "元に戻しました" : "やり直しました");
    grid.check();
    return undefined;
  };

  // The rows anew, as the server has them, with the focus where it was.
  grid.reload = async () => {
    const place = grid.focus ? [grid.rows().indexOf(grid.rowOf(grid.focus)), grid.focus.dataset.cell] : null;
    const text = await (await fetch(location.pathname + location.search)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    grid.body.replaceChildren(...page.querySelector("[data-grid]").tBodies[0].childNodes);
    grid.rows().forEach(grid.ready);
    grid.offerRow();
    grid.focus = null;
    if (place) grid.select(grid.cellOf(grid.rows()[Math.min(place[0], grid.rows().length - 1)], place[1]));
  };

  // Findings follow when typing has stopped for a moment.
  grid.check = (now = false) => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const open = found.querySelector("details")?.open;
      const answer = await fetch(grid.table.dataset.findings);
      if (!answer.ok || answer.redirected) return;
      found.innerHTML = await answer.text();
      if (open) found.querySelector("details").open = true;
      grid.mark();
    }, now ? 0 : 900);
  };

  grid.mark = () => {
    grid.body.querySelectorAll("[data-wrong]").forEach((cell) => {
      delete cell.dataset.wrong;
      cell.removeAttribute("title");
    });
    found.querySelectorAll("[data-line]").forEach((item) => {
      const cell = document.getElementById(`line-${item.dataset.line}-${item.dataset.cell || "person"}`);
      if (!cell || cell.dataset.wrong) return;
      cell.dataset.wrong = item.dataset.severity;
      cell.title = item.textContent.trim();
    });
  };

  grid.waits = () => waiting.size > 0 || busy;
  grid.send = send;
  grid.say = say;
  window.addEventListener("beforeunload", (event) => {
    if (grid.waits()) event.preventDefault();
  });
})();
