
"use strict";
(() => {
  const root = document.documentElement;
  const rows = [...document.querySelectorAll(".text > .row")];
  const marks = [...document.querySelectorAll(".text a.m")];
  const byId = (id) => document.getElementById(id);

  // Theme: the system's, until the reader says otherwise.
  const theme = byId("theme");
  const store = (value) => { try { return value === undefined ? localStorage.getItem("bilingual-theme") : localStorage.setItem("bilingual-theme", value); } catch { return null; } };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const label = () => { theme.textContent = isDark() ? "Light" : "Dark"; theme.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours"); };
  const saved = store();
  if (saved === "dark" || saved === "light") root.dataset.theme = saved;
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; store(root.dataset.theme); label(); });
  system.addEventListener("change", label);
  label();

  // Rows: one stop for the Tab key, arrows from there.
  let current = null;
  const stop = (row) => { if (current) current.tabIndex = -1; current = row; if (row) row.tabIndex = 0; };
  for (const row of rows) row.tabIndex = -1;
  stop(rows[0]);
  const shown = () => rows.filter((row) => !row.hidden);
  addEventListener("keydown", (event) => {
    const row = event.target;
    if (!row.matches?.(".text > .row") || event.ctrlKey || event.altKey || event.metaKey) return;
    const list = shown();
    const at = list.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[event.key];
    if (to === undefined || !list[to]) return;
    event.preventDefault();
    stop(list[to]);
    list[to].focus();
  });
  addEventListener("focusin", (event) => { const row = event.target.closest?.(".text > .row"); if (row) stop(row); });

  // A mark: its entry of the index beside it, and its other side lit.
  const tip = byId("tip");
  const entries = new Map([...document.querySelectorAll(".index > li")].map((li) => [li.dataset.key, li]));
  let owner = null;
  let closing = 0;
  const hide = () => {
    clearTimeout(closing);
    if (!owner) return;
    owner.removeAttribute("aria-describedby");
    for (const mark of marks) mark.classList.remove("lit");
    owner = null;
    tip.hidden = true;
  };
  const show = (mark) => {
    clearTimeout(closing);
    if (owner === mark) return;
    hide();
    owner = mark;
    for (const other of mark.closest(".row").querySelectorAll("a.m")) if (other.dataset.key === mark.dataset.key) other.classList.add("lit");
    const entry = entries.get(mark.dataset.key);
    const names = document.createElement("div");
    names.className = "names";
    for (const [lang, dir, form] of [["en", "ltr", mark.dataset.en], ["ar", "rtl", mark.dataset.ar]]) {
      const part = document.createElement("bdi");
      Object.assign(part, { lang, dir, className: lang, textContent: form });
      names.append(part, " ");
    }
    tip.replaceChildren(names);
    for (const part of entry?.querySelectorAll(".fact") ?? []) {
      const copy = part.cloneNode(true);
      for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
      tip.append(copy);
    }
    const outcome = document.createElement("p");
    outcome.textContent = (entry ? entry.dataset.kind + ", " : "") + mark.dataset.outcome;
    tip.append(outcome);
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    const box = mark.getClientRects()[0];
    const left = Math.min(Math.max(8, box.left + box.width / 2 - tip.offsetWidth / 2), root.clientWidth - tip.offsetWidth - 8);
    const below = box.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(below ? box.bottom + 7 : box.top - tip.offsetHeight - 7) + scrollY}px`;
  };
  const later = () => { clearTimeout(closing); closing = setTimeout(hide, 180); };
  for (const mark of marks) {
    mark.removeAttribute("title");
    mark.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") show(mark); });
    mark.addEventListener("pointerleave", later);
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("blur", later);
  }
  tip.addEventListener("pointerenter", () => clearTimeout(closing));
  tip.addEventListener("pointerleave", later);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // Search: both languages, marks and forms of alef folded, the page's text untouched.
  const form = document.querySelector(".search");
  const query = byId("q");
  const only = byId("only");
  const hits = byId("hits");
  const drop = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
  const same = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "’": "'", "‘": "'", "“": "\"", "”": "\"" };
  const digit = (code) => code >= 0x660 && code <= 0x669 ? code - 0x660 : code >= 0x6f0 && code <= 0x6f9 ? code - 0x6f0 : -1;
  const fold = (text) => {
    let key = "";
    const from = [];
    for (let i = 0; i < text.length; i += 1) {
      const char = text[i];
      let out = same[char] ?? char;
      const number = digit(char.charCodeAt(0));
      if (number >= 0) out = String(number);
      else if (out === char) out = /\s/.test(char) ? " " : char.normalize("NFD").toLowerCase();
      for (const c of out) if (!drop.test(c)) { const m = same[c] ?? c; key += m; for (let n = 0; n < m.length; n += 1) from.push(i); }
    }
    from.push(text.length);
    return { key, from };
  };
  const cache = new Map();
  const cells = (row) => {
    if (!cache.has(row)) cache.set(row, [...row.querySelectorAll(".cell")].map((cell) => ({ cell, ...fold(cell.textContent) })));
    return cache.get(row);
  };
  const range = (cell, start, end) => {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const out = document.createRange();
    let at = 0;
    let begun = false;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const stopAt = at + node.length;
      if (!begun && start < stopAt) { out.setStart(node, start - at); begun = true; }
      if (begun && end <= stopAt) { out.setEnd(node, end - at); return out; }
      at = stopAt;
    }
    return out;
  };
  const search = () => {
    const wanted = fold(query.value.trim()).key;
    const ranges = [];
    let count = 0;
    for (const row of rows) {
      let keep = !only.value || row.classList.contains(only.value);
      if (keep && wanted) {
        keep = false;
        for (const { cell, key, from } of cells(row)) {
          for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + wanted.length)) {
            keep = true;
            if (ranges.length < 5000) ranges.push(range(cell, from[at], from[at + wanted.length - 1] + 1));
          }
        }
      }
      row.hidden = !keep;
      if (keep) count += 1;
    }
    if (globalThis.Highlight && CSS.highlights) {
      if (ranges.length) CSS.highlights.set("found", new Highlight(...ranges)); else CSS.highlights.delete("found");
    }
    const narrowed = wanted || only.value;
    hits.textContent = narrowed ? `${count} of ${rows.length}` : "";
    byId("none").hidden = !narrowed || count > 0;
    if (current?.hidden) stop(shown()[0] ?? null);
  };
  if (rows.length) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    let waiting = 0;
    query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 90); });
    only.addEventListener("change", search);
    // A permalink leads to a sentence even while a search hides it.
    addEventListener("hashchange", () => {
      let id = location.hash.slice(1);
      try { id = decodeURIComponent(id); } catch { /* as it is */ }
      const target = byId(id);
      const row = target?.closest(".text > .row");
      if (row?.hidden) { query.value = ""; only.value = ""; search(); target.scrollIntoView(); }
    });
  }
})();
