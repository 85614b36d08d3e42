/* Passkeys (WebAuthn). A form with data-passkey ("create" or "get") asks the browser when it is
   sent and carries its answer. What to ask stands in the form, or is fetched from its address. */
(function () {
  "use strict";

  async function options(form) {
    const written = form.querySelector("script[type='application/json']");
    if (written) return JSON.parse(written.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function whole(form, creation) {
    const choice = form.querySelector("[data-passkey-whole]");
    const wanted = Boolean(choice && choice.checked);
    const selection = creation.publicKey.authenticatorSelection;
    selection.residentKey = wanted ? "required" : "discouraged";
    selection.requireResidentKey = wanted;
    if (wanted) selection.userVerification = "required";
    return creation;
  }

  async function answered(form) {
    const asked = await options(form);
    if (form.dataset.passkey === "create") {
      return window.webauthnJSON.create(whole(form, asked.creation_options));
    }
    return window.webauthnJSON.get(asked.request_options);
  }

  async function send(form) {
    const trouble = form.querySelector("[data-passkey-trouble]");
    trouble.hidden = true;
    try {
      const field = form.querySelector("[data-passkey-answer]");
      field.value = JSON.stringify(await answered(form));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  }

  if (!window.PublicKeyCredential || !window.webauthnJSON) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
})();
