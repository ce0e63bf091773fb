"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  // Offsets in the data are code points; JavaScript counts UTF-16 units.
  const BIDI = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u200b\u2028\u2029\u2060\ud800-\udfff]/u;
  let file = null, current = -1, view = "inline", past = [], stored = true, telling = false;

  const el = (tag, props = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (key === "class") node.className = value;
      else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value);
    }
    node.append(...children.filter((c) => c !== null && c !== ""));
    return node;
  };

  // Text that a document holds, with the characters that would steer the page shown by their names.
  const words = (text) => {
    if (!BIDI.test(text)) return [document.createTextNode(text)];
    return text.split(new RegExp(`(${BIDI.source})`, "u")).filter(Boolean).map((part) =>
      part.length === 1 && BIDI.test(part)
        ? el("span", { class: "odd", title: "a character that is not shown" }, code(part))
        : document.createTextNode(part));
  };
  const code = (character) => "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  const named = (text) => text.replace(new RegExp(BIDI.source, "gu"), code);

  // Blanks by signs, where a text is nothing else; and the middle of a long text left out.
  const signs = (text) => text.replace(/ /g, "␣").replace(/\t/g, "⇥").replace(/\r?\n|\r/g, "⏎").replace(/\u00a0/g, "⍽");
  const middle = (text, most) => {
    if (text.length <= most) return text;
    const points = Array.from(text), half = Math.floor((most - 3) / 2);
    if (points.length <= most) return text;
    // At a blank, where one is near.
    const head = points.slice(0, half).join("").replace(/(\s)\S{0,11}$/u, "$1").trimEnd();
    const tail = points.slice(-half).join("").replace(/^\S{0,11}(\s)/u, "$1").trimStart();
    return `${head} … ${tail}`;
  };

  // ---- the model: what cleaner/changes.py does, step for step ----

  const collide = (a, b) => a[0] === a[1] || b[0] === b[1]
    ? a[0] <= b[1] && b[0] <= a[1]
    : a[0] < b[1] && b[0] < a[1];

  const editsOf = (change) => {
    if (change.verdict !== "edit") return change.edits;
    const out = [[...change.findings[0].span, change.text]];
    for (const finding of change.findings.slice(1, change.early)) {
      if (!finding.edits.some((a) => out.some((b) => collide(a, b)))) out.push(...finding.edits);
    }
    return out.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  };

  const taken = (change) => change.verdict ? change.verdict !== "reject" : change.applied;

  // The changes that are made, and the edits each of them makes: one that a person wrote goes before its neighbours.
  const plan = (f) => {
    const order = f.changes.map((c, i) => i).filter((i) => taken(f.changes[i]) && (f.changes[i].edits.length || f.changes[i].verdict === "edit"));
    order.sort((a, b) => (f.changes[a].verdict !== "edit") - (f.changes[b].verdict !== "edit") || a - b);
    const held = [], made = new Map();
    for (const i of order) {
      const edits = editsOf(f.changes[i]);
      if (!edits.some((a) => near(held, a))) {
        for (const e of edits) insert(held, e);
        made.set(i, edits);
      }
    }
    return made;
  };
  // Whether a change touches another: then one decision can change what is shown of its neighbours.
  const findCrossed = (f) => {
    const spans = f.changes.flatMap((c, i) => [...c.edits.map((e) => [e[0], e[1], i]), [...c.findings[0].span, i]]).sort((a, b) => a[0] - b[0]);
    let reach = -1, by = -1;
    for (const [start, end, i] of spans) {
      if (start <= reach && by !== i) { f.changes[i].crossed = true; f.changes[by].crossed = true; }
      if (end >= reach) { reach = end; by = i; }
    }
  };
  const seek = (held, at) => {
    let low = 0, high = held.length;
    while (low < high) { const mid = (low + high) >> 1; if (held[mid][0] < at) low = mid + 1; else high = mid; }
    return low;
  };
  const near = (held, edit) => {
    for (let i = Math.max(0, seek(held, edit[0]) - 2); i < held.length && held[i][0] <= edit[1]; i++) {
      if (collide(edit, held[i])) return true;
    }
    return false;
  };
  const insert = (held, edit) => held.splice(seek(held, edit[0]), 0, edit);

  const corrected = (f) => {
    const script = [...plan(f).values()].flat().sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const out = [];
    let at = 0;
    for (const [start, end, text] of script) {
      out.push(f.slice(at, start), text);
      at = end;
    }
    out.push(f.slice(at, f.length));
    return out.join("");
  };

  // ---- files ----

  const open = (f) => {
    if (!f.slice) {
      if (/[\ud800-\udfff]/.test(f.text)) {
        const points = Array.from(f.text);
        f.slice = (a, b) => points.slice(a, b).join("");
        f.length = points.length;
      } else {
        f.slice = (a, b) => f.text.slice(a, b);
        f.length = f.text.length;
      }
      findCrossed(f);
    }
    file = f;
    past = [];
    // A browser writes UTF-8 only; where the file is something else the button says so.
    const other = f.encoding && f.encoding !== "utf-8";
    $("save-text").textContent = other ? "Save text as UTF-8" : "Save text";
    $("save-text").title = other ? `The file is written in ${f.encoding}: with the saved decisions "cleaner fix" keeps it so` : "";
    fillFilters();
    draw();
    choose(next(-1, 1, true), false);
  };

  const store = (f) => `cleaner:${f.digest}:${f.path}`;
  const keep = () => {
    const kept = {};
    file.changes.forEach((c, i) => { if (c.verdict || c.was || c.why) kept[i] = [c.verdict ?? "", c.text ?? null, c.why ?? ""]; });
    try { localStorage.setItem(store(file), JSON.stringify(kept)); } catch { stored = false; }
    drawStored();
  };
  const restore = (f) => {
    try {
      for (const [i, [verdict, text, why]] of Object.entries(JSON.parse(localStorage.getItem(store(f)) || "{}"))) {
        if (f.changes[i]) Object.assign(f.changes[i], { verdict, text, why });
      }
    } catch { stored = false; }
  };
  const drawStored = () => { $("unkept").hidden = stored; };

  // ---- drawing ----

  const state = (c) => c.verdict || "open";
  const classOf = (c) => ["c", taken(c) ? "on" : c.verdict ? "off" : c.edits.length ? "idea" : "note", c.verdict ? "done" : ""].join(" ");

  const sheet = (extra = "") => {
    const pieces = [], used = [];
    file.changes.forEach((c, i) => {
      const edits = editsOf(c);
      const spans = edits.length ? edits : [[...c.findings[0].span, null]];
      for (const e of spans) pieces.push([...e, i]);
    });
    // What is made goes before what is only proposed; of the others the first.
    const made = plan(file);
    pieces.sort((a, b) => made.has(b[3]) - made.has(a[3]) || a[0] - b[0] || a[1] - b[1]);
    for (const piece of pieces) if (!near(used, piece)) insert(used, piece);
    const root = el("div", { class: `sheet ${extra}` });
    let at = 0;
    const nodes = [];
    for (const [start, end, text, i] of used) {
      if (start > at) nodes.push(...words(file.slice(at, start)));
      const c = file.changes[i];
      const old = file.slice(start, end);
      if (text === null) {
        nodes.push(el("span", { class: `spot ${c.verdict ? "done" : ""}`, "data-i": i }, ...words(old)));
      } else {
        nodes.push(el("span", { class: classOf(c), "data-i": i },
          old ? el("del", {}, ...words(old)) : null, text ? el("ins", {}, ...words(text)) : null));
      }
      at = Math.max(at, end);
    }
    nodes.push(...words(file.slice(at, file.length)));
    root.append(...parts(nodes));
    return root;
  };

  // The text in blocks that end at line breaks: a decision lays out its own block again, not the whole document.
  const parts = (nodes) => {
    const out = [];
    let part = el("div"), size = 0;
    const close = () => { out.push(part); part = el("div"); size = 0; };
    for (const node of nodes) {
      if (node.nodeType !== Node.TEXT_NODE) { part.append(node); size += node.textContent.length; continue; }
      let text = node.data;
      for (;;) {
        const cut = text.indexOf("\n", Math.max(0, 2000 - size));
        if (cut < 0) break;
        part.append(text.slice(0, cut + 1));
        text = text.slice(cut + 1);
        close();
      }
      part.append(text);
      size += text.length;
    }
    close();
    return out;
  };

  // Where each change stands in the page; found once after each drawing.
  let spots = new Map(), rows = new Map();
  const index = (selector) => {
    const out = new Map();
    for (const node of document.querySelectorAll(selector)) {
      const i = +node.dataset.i;
      if (out.has(i)) out.get(i).push(node); else out.set(i, [node]);
    }
    return out;
  };

  const draw = () => {
    const box = $("text");
    box.className = `view-${view}`;
    if (view === "side") {
      box.replaceChildren(el("div", { class: "pair" },
        el("div", {}, el("h2", {}, "Original"), sheet("old")), el("div", {}, el("h2", {}, "Corrected"), sheet("new"))));
    } else box.replaceChildren(sheet());
    spots = index("#text [data-i]");
    drawList();
    mark(false);
    drawProgress();
  };

  // After one decision only the places of that change are drawn again, unless its text was edited.
  const redraw = (i) => {
    const c = file.changes[i];
    for (const node of spots.get(i) || []) {
      node.className = (c.edits.length ? classOf(c) : `spot ${c.verdict ? "done" : ""}`) + (i === current ? " chosen" : "");
    }
    const [row] = rows.get(i) || [];
    if (row) { row.className = state(c); row.querySelector(".state").textContent = label(c); }
    drawProgress();
  };

  const label = (c) => ({ accept: "accepted", reject: "rejected", edit: "edited", open: c.applied ? "proposed" : c.edits.length ? "idea" : "look" })[state(c)];

  const filters = () => ({ rule: $("by-rule").value, kind: $("by-kind").value, safety: $("by-safety").value, state: $("by-state").value });
  const visible = (c, by = filters()) =>
    (!by.rule || c.findings.some((f) => f.rule === by.rule)) && (!by.kind || c.findings.some((f) => f.kind === by.kind)) &&
    (!by.safety || c.findings[0].safety === by.safety) &&
    (!by.state || (by.state === "open" ? !c.verdict : by.state === "decided" ? c.verdict : c.verdict === by.state));

  // What the first finding of a change covers, as it is and as it becomes.
  const before = (c) => file.slice(...c.findings[0].span);
  const after = (c) => {
    if (c.verdict === "edit") return c.text;
    const f = c.findings[0], [start, end] = f.span, out = [];
    let at = start;
    for (const [a, b, put] of f.edits) { out.push(file.slice(at, a), put); at = b; }
    return out.join("") + file.slice(at, end);
  };
  const brief = (c) => {
    const f = c.findings[0];
    let old = before(c), now = after(c);
    if (!/[\p{L}\p{N}]/u.test(old) && f.edits.length) {
      // Blanks and signs alone say little: with the word on either side.
      const left = /\S{0,12}\s?$/u.exec(file.slice(Math.max(0, f.span[0] - 14), f.span[0]))[0].trimStart();
      const right = /^\S{0,8}/u.exec(file.slice(f.span[1], Math.min(file.length, f.span[1] + 8)))[0];
      old = signs(left + old + right);
      now = signs(left + now + right);
    }
    const flat = (text) => middle(text.trim() ? text.trim().replace(/\s+/g, " ") : signs(text), 44);
    if (!f.edits.length && c.verdict !== "edit") return flat(old);
    // What both have at either end is left out but for a word.
    let head = 0, tail = 0;
    const most = Math.min(old.length, now.length);
    while (head < most && old[head] === now[head]) head++;
    while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
    const from = old.lastIndexOf(" ", Math.max(0, head - 12)) + 1, to = old.length - Math.max(0, tail - 12);
    const end = old.indexOf(" ", to) < 0 ? old.length : old.indexOf(" ", to), kept = old.length - end;
    if (now && from + kept > 20) {
      const cut = (text) => (from ? "… " : "") + text.slice(from, text.length - kept) + (kept ? " …" : "");
      [old, now] = [cut(old), cut(now)];
    }
    return now === "" ? `− ${flat(old)}` : `${flat(old)} → ${flat(now)}`;
  };

  const drawList = () => {
    const by = filters();
    const items = [];
    file.changes.forEach((c, i) => {
      if (!visible(c, by)) return;
      const f = c.findings[0];
      items.push(el("li", {}, el("button", { type: "button", "data-i": i, class: state(c), onclick: () => choose(i) },
        el("span", { class: "where" }, String(c.line)), el("span", { class: "what" }, ...words(brief(c))),
        el("span", { class: "name" }, f.rule), el("span", { class: "state" }, label(c)))));
    });
    $("list").replaceChildren(...(items.length ? items : [el("li", { class: "empty" }, file.changes.length ? "No change passes the filters." : "Nothing was found in this file.")]));
    rows = index("#list [data-i]");
  };

  const drawProgress = () => {
    const all = file.changes.length, open = file.changes.filter((c) => !c.verdict).length;
    $("progress").textContent = all ? `${all - open} of ${all} decided, ${open} left` : "nothing to decide";
    $("meter").firstElementChild.style.width = all ? `${100 * (all - open) / all}%` : "0";
    const option = $("file").selectedOptions[0];
    if (option) option.textContent = title(file);
  };

  const title = (f) => {
    const open = f.changes.filter((c) => !c.verdict).length;
    return `${named(f.path)} (${open ? `${open} left` : "done"})`;
  };

  // ---- the index of files ----

  const openIn = (f) => f.changes.filter((c) => !c.verdict).length;
  const several = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const show = (i) => {
    $("files").close();
    $("file").value = String(i);
    current = -1;
    open(data.files[i]);
    scrollTo(0, 0);
  };
  const showFiles = () => {
    if (data.files.length < 2) return;
    const left = data.files.filter(openIn).length;
    const clean = data.clean ? ` Nothing was found in ${several(data.clean, "other file")}.` : "";
    $("files-total").textContent = `${several(data.files.length, "file")}, ${left} with something left to decide.${clean}`;
    $("index").replaceChildren(...data.files.map((f, i) => el("li", {}, el("button", { type: "button", "data-file": i, class: openIn(f) ? "" : "done", onclick: () => show(i) },
      el("span", { class: "path" }, named(f.path)),
      el("span", { class: "quiet" }, openIn(f) ? `${openIn(f)} of ${several(f.changes.length, "change")} left` : "done")))));
    $("files").showModal();
    const [first] = $("index").querySelectorAll(`[data-file="${data.files.indexOf(file)}"]`);
    if (first) first.focus();
  };

  const fill = (select, first, values) => {
    const kept = select.value;
    select.replaceChildren(el("option", { value: "" }, first), ...values.map((v) => el("option", { value: v }, v)));
    if (values.includes(kept)) select.value = kept;
  };
  const fillFilters = () => {
    const all = file.changes.flatMap((c) => c.findings);
    const unique = (key) => [...new Set(all.map((f) => f[key]))].sort();
    fill($("by-rule"), "all", unique("rule"));
    fill($("by-kind"), "all", unique("kind"));
    fill($("by-safety"), "all", unique("safety"));
    fill($("by-state"), "all", ["open", "decided", "accept", "reject", "edit"]);
  };

  const drawDetail = () => {
    const box = $("detail");
    const c = file.changes[current];
    // What is drawn anew takes the focus with it.
    const held = box.contains(document.activeElement) ? document.activeElement.id : "";
    if (!c) { box.replaceChildren(el("p", { class: "quiet" }, file.changes.length ? "Choose a change." : "Nothing to decide here.")); return; }
    const f = c.findings[0];
    const proofs = c.findings.flatMap((finding) => finding.evidence).map((e) => el("li", {},
      e.span ? el("button", { type: "button", onclick: () => prove(e.span) }, "“", ...words(file.slice(...e.span).slice(0, 120)), "”") : null,
      e.span ? " " : null, e.says + " ",
      e.source ? el("a", { href: e.source, rel: "noreferrer noopener", target: "_blank" }, e.source) : null));
    box.replaceChildren(...[
      el("p", { class: "head" }, el("span", { class: "rule" }, f.rule), el("span", { class: `tag ${f.safety}` }, f.safety), el("span", { class: "tag" }, f.kind)),
      el("p", {}, ...words(f.message)),
      ...c.findings.slice(1).map((other) => el("p", { class: "also" }, `${other.rule}: `, ...words(other.message))),
      el("div", { class: "words" }, ...inWords(c)),
      proofs.length ? el("ul", { class: "proofs", "aria-label": "Evidence" }, ...proofs) : null,
      el("div", { class: "acts", role: "group", "aria-label": "Decide" },
        el("button", { type: "button", class: "yes", id: "accept", "aria-pressed": String(c.verdict === "accept"), onclick: () => decide("accept") }, c.edits.length ? "Accept" : "Seen"),
        el("button", { type: "button", class: "no", id: "reject", "aria-pressed": String(c.verdict === "reject"), onclick: () => decide("reject") }, "Reject"),
        el("button", { type: "button", id: "edit", "aria-pressed": String(c.verdict === "edit"), onclick: edit }, "Edit"),
        el("button", { type: "button", id: "undo", onclick: undo }, "Undo"),
        c.verdict ? el("button", { type: "button", id: "reopen", onclick: reopen }, "Open again") : null),
      el("label", { class: "why" }, el("span", { class: "quiet" }, "Why"), reason(c)),
      onward(),
      data.rules && data.rules[f.rule] ? aboutRule(f.rule) : null,
    ].filter(Boolean));
    if (held && $(held)) $(held).focus();
  };

  // Once all is decided here: the way to the next file that has something left.
  const onward = () => {
    if (openIn(file)) return null;
    const at = data.files.indexOf(file);
    const order = [...data.files.keys()].map((k) => (at + 1 + k) % data.files.length);
    const i = order.find((k) => openIn(data.files[k]));
    return i === undefined ? null : el("p", { class: "onward" }, "All decided here. ",
      el("button", { type: "button", id: "onward", onclick: () => show(i) }, "Next file: ", named(data.files[i].path)));
  };

  // A reason is kept with the decision; Enter or Escape goes back to the page's keys.
  const reason = (c) => {
    const box = el("input", { id: "why", type: "text", maxlength: "300", autocomplete: "off", placeholder: "a reason, if you like (w)" });
    box.value = c.why || "";
    box.addEventListener("input", () => { c.why = box.value.trim(); keep(); });
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "Escape") { event.preventDefault(); box.blur(); }
    });
    return box;
  };

  const aboutRule = (rule) => {
    const box = el("details", { class: "about" }, el("summary", {}, "What this rule does"), el("pre", { tabindex: "0", "aria-label": `The page of the rule ${rule}` }, ...words(data.rules[rule])));
    box.open = telling;
    box.addEventListener("toggle", () => { telling = box.open; });
    return box;
  };

  // The words of a change: what stays, what goes, what comes.
  const inWords = (c) => {
    const f = c.findings[0], out = [];
    const ends = (text) => text.trim() ? text.replace(/^[\r\n]+|[\r\n]+$/g, signs) : signs(text);
    const put = (tag, text, most) => { if (text) out.push(tag ? el(tag, {}, ...words(middle(ends(text), most))) : el("span", {}, ...words(middle(text, most)))); };
    if (c.verdict === "edit") { put("del", before(c), 600); put("ins", c.text, 2000); if (!c.text) out.push(el("span", { class: "quiet" }, " (removed)")); return out; }
    if (!f.edits.length) { put("", before(c), 600); return out; }
    const bare = !/[\p{L}\p{N}]/u.test(before(c));
    if (bare) put("", file.slice(Math.max(0, f.span[0] - 40), f.span[0]).replace(/^[^]*[\n\r]/, "").replace(/^\S*\s(?=\S)/, "… "), 50);
    let at = f.span[0];
    for (const [start, end, text] of f.edits) {
      put("", file.slice(at, start), 160);
      put("del", file.slice(start, end), 600);
      put("ins", text, 600);
      at = end;
    }
    put("", file.slice(at, f.span[1]), 160);
    if (bare) put("", file.slice(f.span[1], Math.min(file.length, f.span[1] + 40)).replace(/[\n\r][^]*$/, ""), 50);
    else if (!after(c)) out.push(el("span", { class: "quiet" }, " (removed)"));
    return out;
  };

  // ---- moving ----

  const next = (from, step, onlyOpen = false) => {
    const by = filters();
    for (let i = from + step; i >= 0 && i < file.changes.length; i += step) {
      if (visible(file.changes[i], by) && (!onlyOpen || !file.changes[i].verdict)) return i;
    }
    return onlyOpen ? next(from, step) : -1;
  };

  const mark = (scroll) => {
    for (const node of document.querySelectorAll("#text .chosen")) node.classList.remove("chosen");
    for (const node of document.querySelectorAll('#list [aria-current="true"]')) node.removeAttribute("aria-current");
    const nodes = spots.get(current) || [];
    nodes.forEach((node) => node.classList.add("chosen"));
    const [row] = rows.get(current) || [];
    if (row) { row.setAttribute("aria-current", "true"); row.scrollIntoView({ block: "nearest" }); }
    if (nodes[0] && scroll) nodes[0].scrollIntoView({ block: "center" });
  };

  const choose = (i, scroll = true) => {
    if (i < 0 && file.changes.length && current >= 0) return;
    current = i;
    clearProof();
    drawDetail();
    mark(scroll);
    const c = file.changes[i];
    $("said").textContent = c ? `Change ${i + 1} of ${file.changes.length}: ${named(brief(c))}. ${c.findings[0].message}` : "";
  };

  const clearProof = () => { for (const node of document.querySelectorAll(".proof")) node.replaceWith(...node.childNodes); };
  // Shows the place that proves a change: the text nodes there are cut and the pieces wrapped.
  const prove = ([start, end]) => {
    clearProof();
    if (view === "clean") setView("inline");
    const box = document.querySelector("#text .old") || document.querySelector("#text .sheet");
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    const plain = file.length === file.text.length;
    const length = (text) => plain ? text.length : Array.from(text).length;
    const units = (text, points) => plain ? points : Array.from(text).slice(0, points).join("").length;
    const hits = [];
    // Only what stands in the original counts towards the offset.
    for (let at = 0; at < end && walker.nextNode();) {
      const node = walker.currentNode;
      if (node.parentElement.closest("ins")) continue;
      const odd = node.parentElement.closest(".odd");
      const size = odd ? 1 : length(node.data);
      if (at + size > start && size) hits.push(odd ? [odd] : [node, units(node.data, Math.max(0, start - at)), units(node.data, Math.min(size, end - at))]);
      at += size;
    }
    const marks = hits.map(([node, from, to]) => {
      const wrap = el("mark", { class: "proof" });
      const piece = from === undefined ? node : node.splitText(from);
      if (from !== undefined) piece.splitText(to - from);
      piece.replaceWith(wrap);
      wrap.append(piece);
      return wrap;
    });
    if (marks.length) marks[0].scrollIntoView({ block: "center" });
  };

  // ---- deciding ----

  const set = (i, verdict, text) => {
    const c = file.changes[i];
    past.push([[i, c.verdict, c.text]]);
    Object.assign(c, { verdict, text });
  };

  const decide = (verdict, text) => {
    if (current < 0) return;
    const i = current, was = file.changes[i].verdict;
    set(i, verdict, text);
    keep();
    refresh([i], verdict === "edit" || was === "edit");
    const go = next(i, 1, true);
    if (go >= 0) choose(go); else { drawDetail(); mark(false); }
  };

  const refresh = (changed, whole) => {
    if (whole || changed.length > 300 || changed.some((i) => file.changes[i].crossed)) draw();
    else for (const i of changed) redraw(i);
  };

  const reopen = () => {
    const c = file.changes[current];
    if (!c || !c.verdict) return;
    const was = c.verdict;
    set(current, undefined, undefined);
    keep();
    refresh([current], was === "edit");
    drawDetail();
    mark(false);
  };

  const decideRule = (verdict) => {
    if (current < 0) return;
    const rule = file.changes[current].findings[0].rule;
    const step = [];
    file.changes.forEach((c, i) => {
      if (c.findings[0].rule === rule && !c.verdict) { step.push([i, c.verdict, c.text]); c.verdict = verdict; }
    });
    past.push(step);
    keep();
    refresh(step.map(([i]) => i), false);
    const go = next(current, 1, true);
    if (go >= 0) choose(go); else drawDetail();
  };

  const undo = () => {
    const step = past.pop();
    if (!step) return;
    const whole = step.some(([i, verdict]) => verdict === "edit" || file.changes[i].verdict === "edit");
    for (const [i, verdict, text] of step) Object.assign(file.changes[i], { verdict, text });
    keep();
    refresh(step.map(([i]) => i), whole);
    choose(step[0][0]);
  };

  const edit = () => {
    const c = file.changes[current];
    if (!c || $("take")) return;
    const area = el("textarea", { "aria-label": "The replacement" });
    area.value = after(c);
    const close = () => { drawDetail(); $("edit").focus(); };
    area.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") close();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) decide("edit", area.value);
    });
    const box = document.querySelector("#detail .words");
    box.replaceWith(area);
    document.querySelector("#detail .acts").replaceChildren(
      el("button", { type: "button", class: "yes", id: "take", onclick: () => decide("edit", area.value) }, "Take this text"),
      el("button", { type: "button", onclick: close }, "Cancel"));
    area.focus();
  };

  // ---- saving ----

  const lines = () => {
    const out = [];
    for (const f of data.files) {
      for (const c of f.changes) {
        // What was decided before the page was made, and is open again now, is taken back by a verdict of "".
        if (!c.verdict && !c.was) continue;
        c.findings.forEach((finding, n) => {
          const verdict = c.verdict !== "edit" || !n ? c.verdict || "" : n < c.early ? "accept" : "reject";
          const line = { version: data.decisions, verdict, rule: finding.rule, before: finding.before, after: finding.after,
                         left: finding.left, right: finding.right, path: f.path };
          if (finding.at) line.at = finding.at;
          if (finding.nth) line.nth = finding.nth;
          if (c.why) line.why = c.why;
          if (verdict === "edit") line.text = c.text;
          out.push(JSON.stringify(line));
        });
      }
    }
    return out.map((line) => line + "\n").join("");
  };

  const save = (name, text) => {
    const url = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    const link = el("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };
  const saveDecisions = () => save("decisions.jsonl", lines());

  const setView = (name) => {
    view = name;
    for (const other of ["inline", "side", "clean"]) $(`view-${other}`).setAttribute("aria-pressed", String(other === name));
    draw();
    mark(true);
  };

  // ---- start ----

  for (const f of data.files) {
    for (const c of f.changes) c.was = c.verdict;
    restore(f);
  }
  drawStored();
  $("file").replaceChildren(...data.files.map((f, i) => el("option", { value: String(i) }, title(f))));
  $("file").addEventListener("change", () => show(+$("file").value));
  $("text").addEventListener("click", (event) => {
    const node = event.target.closest("[data-i]");
    if (node) choose(+node.dataset.i, false);
  });
  for (const name of ["rule", "kind", "safety", "state"]) $(`by-${name}`).addEventListener("change", () => { drawList(); mark(false); });
  for (const name of ["inline", "side", "clean"]) $(`view-${name}`).addEventListener("click", () => setView(name));
  $("save-decisions").addEventListener("click", saveDecisions);
  $("save-text").addEventListener("click", () => save(file.path.split(/[\\/]/).pop(), (file.marked ? "\ufeff" : "") + corrected(file)));
  // One who chose with the mouse goes on with the page's keys; one who uses the keyboard stays in the list.
  let pointed = false;
  document.addEventListener("pointerdown", (event) => { pointed = event.target.closest("select") !== null; });
  document.addEventListener("keydown", () => { pointed = false; }, true);
  document.addEventListener("change", (event) => { if (pointed && event.target.matches("select")) event.target.blur(); });
  $("show-list").addEventListener("click", () => {
    const shown = document.querySelector("aside").classList.toggle("listing");
    $("show-list").setAttribute("aria-expanded", String(shown));
  });
  $("keys").addEventListener("click", () => $("help").showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, textarea, input, dialog")) return;
    const views = ["inline", "side", "clean"];
    const act = {
      n: () => choose(next(current, 1)), j: () => choose(next(current, 1)), p: () => choose(next(current, -1)), k: () => choose(next(current, -1)),
      a: () => decide("accept"), r: () => decide("reject"), e: edit, u: undo, o: reopen, w: () => $("why") && $("why").focus(), A: () => decideRule("accept"), R: () => decideRule("reject"),
      v: () => setView(views[(views.indexOf(view) + 1) % 3]), s: saveDecisions, f: showFiles, "?": () => $("help").showModal(),
    }[event.key];
    if (act && file) { event.preventDefault(); act(); }
  });
  $("all-files").hidden = data.files.length < 2;
  $("all-files").addEventListener("click", showFiles);
  document.title = `Review: ${data.files.map((f) => named(f.path)).join(", ").slice(0, 80) || "nothing found"}`;
  if (data.files.length) open(data.files[0]);
  showFiles();
  // What a test, or a person at the console, may ask for.
  window.review = { corrected: (i = 0) => { const f = data.files[i]; const now = file; if (!f.slice) { open(f); open(now); } return corrected(f); }, decisions: lines };
})();
