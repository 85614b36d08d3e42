// Asks the browser to be woken by push, and hands what it says to the form.
(() => {
  "use strict";
  const form = document.getElementById("push-form");
  if (!form) return;
  const say = document.getElementById("push-state");
  const button = form.querySelector("button");
  const tell = (text) => { say.textContent = text; say.hidden = false; };
  const bytes = (letters) => Uint8Array.from(
    atob(letters.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !window.isSecureContext) {
    tell("このブラウザでは、通知を受け取れません。iPhone と iPad では、この画面を「ホーム画面に追加」してから開いてください。");
    return;
  }
  form.hidden = false;
  say.hidden = true;
  async function subscribed() {
    if (await Notification.requestPermission() !== "granted") {
      throw new Error("通知が許されていません。ブラウザの設定で、このサイトの通知を許してください。");
    }
    const home = new URL(form.dataset.worker, location.href);
    const registration = await navigator.serviceWorker.register(home, { scope: new URL(".", home).pathname });
    const key = bytes(form.dataset.key);
    const old = await registration.pushManager.getSubscription();
    // One that was made for another key of ours is of no use any more.
    if (old && letters(old.options.applicationServerKey) !== form.dataset.key) await old.unsubscribe();
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    tell("ブラウザに尋ねています…");
    subscribed().then((made) => {
      form.elements.endpoint.value = made.endpoint;
      form.elements.p256dh.value = letters(made.getKey("p256dh"));
      form.elements.auth.value = letters(made.getKey("auth"));
      form.submit();
    }).catch((error) => {
      button.disabled = false;
      tell(error.name === "Error" ? error.message
        : "通知の会社につながりません。この端末がインターネットにつながっているか、確かめてください。");
    });
  });
})();
