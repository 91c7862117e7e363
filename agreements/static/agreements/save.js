// Saves each answer when it is given; every page works without it. views/turn.py says what is sent and answered.
// One request at a time for each term; a failed one is repeated as it was before anything newer is sent.
const PATIENCE = 20000, TYPING = 800, SMALL = 60000;

const status = document.querySelector(".save-status");
const form = document.querySelector("form[data-draft]");
const terms = [];
const key = `unsent:${form?.dataset.draft}`;

const token = () =>
  document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken?.value ?? "";
const fresh = () =>
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const answer = (chosen, words) => JSON.stringify({ chosen: [...chosen], words: words ?? "" });

const stored = () => {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
};
const keepUnsent = (url, entry) => {
  const all = stored();
  if (entry) all[url] = entry;
  else delete all[url];
  try {
    if (Object.keys(all).length) sessionStorage.setItem(key, JSON.stringify(all));
    else sessionStorage.removeItem(key);
  } catch { /* no storage: values wait in this page only */ }
};

const say = (word, at = "") => {
  const text = `${status.dataset[word]} ${at}`.trim();
  if (status.textContent !== text) status.textContent = text;
  document.querySelector("[data-save-now]").hidden = !["trouble", "offline"].includes(word);
  document.querySelector("[data-save-reload]").hidden = word !== "again";
};

class Term {
  constructor(url, fieldset, entry) {
    this.url = url;
    this.fieldset = fieldset;
    this.rev = fieldset?.dataset.rev ?? entry.rev;
    this.saved = this.wanted = fieldset ? this.read() : "";
    this.failures = 0;
    if (entry) this.restore(entry);
    fieldset?.addEventListener("input", (event) => this.changed(event));
    fieldset?.addEventListener("change", (event) => this.changed(event));
  }

  restore({ rev, sent, wanted }) {
    Object.assign(this, { rev, sent, wanted });
    if (this.fieldset) this.show(wanted);
  }

  get inputs() {
    return [...this.fieldset.querySelectorAll("input:not([type=hidden]), select, textarea")];
  }

  get waiting() {
    return Boolean(this.sent) || (this.wanted !== this.saved && this.wanted !== this.refused);
  }

  read() {
    const isChoice = (input) => ["radio", "checkbox"].includes(input.type);
    const chosen = this.inputs.filter((input) => (isChoice(input) ? input.checked : input.matches("select") && input.value));
    const words = this.inputs.find((input) => !isChoice(input) && !input.matches("select"));
    return answer(chosen.map((input) => input.value), words?.value);
  }

  show(wanted) {
    const { chosen, words } = JSON.parse(wanted);
    for (const input of this.inputs) {
      if (["radio", "checkbox"].includes(input.type)) input.checked = chosen.includes(input.value);
      else input.value = input.matches("select") ? chosen[0] ?? "" : words;
    }
  }

  spoken(wanted) {
    const { chosen, words } = JSON.parse(wanted);
    const input = (value) => this.inputs.find((each) => each.value === value);
    const label = (value) => input(value)?.closest("label")?.querySelector(".option-label")?.textContent ?? value;
    return [...chosen.map(label), words].filter(Boolean).join(", ") || status.dataset.none;
  }

  // In the order of the page: equal answers are equal texts.
  ordered({ chosen, words }) {
    if (!this.fieldset) return answer(chosen, words);
    const known = this.inputs.map((input) => input.value).filter((value) => chosen.includes(value));
    return answer(known.length === chosen.length ? known : chosen, words);
  }

  changed(event) {
    const typing = event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
    const alone = (this.fieldset.dataset.alone ?? "").split(" ");
    if (event.target.checked && event.target.type === "checkbox") {
      const isAlone = alone.includes(event.target.value);
      for (const other of this.inputs) {
        if (other !== event.target && other.type === "checkbox" && (isAlone || alone.includes(other.value))) other.checked = false;
      }
    }
    this.wanted = this.read();
    this.remember();
    if (this.clash) this.clash.textContent = this.spoken(this.wanted);
    clearTimeout(this.timer);
    if (typing && event.type === "input") this.timer = setTimeout(() => this.push(), TYPING);
    else this.push();
  }

  remember() {
    keepUnsent(this.url, this.waiting ? { rev: this.rev, sent: this.sent, wanted: this.wanted } : null);
  }

  push() {
    clearTimeout(this.timer);
    if (this.busy || this.clash || !this.waiting) return this.busy;
    this.sent ??= { answer: this.wanted, rev: this.rev, key: fresh() };
    this.remember();
    this.busy = this.send().finally(() => {
      this.busy = null;
      if (!this.failures && this.waiting) this.push();
    });
    return this.busy;
  }

  async send() {
    const { chosen, words } = JSON.parse(this.sent.answer);
    const body = new URLSearchParams(chosen.map((value) => ["value", value]));
    const rest = { words, rev: this.sent.rev, form_key: this.sent.key, csrfmiddlewaretoken: token() };
    for (const [name, value] of Object.entries(rest)) body.append(name, value);
    const slow = setTimeout(() => say("busy"), 1000);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const reply = await fetch(this.url, {
        method: "POST", body, redirect: "error", signal: stop.signal, headers: { Accept: "application/json" },
        keepalive: document.hidden && body.toString().length < SMALL,
      });
      const data = await reply.json().catch(() => null);
      this.hear(reply, data);
    } catch {
      this.fail(navigator.onLine ? "trouble" : "offline");
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
    }
  }

  hear(reply, data) {
    if (reply.ok && reply.headers.get("X-Saved") && data) this.accept(this.sent.answer, data);
    else if (reply.status === 409 && data?.chosen) this.meet(this.ordered(data), data);
    else if ([401, 403].includes(reply.status)) this.fail("again");
    else if (reply.status >= 400 && reply.status < 500 && ![408, 425, 429].includes(reply.status)) this.refuse(data);
    else this.fail(reply.status >= 500 ? "trouble" : "offline", reply.status >= 500);
  }

  accept(value, { rev, at }) {
    Object.assign(this, { saved: value, rev, sent: null, clash: null, failures: 0, refused: null, broken: false });
    this.remember();
    this.note("");
    if (this.fieldset) {
      this.forgive(value);
      this.fieldset.dataset.rev = rev;
      for (const input of this.fieldset.querySelectorAll("input[type=hidden][name$=rev]")) input.value = rev;
    }
    if (!terms.some((term) => term.waiting)) say("saved", at);
    for (const term of terms) if (term.failures) term.push();
  }

  // An answered question no longer stands among what is missing.
  forgive(value) {
    if (!this.fieldset.matches(".field-error") || value === answer([])) return;
    this.fieldset.classList.remove("field-error");
    this.fieldset.querySelector(".errorlist")?.remove();
    const summary = document.querySelector(".error-summary");
    for (const input of this.inputs) summary?.querySelector(`a[href="#${CSS.escape(input.id)}"]`)?.closest("li").remove();
    if (summary && !summary.querySelector("li")) summary.remove();
  }

  fail(word, broken = false) {
    this.broken = broken;
    this.failures += 1;
    say(word);
    if (word === "again") return;
    this.timer = setTimeout(() => this.push(), Math.min(30000, 500 * 2 ** this.failures));
  }

  refuse(data) {
    Object.assign(this, { refused: this.sent.answer, sent: null, failures: 0 });
    this.remember();
    this.note(data?.message ?? status.dataset.refused);
    say("refused");
  }

  note(words) {
    if (!this.fieldset || (!words && !this.notice)) return;
    this.notice ??= this.fieldset.appendChild(Object.assign(document.createElement("p"), { className: "refused" }));
    this.notice.textContent = words;
  }

  meet(theirs, data) {
    if (theirs === this.wanted) return this.accept(theirs, data);
    this.clash = document.createElement("dd");
    if (!this.fieldset) return;
    const box = document.querySelector(".clash-words").content.cloneNode(true).firstElementChild;
    box.querySelector("[data-clash-at]").textContent = data.at ?? "";
    box.querySelector("[data-clash-saved]").textContent = this.spoken(theirs);
    this.clash = box.querySelector("[data-clash-here]");
    this.clash.textContent = this.spoken(this.wanted);
    box.querySelector("[data-clash-keep]").addEventListener("click", () => this.settle(box, theirs, data));
    box.querySelector("[data-clash-mine]").addEventListener("click", () => this.settle(box, this.wanted, data, theirs));
    this.fieldset.append(box);
    say("changed");
  }

  settle(box, wanted, data, saved = wanted) {
    box.remove();
    this.wanted = wanted;
    this.show(wanted);
    this.inputs.find((input) => input.checked || input.matches("textarea"))?.focus();
    this.accept(saved, data);
    this.push();
  }
}

const pushAll = () => Promise.all(terms.map((term) => term.push()));

const submitted = async (event) => {
  const waiting = terms.filter((term) => term.fieldset && (term.waiting || term.clash));
  if (!waiting.length || !event.submitter) return;
  event.preventDefault();
  if (form.dataset.held) return;
  form.dataset.held = "yes";
  await pushAll();
  await pushAll();
  delete form.dataset.held;
  const stuck = waiting.find((term) => term.clash) ?? waiting.find((term) => term.waiting && !term.broken);
  if (stuck?.clash) stuck.fieldset.querySelector(".clash")?.focus();
  if (stuck) return;
  for (const term of waiting) keepUnsent(term.url, null);
  form.removeEventListener("submit", submitted);
  event.submitter.click();
  form.addEventListener("submit", submitted);
};

if (form && status) {
  const unsent = stored();
  for (const fieldset of form.querySelectorAll("fieldset[data-save]")) {
    terms.push(new Term(fieldset.dataset.save, fieldset, unsent[fieldset.dataset.save]));
    delete unsent[fieldset.dataset.save];
  }
  for (const [url, entry] of Object.entries(unsent)) terms.push(new Term(url, null, entry));
  form.addEventListener("submit", submitted);
  addEventListener("online", pushAll);
  addEventListener("offline", () => terms.some((term) => term.waiting) && say("offline"));
  document.addEventListener("visibilitychange", pushAll);
  document.querySelector("[data-save-now]").addEventListener("click", pushAll);
  document.querySelector("[data-save-reload]").addEventListener("click", () => location.reload());
  pushAll();
}
