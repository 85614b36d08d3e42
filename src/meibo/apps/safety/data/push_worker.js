// Shows what was pushed to this device, tells the house that it was shown where the house can be
// reached, and opens the page to answer on when it is tapped.
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* a browser demands that something is shown */ }
  const title = told.title || "名簿からの連絡";
  const more = { body: told.body || "名簿を開いてください。", tag: told.link, renotify: Boolean(told.link),
    requireInteraction: true, data: { link: told.link || "/" }, lang: "ja" };
  const shown = self.registration.showNotification(title, more);
  const body = new URLSearchParams({ key: told.key || "" });
  const tell = () => fetch("shown", { method: "POST", body, credentials: "omit" }).catch(() => null);
  event.waitUntil(told.key ? shown.then(tell) : shown);
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.link));
});
