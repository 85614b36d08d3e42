// The search box and its results: arrow keys walk through them, and what an input method has not
// finished is not yet asked for. Everything works without this file; Enter then opens the list.
(() => {
  "use strict";

  const UNFINISHED = /[a-zａ-ｚ]{1,3}$/i;
  const KANA = /[\u3041-\u30ff]/;

  const resultsOf = (box) => document.querySelector(box.getAttribute("hx-target"));
  const linksIn = (results) => Array.from(results.querySelectorAll("a.row-name"));
  const boxOf = (results) => document.querySelector(`[data-search][hx-target="#${results.id}"]`);
  const floating = (results) => results.classList.contains("quick");

  const walk = (results, step) => {
    const links = linksIn(results);
    const at = links.indexOf(document.activeElement);
    if (step < 0 && at <= 0) return boxOf(results)?.focus();
    links[Math.min(at + step, links.length - 1)]?.focus();
  };

  const shut = (results) => {
    if (floating(results)) results.replaceChildren();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = event.target.closest?.("[data-search]");
    const results = box ? resultsOf(box) : event.target.closest?.("[data-results]");
    if (!results) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (box && event.key === "ArrowUp") return;
      event.preventDefault();
      walk(results, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && floating(results)) {
      shut(results);
      boxOf(results)?.focus();
    } else if (!box && (event.key.length === 1 || event.key === "Backspace")) {
      boxOf(results)?.focus();
    }
  });

  // The floating answers go when the focus leaves box and answers, or the box is emptied.
  document.addEventListener("focusout", (event) => {
    const search = event.target.closest?.("search");
    if (!search || search.contains(event.relatedTarget)) return;
    search.querySelectorAll(".quick").forEach((results) => {
      if (event.relatedTarget || document.hasFocus()) setTimeout(() => search.contains(document.activeElement) || shut(results), 150);
    });
  });

  document.addEventListener("compositionstart", (event) => {
    if (event.target.matches?.("[data-search]")) event.target.dataset.composing = "";
  });
  document.addEventListener("compositionend", (event) => {
    if (event.target.matches?.("[data-search]")) delete event.target.dataset.composing;
  });

  // 「たなｋ」 while 「たなか」 is being typed: ask for 「たな」.
  document.addEventListener("htmx:configRequest", (event) => {
    const box = event.detail.elt;
    if (!box.matches?.("[data-search]") || !("composing" in box.dataset)) return;
    const typed = box.value;
    const cut = typed.replace(UNFINISHED, "");
    if (KANA.test(cut)) event.detail.parameters.set?.("q", cut) ?? (event.detail.parameters.q = cut);
  });

  // No answer is told where the answer would have been.
  const tell = (words) => (event) => {
    const box = event.detail.elt;
    if (!box.matches?.("[data-search]")) return;
    const results = resultsOf(box);
    const said = document.createElement("p");
    said.className = "quick-none";
    said.textContent = words;
    if (floating(results)) results.replaceChildren(said);
    document.querySelector(box.dataset.search).textContent = words;
  };
  document.addEventListener("htmx:sendError", tell("つながりません。通信を確かめて、もう一度打ってください。"));
  document.addEventListener("htmx:responseError", tell("名簿が答えられませんでした。少し待って、もう一度打ってください。"));
})();
