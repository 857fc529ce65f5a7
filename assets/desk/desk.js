/* The coaches' desk: keeps the page live, sends each step, and answers to keys.
   The pages come whole from the server and are read without this file too; all text for
   people comes from there. Nothing of a visitor is kept here longer than the page is open. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const texts = $("texts") ? $("texts").dataset : {};
  const board = () => $("board");
  const signedIn = "in" in document.body.dataset;
  let token = null;          // goes with every change
  const names = new Map();   // "visit:ID" -> "Noor B."

  // ---- sending ----
  async function session() {
    if (!token && signedIn) {
      const answer = await fetch("/session", { headers: { "X-Dynamo-Quiet": "1" } });
      if (!answer.ok) return toLogin();
      token = (await answer.json()).token;
    }
    return token;
  }

  function toLogin() {
    names.clear();
    location.replace("/login");
    return new Promise(() => {}); // nothing more happens on this page
  }

  async function post(path, body, quiet) {
    const headers = { "Content-Type": "application/json" };
    if (signedIn) headers["X-Dynamo-Token"] = await session();
    if (quiet) headers["X-Dynamo-Quiet"] = "1";
    let answer;
    try {
      answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body || {}) });
    } catch {
      return { ok: false, text: texts.offline || "" };
    }
    if (answer.status === 401 && signedIn) return toLogin();
    try {
      return await answer.json();
    } catch {
      return { ok: false, text: texts.offline || "" };
    }
  }

  // ---- a word at the bottom, with ten seconds to take it back ----
  let toastTimer = 0;
  function toast(text, bad, undo) {
    const box = $("toast");
    if (!box || !text) return;
    clearTimeout(toastTimer);
    const div = document.createElement("div");
    div.className = bad ? "bad" : "";
    const said = document.createElement("span");
    said.textContent = text;
    div.append(said);
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.id = "undo";
      button.textContent = texts.undo;
      button.addEventListener("click", () => act("undo", undo.visit, undo.version));
      div.append(button, document.createElement("i"));
    }
    box.replaceChildren(div);
    toastTimer = setTimeout(() => box.replaceChildren(), 10000);
  }

  // ---- one step after the other ----
  // What is pressed while a step is under way waits for it. A click keeps the version that its
  // button named, moved on by our own steps only: what somebody else changed is still told.
  let last = Promise.resolve();
  const pending = new Map(); // "act visit" -> its answer, to come
  const moved = new Map();   // "visit version" -> the version that our own step made of it
  let typed = [];            // keys that wait

  function ours(visit, version) {
    while (moved.has(visit + " " + version)) version = moved.get(visit + " " + version);
    return Number(version);
  }

  async function step(name, visit, version) {
    const named = ours(visit, version);
    const said = await post("/act/" + name, { visit, version: named });
    if (said.ok) moved.set(visit + " " + named, said.version);
    else typed = []; // they were meant for what was to come of it
    const undo = said.ok && said.undo ? said : null;
    if (said.ok && !board()) reload(said.text, null, undo); // a visit's own page
    toast(said.text, !said.ok, undo);
    await refresh();
    return said;
  }

  function act(name, visit, version) {
    const what = name + " " + visit;
    if (pending.has(what)) return pending.get(what); // the second of a double click
    last = last.then(() => step(name, visit, version))
      .catch(() => ({ ok: false }))
      .finally(() => {
        pending.delete(what);
        showBusy();
        setTimeout(typeOn);
      });
    pending.set(what, last);
    showBusy();
    return last;
  }

  function showBusy() {
    for (const el of document.querySelectorAll("button[data-act]"))
      if (pending.has(el.dataset.act + " " + el.dataset.visit)) el.setAttribute("aria-busy", "true");
      else el.removeAttribute("aria-busy");
  }

  function typeOn() {
    while (typed.length && !pending.size && !document.querySelector("dialog[open]"))
      pressed(typed.shift());
    if (!pending.size) typed = [];
  }

  // ---- the live board ----
  let fetching = null, again = false;
  async function refresh() {
    if (!board()) return;
    if (fetching) { again = true; return fetching; }
    fetching = (async () => {
      do {
        again = false;
        let answer;
        try {
          answer = await fetch("/board", { headers: { "X-Dynamo-Quiet": "1" } });
        } catch { return stale(true); }
        if (answer.status === 401) return toLogin();
        if (answer.ok) replace(await answer.text());
      } while (again);
    })();
    try { await fetching; } finally { fetching = null; }
  }

  // What had the focus keeps it, and what was open stays open.
  function mark(el) {
    const row = el.closest("[data-row]");
    return { row: row && row.dataset.row, act: el.dataset.act, key: el.dataset.key, id: el.id,
             self: el === row, open: "openRow" in el.dataset };
  }

  function find(m) {
    const row = m.row && board().querySelector(`[data-row="${m.row}"]`);
    if (m.id) return $(m.id);
    if (row && m.self) return row;
    if (row && m.act) return row.querySelector(`[data-act="${m.act}"]`) || row;
    if (row && m.open) return row.querySelector("[data-open-row]");
    if (m.key) return board().querySelector(`[data-key="${m.key}"]`);
    return null;
  }

  // A press that began finds the same board when it ends, or it would hit nothing at all.
  let holding = 0, held = null;
  function hold() {
    clearTimeout(holding);
    holding = setTimeout(letGo, 5000);
  }

  function ease() { // the click comes a moment after
    if (!holding) return;
    clearTimeout(holding);
    holding = setTimeout(letGo, 300);
  }

  function letGo() {
    clearTimeout(holding);
    holding = 0;
    const html = held;
    held = null;
    if (html !== null) replace(html);
  }

  // And one that comes right after a change was aimed at what stood there before.
  const SETTLE_MS = 400;
  let stood = [], changed = -SETTLE_MS, turned = -SETTLE_MS;
  const recent = (time) => performance.now() - time < SETTLE_MS;
  const aim = (el) => el.dataset.visit || el.dataset.body;

  function enterMeans() {
    const at = document.activeElement, row = at.closest("[data-row]");
    const el = at.closest("[data-act]") || (row ? row.querySelector("[data-act]") : $("call-next"));
    return el && el.dataset.act + " " + el.dataset.visit;
  }

  function slipped(el, e) {
    if (!e.isTrusted || !board() || !board().contains(el)) return false;
    const hit = ({ at }) => e.clientX >= at.left && e.clientX < at.right &&
                            e.clientY >= at.top && e.clientY < at.bottom;
    const other = e.detail === 0 ? recent(turned)
                : recent(changed) && stood.some((s) => s.aim !== aim(el) && hit(s));
    if (other) toast(texts.moved, true);
    return other;
  }

  function replace(html) {
    if (holding) {
      held = html;
      return;
    }
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.getElementById("board"), old = board();
    if (!fresh || fresh.dataset.serial === old.dataset.serial) return;
    const meant = enterMeans();
    stood = [...old.querySelectorAll("[data-act], [data-post]")].map(
      (el) => ({ at: el.getBoundingClientRect(), aim: aim(el) }));
    const had = old.contains(document.activeElement) ? mark(document.activeElement) : null;
    const open = [...old.querySelectorAll("[data-keep][open]")].map((e) => e.dataset.keep);
    for (const keep of open) fresh.querySelector(`[data-keep="${keep}"]`)?.setAttribute("open", "");
    old.replaceWith(fresh);
    dress();
    const focus = had && find(had);
    if (focus) focus.focus({ preventScroll: true });
    changed = performance.now();
    requestAnimationFrame(() => { changed = performance.now(); });
    const means = enterMeans();
    if (meant && means && meant !== means) turned = changed;
  }

  function dress() {
    showNames();
    showBusy();
    ring();
  }

  // ---- events ----
  let source = null, beat = 0;
  function stale(is) {
    const live = $("live");
    if (!live || live.classList.contains("stale") === is) return;
    live.classList.toggle("stale", is);
    if (is) {
      live.dataset.was = live.innerHTML;
      live.textContent = texts.stale;
    } else {
      live.innerHTML = live.dataset.was;
      refresh();
    }
  }

  function heard(time) {
    beat = Date.now();
    stale(false);
    const clock = $("clock");
    if (clock && time) clock.textContent = time;
  }

  function listen() {
    source = new EventSource("/events?seen=" + encodeURIComponent(board()?.dataset.serial || ""));
    source.addEventListener("board", () => { heard(); refresh(); });
    source.addEventListener("beat", (e) => heard(e.data));
    source.addEventListener("open", () => heard());
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
    });
    setInterval(() => { if (Date.now() - beat > 25000) { stale(true); session(); } }, 5000);
  }

  // ---- first names, on demand ----
  const wanted = () => localStorage.getItem("names") === "on";
  async function showNames() {
    const button = $("names");
    if (button) button.setAttribute("aria-pressed", String(wanted()));
    const places = [...document.querySelectorAll("[data-name]")];
    if (!wanted()) {
      for (const p of places) p.textContent = "";
      return;
    }
    const fill = () => { for (const p of places) p.textContent = names.get(p.dataset.name) || ""; };
    fill();
    const missing = [...new Set(places.map((p) => p.dataset.name))].filter((n) => !names.has(n));
    if (missing.length === 0) return;
    for (const m of missing) names.set(m, "");
    const said = await post("/names", { of: missing.slice(0, 60) }, true);
    if (said.ok) for (const [id, name] of Object.entries(said.names)) names.set(id, name);
    else for (const m of missing) names.delete(m);
    for (const p of document.querySelectorAll("[data-name]"))
      if (wanted()) p.textContent = names.get(p.dataset.name) || "";
  }

  function toggleNames() {
    localStorage.setItem("names", wanted() ? "off" : "on");
    showNames();
  }

  // ---- a call for help rings here ----
  const rung = new Set();
  function ring() {
    const call = document.querySelector("[data-ring]");
    document.title = document.title.replace(/^● /, "");
    if (!call) return;
    document.title = "● " + document.title;
    if (rung.has(call.dataset.ring)) return;
    rung.add(call.dataset.ring);
    new Audio("/static/ring.wav").play().catch(() => {}); // a browser may want a touch first
  }

  // ---- windows ----
  let cameFrom = null;
  async function openWindow(url) {
    const box = $("window");
    let answer;
    try {
      answer = await fetch(url, { headers: { "X-Dynamo-Part": "1" } });
    } catch { return toast(texts.offline, true); }
    if (answer.status === 401) return toLogin();
    if (!answer.ok) {
      const said = await answer.json().catch(() => ({}));
      return toast(said.text || texts.offline, true);
    }
    if (!box.open) cameFrom = document.activeElement && mark(document.activeElement);
    box.innerHTML = await answer.text();
    box.setAttribute("aria-labelledby", "window-title");
    if (!box.open) box.showModal();
    showNames();
    const form = box.querySelector("details[open] input:not([type=hidden]), details[open] select, [autofocus]");
    if (form) form.focus();
  }

  function closeWindow(box) {
    box.close();
    if (box.id === "window") box.replaceChildren();
    const back = cameFrom && board() && find(cameFrom);
    if (back) back.focus({ preventScroll: true });
  }

  // ---- clicks ----
  document.addEventListener("click", async (e) => {
    const el = e.target.closest("button, a");
    if (!el || el.disabled) return;
    const d = el.dataset;
    if (el.id === "names") return toggleNames();
    if ("close" in d) return closeWindow(el.closest("dialog"));
    if (d.open) return $(d.open).showModal();
    if ("window" in d && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
      e.preventDefault();
      return openWindow(el.getAttribute("href"));
    }
    if ((d.act || d.post) && slipped(el, e)) return;
    if (d.act) {
      const said = await act(d.act, d.visit, d.version);
      if (said.ok && "closeAfter" in d && $("window").open) closeWindow($("window"));
    } else if (d.post && el.type === "button") {
      el.disabled = true;
      const said = await post(d.post, d.body ? JSON.parse(d.body) : {});
      el.disabled = false;
      if (!said.ok) return toast(said.text, true);
      if (d.show) return show($(d.show), said);
      if (d.then) reload(said.text, d.then);
      else if ("reload" in d || d.post === "/at-work") reload(said.text);
      else refresh();
    }
  });

  // ---- forms ----
  function bodyOf(form, submitter) {
    const body = {};
    for (const field of form.elements) {
      if (!field.name || field.disabled || field.tagName === "BUTTON" || field.type === "file") continue;
      if (/radio|checkbox/.test(field.type) && !field.checked) continue;
      body[field.name] = field.dataset.json === "number" ? Number(field.value) : field.value;
    }
    if (submitter && submitter.name) body[submitter.name] = submitter.value;
    return body;
  }

  // What is told once: an address, a PIN. It stays until the page goes.
  function show(place, said) {
    place.textContent = said.show || "";
    toast(said.text, false);
    place.focus?.();
  }

  // A word outlives the page that it was said on.
  function reload(text, to, undo) {
    if (text) sessionStorage.setItem("said", JSON.stringify({ text, undo }));
    if (to) location.assign(to);
    else location.reload();
  }

  function list(items, className) {
    const ul = document.createElement("ul");
    ul.className = className;
    for (const item of items) {
      const li = document.createElement("li");
      li.textContent = item;
      ul.append(li);
    }
    return ul;
  }

  function hits(said) {
    const ul = document.createElement("ul");
    ul.className = "report hits";
    for (const hit of said.hits) {
      const li = document.createElement("li"), a = document.createElement("a");
      a.href = "/appointment/" + hit.id;
      a.dataset.window = "";
      a.textContent = hit.text;
      li.append(a);
      ul.append(li);
    }
    return ul;
  }

  function report(place, said) {
    const lines = document.createElement("ul");
    lines.className = "report";
    const first = document.createElement("li");
    first.textContent = said.text;
    lines.append(first);
    for (const note of said.notes || []) {
      const li = document.createElement("li"), at = document.createElement("code");
      at.textContent = note.place;
      at.title = note.at;
      li.className = note.fault ? "bad" : "";
      li.append(at, " " + note.text);
      lines.append(li);
    }
    place.replaceChildren(lines);
    if ((said.changes || []).length) place.append(list(said.changes, "report changes"));
    if ((said.hits || []).length) place.append(hits(said));
    place.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("submit", async (e) => {
    const form = e.target, d = form.dataset;
    if (!d.post) return;
    e.preventDefault();
    const button = e.submitter, fault = form.querySelector(".fault");
    if (button) button.disabled = true;
    for (const f of form.querySelectorAll("[aria-invalid]")) f.removeAttribute("aria-invalid");
    const said = await post(d.post, bodyOf(form, button));
    if (button) button.disabled = false;
    if (d.report && said.notes) {
      report($(d.report), said);
      if (said.stored) setTimeout(() => reload(said.text), 2500);
      return;
    }
    if (!said.ok) {
      const field = said.field && form.elements[said.field];
      if (fault) fault.textContent = said.text;
      if (field) { field.setAttribute("aria-invalid", "true"); field.focus(); }
      return;
    }
    if (fault) fault.textContent = "";
    if (d.show) { form.reset(); return show($(d.show), said); }
    if ("reload" in d) return reload(said.text);
    const inWindow = form.closest("#window");
    if (d.then && !inWindow) return reload(said.text, d.then);
    if (inWindow && "closeAfter" in d) closeWindow($("window"));
    toast(said.text || texts.done, false, said.undo ? said : null);
    if (board()) refresh();
    else if ("closeAfter" in d) setTimeout(() => location.reload(), said.text ? 2500 : 0);
  });

  // A file's text goes into a field of the form, and with it to the desk.
  async function readFile(input) {
    const into = input.form.elements[input.dataset.into];
    const file = input.files[0];
    if (file && file.size > 1000000) {
      input.value = "";
      return toast(texts.tooBig, true);
    }
    into.value = file ? await file.text() : "";
  }

  document.addEventListener("change", (e) => {
    const form = e.target.closest("form");
    if (form && "submit" in form.dataset) form.requestSubmit();
    if (form && "refill" in form.dataset) {
      const url = "/book?" + new URLSearchParams([...new FormData(form)].filter(([, v]) => v));
      if (form.closest("#window")) openWindow(url);
      else location.assign(url);
    }
    if (e.target.dataset.into) readFile(e.target);
    if (e.target.id === "keys-on") localStorage.setItem("keys", e.target.checked ? "on" : "off");
  });

  // ---- keys ----
  function moveRow(by) {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (rows.length === 0) return;
    const at = rows.indexOf(document.activeElement.closest("[data-row]"));
    rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))].focus();
  }

  function pressed(key) {
    const row = document.activeElement.closest("[data-row]");
    switch (key) {
      case "ArrowDown": moveRow(1); return true;
      case "ArrowUp": moveRow(-1); return true;
      case "Enter": {
        const button = row ? row.querySelector("[data-act]") || row.querySelector("[data-open-row]")
                           : $("call-next");
        if (button && recent(turned)) {
          toast(texts.moved, true);
          return true;
        }
        if (button) button.click();
        return Boolean(button);
      }
      case "o": if (row) row.querySelector("[data-open-row]")?.click(); return Boolean(row);
      case "z": $("undo")?.click(); return true;
      case "n": toggleNames(); return true;
      case "?": $("keys")?.showModal(); return true;
      default: {
        const target = /^[a-z]$/.test(key) && document.querySelector(`main [data-key="${key}"]`);
        if (target) target.click();
        return Boolean(target);
      }
    }
  }

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || !signedIn) return;
    if (document.querySelector("dialog[open]")) return;
    const at = document.activeElement;
    if (at.closest("input, select, textarea")) return;
    if (e.key === "Enter" && at.closest("button, a, summary")) return;
    const arrow = ["ArrowDown", "ArrowUp"].includes(e.key);
    if (localStorage.getItem("keys") === "off" && !arrow) return;
    if (e.repeat && !arrow) return;
    if (pending.size) {
      if (typed.length < 4) typed.push(e.key);
      e.preventDefault();
    } else if (pressed(e.key)) {
      e.preventDefault();
    }
  });
  document.addEventListener("keydown", (e) => { if (e.key === " ") hold(); });
  document.addEventListener("keyup", (e) => { if (e.key === " ") ease(); });
  document.addEventListener("pointerdown", hold);
  for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, ease);
  document.addEventListener("click", (e) => { if (e.isTrusted && holding) setTimeout(letGo); });

  document.addEventListener("close", (e) => { if (e.target.id === "window") e.target.replaceChildren(); }, true);
  document.addEventListener("click", (e) => {
    const menu = document.querySelector(".who[open]");
    if (menu && !menu.contains(e.target)) menu.removeAttribute("open");
  });

  // ---- here is somebody: told once a minute at most, or the session ends ----
  let told = Date.now();
  function alive() {
    if (!signedIn || Date.now() - told < 60000) return;
    told = Date.now();
    post("/session", {});
  }
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, alive);

  window.addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
  if (signedIn) {
    const on = $("keys-on");
    if (on) on.checked = localStorage.getItem("keys") !== "off";
    dress();
    listen();
    const said = JSON.parse(sessionStorage.getItem("said") || "null");
    sessionStorage.removeItem("said");
    if (said) toast(said.text, false, said.undo);
  }
})();
