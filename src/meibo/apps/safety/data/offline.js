"use strict";
(() => {
  const root = document.getElementById("roster");
  const text = new TextEncoder();
  const words = new TextDecoder("utf-8", { fatal: true });
  const DAY = 86400000;

  const make = (tag, given = {}, ...inside) => {
    const found = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name.startsWith("on")) found.addEventListener(name.slice(2), value);
      else if (name in found && name !== "list") found[name] = value;
      else found.setAttribute(name, value);
    }
    found.append(...inside);
    return found;
  };
  const show = (...inside) => root.replaceChildren(...inside);
  const refuse = (...lines) =>
    show(make("h1", {}, "この名簿は開けません"), ...lines.map((line) => make("p", { className: "bad" }, line)));
  const unhex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const unletter = (letters) =>
    Uint8Array.from(atob(letters.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const letter = (bytes) =>
    btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const when = (moment) =>
    new Intl.DateTimeFormat("ja-JP", { dateStyle: "long", timeStyle: "short" }).format(new Date(moment));
  const clock = (moment) =>
    new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));

  /* What search compares: width, case, hiragana and katakana, spaces make no difference; nor do
     variants of a letter, which the file lists as far as they can be met in it. */
  const fold = (typed, plain) =>
    Array.from(
      typed
        .normalize("NFKC")
        .toLowerCase()
        .replace(/[ぁ-ゖ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60))
        .replace(/[\s・\uFE00-\uFE0F\u{E0100}-\u{E01EF}-]/gu, ""),
      (sign) => plain.get(sign) || sign,
    )
      .join("")
      .replace(/(\p{Script=Han})々/gu, "$1$1");

  const broken = () =>
    refuse(
      "ファイルが壊れているか、書き換えられています（署名が合いません）。中身は開いていません。",
      "使わずに、新しい持ち出し名簿を受け取ってください。",
    );

  /* Signature, then expiry, then the password: nothing that was changed gets as far as being asked for one. */
  const begin = async () => {
    if (!(window.crypto && crypto.subtle)) {
      refuse(
        "このブラウザーは、手元のファイルでの暗号（WebCrypto）に対応していません。",
        "Microsoft Edge か Google Chrome の新しい版で、このファイルを開いてください。",
      );
      return;
    }
    const meta = document.querySelector("meta[http-equiv]");
    const parts = /^([0-9a-f]{130})\.([0-9a-f]{128})\.([\w-]+)\.([\w-]+)$/.exec(
      document.getElementById("sealed").textContent,
    );
    const styled = document.querySelector("style");
    if (!meta || !parts || !styled || !styled.sheet || !styled.sheet.cssRules.length) {
      broken();
      return;
    }
    const [, key, signature, head, sealed] = parts;
    const bound = `${meta.content}\n${head}\n${key}`;
    try {
      const curve = { name: "ECDSA", namedCurve: "P-256" };
      const house = await crypto.subtle.importKey("raw", unhex(key), curve, false, ["verify"]);
      const rule = { name: "ECDSA", hash: "SHA-256" };
      if (!(await crypto.subtle.verify(rule, house, unhex(signature), text.encode(`${bound}\n${sealed}`)))) throw Error();
    } catch {
      broken();
      return;
    }
    const header = JSON.parse(words.decode(unletter(head)));
    const now = Date.now();
    if (now >= header.expires) {
      refuse(
        `期限（${when(header.expires)}）を過ぎたので、開きません。`,
        `この端末の時計は ${when(now)} です。時計が正しければ、新しい持ち出し名簿を受け取ってください。`,
      );
      return;
    }
    if (now < header.made - DAY) {
      refuse(
        `この端末の時計（${when(now)}）が、つくった時刻（${when(header.made)}）より前です。`,
        "期限を確かめられないので、開きません。時計を合わせて、もう一度開いてください。",
      );
      return;
    }
    const digest = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", unhex(key)))).slice(0, 16);
    ask(header, { bound, sealed, print: digest.match(/..../g).join(" ") });
  };

  const ask = (header, file) => {
    const field = make("input", { type: "password", id: "password", autocomplete: "off", required: true });
    const told = make("div", { role: "alert" });
    const button = make("button", { type: "submit", className: "main" }, "開く");
    const form = make(
      "form",
      {
        onsubmit: async (event) => {
          event.preventDefault();
          told.replaceChildren(make("p", {}, "確かめています…"));
          button.disabled = true;
          try {
            const key = await derive(field.value, header);
            const bytes = unletter(file.sealed);
            const rule = { name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: text.encode(file.bound) };
            const opened = await crypto.subtle.decrypt(rule, key, bytes.slice(12));
            const content = JSON.parse(words.decode(opened));
            const ticks = await remembered(header, key);
            list(header, content, key, ticks);
          } catch {
            button.disabled = false;
            told.replaceChildren(make("p", { className: "bad" }, "パスワードが違います。中身は開いていません。"));
            field.select();
          }
        },
      },
      make("label", { htmlFor: "password" }, "パスワード"),
      field,
      make("p", { className: "quiet" }, "名簿の画面で、この持ち出し名簿のために決めたものです。サインインのパスワードではありません。"),
      button,
      told,
    );
    show(
      make("h1", {}, `持ち出し名簿${header.town ? `（${header.town}）` : ""}`),
      make("p", {}, `${header.holder} さん用。${when(header.made)} 作成、${when(header.expires)} まで開けます（この端末の時計 ${when(Date.now())} で数えます）。`),
      form,
      make("p", { className: "quiet" }, `署名の鍵の指紋：${file.print}。名簿の画面に出ているものと同じなら、この家がつくったファイルです。`),
    );
    field.focus();
  };

  const derive = async (password, header) => {
    const typed = text.encode(password.normalize("NFKC"));
    const from = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
    const rule = { name: "PBKDF2", hash: "SHA-256", salt: unhex(header.salt), iterations: header.rounds };
    return crypto.subtle.deriveKey(rule, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  };

  /* Ticks are kept beside the file by the browser, closed under the same key, and go out closed. */
  const place = (header) => `meibo-ticks-${header.id}`;
  const close = async (header, key, ticks) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const rule = { name: "AES-GCM", iv, additionalData: text.encode(`meibo-ticks\n${header.id}`) };
    const sealed = await crypto.subtle.encrypt(rule, key, text.encode(JSON.stringify(ticks)));
    return `MEIBO1.${header.id}.${letter(iv)}.${letter(new Uint8Array(sealed))}`;
  };
  const remembered = async (header, key) => {
    try {
      const kept = localStorage.getItem(place(header));
      if (!kept) return {};
      const [, , iv, sealed] = kept.split(".");
      const rule = { name: "AES-GCM", iv: unletter(iv), additionalData: text.encode(`meibo-ticks\n${header.id}`) };
      return JSON.parse(words.decode(await crypto.subtle.decrypt(rule, key, unletter(sealed))));
    } catch {
      return {};
    }
  };

  const list = (header, content, key, ticks) => {
    const STEP = 100;
    const plain = new Map((content.v || []).flatMap(([first, ...others]) => others.map((other) => [other, first])));
    let most = STEP;
    let last = Promise.resolve();
    const safe = (person) => (ticks[person.i] || {}).safe;
    const known = (person) => safe(person) || person.d;
    const here = (person) => (ticks[person.i] || {}).arrived;
    const choose = (id, label, options, onchange) => {
      const found = make("select", { id, onchange });
      for (const [value, word] of options) found.append(make("option", { value }, word));
      return [make("div", {}, make("label", { htmlFor: id }, label), found), found];
    };
    const redraw = () => ((most = STEP), draw());
    const sought = make("input", { type: "search", id: "q", oninput: redraw, autocomplete: "off" });
    const skills = [...new Set(content.people.flatMap((person) => person.s))].sort();
    const [unitBox, unit] = choose("unit", "組織", [["", "すべて"], ...content.units.map((name) => [name, name])], redraw);
    const [skillBox, skill] = choose("skill", "技能・資格", [["", "すべて"], ...skills.map((name) => [name, name])], redraw);
    const [placeBox, post] = choose("place", "災対組織", [["", "すべて"], ...(content.places || []).map((name) => [name, name])], redraw);
    placeBox.hidden = !(content.places || []).length;
    const orders = [["call", "連絡網の順"], ["muster", "参集の順"], ["kana", "五十音順"]];
    const [orderBox, order] = choose("order", "並び", orders, redraw);
    const open = make("input", { type: "checkbox", id: "open", onchange: redraw });
    /* On a telephone the first person is in sight at once, what narrows the list is a tap away. */
    const wide = matchMedia("(min-width:44rem)").matches;
    const narrowed = make("summary", {});
    const counts = make("p", { className: "counts", role: "status" });
    const people = make("ul", { className: "people" });
    const more = make("button", { type: "button", onclick: () => { most += STEP; draw(); } }, "続きを見る");
    const ways = {
      call: (a, b) => a.o - b.o,
      muster: (a, b) => a.m - b.m || a.o - b.o,
      kana: (a, b) => a.k.localeCompare(b.k, "ja") || a.o - b.o,
    };

    const tick = (person, kind) => {
      const own = { ...ticks[person.i] };
      if (own[kind]) delete own[kind];
      else {
        own[kind] = Date.now();
        if (kind === "arrived" && !own.safe) own.safe = own[kind];
      }
      if (Object.keys(own).length) ticks[person.i] = own;
      else delete ticks[person.i];
      last = last.then(async () => localStorage.setItem(place(header), await close(header, key, ticks))).catch(() => {
        kept.textContent = "このブラウザーは印を覚えられません。画面を閉じる前に、かならず書き出してください。";
      });
      draw([person.i, kind]);
    };
    const button = (person, kind, word, at) =>
      make(
        "button",
        { type: "button", "aria-pressed": String(Boolean(at)), "data-tick": `${person.i} ${kind}`, "aria-label": `${person.n} ${word}`, onclick: () => tick(person, kind) },
        at ? `${word} ${clock(at)}` : word,
      );
    const line = (person) => {
      const told = make("div", { className: "told" });
      if (person.x) told.append(make("span", {}, `内線 ${person.x}`));
      for (const way of person.c) {
        const digits = way.v.replace(/[^\d+]/g, "");
        told.append(
          make("span", {}, `${way.k} `, digits.length > 8 && !way.v.includes("@") ? make("a", { href: `tel:${digits}` }, way.v) : way.v),
        );
      }
      if (person.s.length) told.append(make("span", {}, `技能：${person.s.join("、")}`));
      for (const said of [person.t, person.w, person.a && "不在"]) if (said) told.append(make("span", {}, said));
      return make(
        "li",
        {},
        make("div", {}, make("div", { className: "who" }, person.n, make("span", {}, person.k)), make("div", { className: "quiet" }, `${person.u}　${person.p}`), told),
        make("div", { className: "ticks" }, button(person, "safe", "無事", safe(person)), button(person, "arrived", "到着", here(person))),
      );
    };
    const draw = (focus) => {
      const query = fold(sought.value, plain);
      const found = content.people
        .filter((person) => !query || person.f.includes(query))
        .filter((person) => (!unit.value || person.u.startsWith(unit.value)) && (!post.value || person.e === post.value))
        .filter((person) => !skill.value || person.s.includes(skill.value))
        .filter((person) => !open.checked || !known(person))
        .sort(ways[order.value]);
      const used = [unit, post, skill].some((each) => each.value) || open.checked;
      narrowed.textContent = used ? "絞り込み・並び（いま絞り込んでいます）" : "絞り込み・並び";
      const total = content.people.length;
      const safes = content.people.filter(safe).length;
      const knowns = content.people.filter(known).length;
      const heres = content.people.filter(here).length;
      counts.replaceChildren(
        make("span", {}, `全員 ${total}人`),
        make("span", {}, `無事の印 ${safes}人`),
        make("span", {}, `到着の印 ${heres}人`),
        make("span", {}, `答えも印もない人 ${total - knowns}人`),
        make("span", {}, `表示 ${found.length}人`),
      );
      people.replaceChildren(...found.slice(0, most).map(line));
      more.hidden = found.length <= most;
      const again = focus && [...people.querySelectorAll("button")].find((each) => each.dataset.tick === focus.join(" "));
      if (again) again.focus();
    };

    const kept = make("p", { className: "quiet" }, "印は、このブラウザーに、同じパスワードで閉じて残ります。別の端末には移りません。");
    const out = make("textarea", { id: "out", readOnly: true, hidden: true });
    const outLabel = make("label", { htmlFor: "out", hidden: true }, "書き出した文字（ファイルを保存できないときは、これを写してください）");
    const bring = make(
      "button",
      {
        type: "button",
        className: "main",
        onclick: async () => {
          const closed = await close(header, key, ticks);
          out.value = closed;
          out.hidden = outLabel.hidden = false;
          const address = URL.createObjectURL(new Blob([closed], { type: "text/plain" }));
          const link = make("a", { href: address, download: `meibo-ticks-${header.id.slice(0, 8)}.txt` });
          document.body.append(link);
          link.click();
          link.remove();
          setTimeout(() => URL.revokeObjectURL(address), 60000);
        },
      },
      "印を書き出す",
    );
    show(
      make("h1", {}, `持ち出し名簿${header.town ? `（${header.town}）` : ""}`),
      make("p", { className: "quiet" }, `${header.holder} さん用、${when(header.made)} 現在。${when(header.expires)} まで開けます。${content.check ? `「${content.check}」の答えを含みます。` : ""}`),
      counts,
      make("div", { role: "search" }, make("label", { htmlFor: "q" }, "氏名・よみ・内線・所属で探す"), sought),
      make("details", { open: wide }, narrowed, make("div", { className: "tools" }, unitBox, placeBox, skillBox, orderBox, make("label", { className: "check" }, open, "答えも印もない人だけ"))),
      people,
      more,
      make("h2", {}, "印を名簿に戻す"),
      make("p", {}, "通信が戻ったら、書き出したファイルを、名簿の「持ち出し名簿」の画面から入れてください。書き出したものも、同じパスワードで閉じています。"),
      bring,
      outLabel,
      out,
      kept,
    );
    draw();
    sought.focus();
  };

  begin();
})();
