// Keeps an answer while there is no line, and sends it when there is one again. Without this the
// form is a form. Old telephones read it: nothing newer than 2011.
(function () {
  "use strict";
  var KEY = "answer:" + location.pathname, PAUSE = 15000, PATIENCE = 20000;
  var form = document.querySelector("form"), state = document.getElementById("state");
  var sending = false, timer = 0;
  if (!form || !state || !window.JSON || !window.XMLHttpRequest || !form.addEventListener) return;

  function kept() {
    try { return JSON.parse(localStorage.getItem(KEY) || "null"); } catch (e) { return null; }
  }
  function keep(answer) {
    try {
      if (answer) localStorage.setItem(KEY, JSON.stringify(answer));
      else localStorage.removeItem(KEY);
      return true;
    } catch (e) { return false; }
  }
  function tell(text, alarm) {
    state.className = alarm ? "state alarm" : "state";
    state.textContent = text;
    state.hidden = false;
  }
  function written() {
    var all = form.elements, parts = [], i, field;
    for (i = 0; i < all.length; i++) {
      field = all[i];
      if (!field.name || (field.type === "radio" && !field.checked)) continue;
      parts.push(encodeURIComponent(field.name) + "=" + encodeURIComponent(field.value));
    }
    return parts.join("&");
  }
  function later() {
    tell("まだ送れていません。この電話に残しました。電波がもどると、自動で送ります。この画面は閉じないでください。", true);
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }
  function show(text) {
    var found = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!found) return false;
    var main = document.querySelector("main");
    main.parentNode.replaceChild(document.importNode(found, true), main);
    window.scrollTo(0, 0);
    var head = document.querySelector("h1");
    head.setAttribute("tabindex", "-1");
    head.focus();
    return true;
  }
  function send() {
    var answer = kept(), request;
    if (!answer || sending) return;
    sending = true;
    tell("送っています…");
    request = new XMLHttpRequest();
    request.open("POST", location.pathname);
    request.timeout = PATIENCE;
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onload = function () {
      sending = false;
      if (request.status === 0 || request.status === 429 || request.status >= 500) return later();
      keep(null);
      if (!show(request.responseText)) location.reload();
    };
    request.onerror = request.ontimeout = function () { sending = false; later(); };
    var waited = Math.max(0, Math.round((new Date().getTime() - answer.at) / 1000));
    request.send(answer.body + "&waited=" + waited);
  }

  form.addEventListener("submit", function (event) {
    if (!keep({ body: written(), at: new Date().getTime() })) return;  // the browser sends it
    event.preventDefault();
    send();
  });
  window.addEventListener("online", send);
  send();
})();
