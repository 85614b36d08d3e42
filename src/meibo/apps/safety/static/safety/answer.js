// Keeps an answer while there is no line, and sends it when there is one again; makes a picture
// small before it goes. Without this the forms are forms. Old telephones read it: nothing newer
// than 2011, save for pictures, which they then send as they are.
(function () {
  "use strict";
  var KEY = "answer:" + location.pathname, PAUSE = 15000, PATIENCE = 20000, SIDE = 1280;
  var sending = false, timer = 0;
  if (!window.JSON || !window.XMLHttpRequest || !document.addEventListener) return;

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
  function tell(text, alarm, below) {
    var state = document.getElementById(below ? "photo-state" : "state");
    if (!state) return;
    state.className = alarm ? "state alarm" : "state";
    state.textContent = text;
    state.hidden = false;
  }
  function written(form) {
    var all = form.elements, parts = [], i, field;
    for (i = 0; i < all.length; i++) {
      field = all[i];
      if (!field.name || (field.type === "radio" && !field.checked)) continue;
      parts.push(encodeURIComponent(field.name) + "=" + encodeURIComponent(field.value));
    }
    return parts.join("&");
  }
  function later() {
    tell("まだ送れていません。この電話に残しました。電波がもどると、自動で送ります。この画面は閉じないでください。写真は、送れたあとで付けられます。", true);
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
  function small(file, done) {
    createImageBitmap(file).then(function (picture) {
      var scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, "image/jpeg", 0.75);
    })["catch"](function () { done(null); });
  }
  function upload(form, picture) {
    var fields = new FormData(form), request = new XMLHttpRequest(), button = form.querySelector("button");
    function failed() {
      button.disabled = false;
      tell("写真は送れませんでした。答えには、かかわりありません。電波のよい所で、もう一度送ってください。", true, true);
    }
    if (picture) fields.set("photo", picture, "photo.jpg");
    tell("写真を送っています…", false, true);
    button.disabled = true;
    request.open("POST", location.pathname + "?photo");
    request.onload = function () {
      if (request.status === 0 || request.status >= 500 || !show(request.responseText)) failed();
    };
    request.onerror = failed;
    request.send(fields);
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, file;
    if (form.enctype === "multipart/form-data") {
      file = form.elements.photo.files && form.elements.photo.files[0];
      if (!file || !window.createImageBitmap || !window.FormData || !FormData.prototype.set) return;
      event.preventDefault();
      small(file, function (picture) {
        upload(form, picture && picture.size < file.size ? picture : null);
      });
    } else if (form.elements.status) {
      if (!keep({ body: written(form), at: new Date().getTime() })) return;  // the browser sends it
      event.preventDefault();
      send();
    }
  });
  window.addEventListener("online", send);
  send();
})();
