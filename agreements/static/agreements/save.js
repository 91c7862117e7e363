// Saves each answer when it is given (views/saving.py). A failed save is repeated as it was before anything newer.
import { before, find, keep, PATIENCE, post, status, tell } from "./room.js";

const TYPING = 800;

const terms = [];
const fresh = () => crypto.getRandomValues(new BigUint64Array(3)).join("").slice(-32);
const answer = (chosen, words) => JSON.stringify({ chosen, words: words ?? "" });

const say = (word, at = "") => {
  tell(`${status.dataset[word]} ${at}`.trim());
  find("[data-save-now]").hidden = !/trouble|offline/.test(word);
  find("[data-save-reload]").hidden = word !== "again";
};

class Term {
  constructor(fieldset) {
    this.fieldset = fieldset;
    this.rev = fieldset.querySelector("[name$=rev]");
    this.inputs = [...fieldset.querySelectorAll("input:not([type=hidden]), textarea")];
    this.choices = this.inputs.filter((input) => input.type !== "textarea");
    this.words = this.inputs.find((input) => input.type === "textarea");
    this.saved = this.read("defaultChecked", "defaultValue");
    this.wanted = this.read();
    this.failures = 0;
    for (const name of ["input", "change"]) fieldset.addEventListener(name, (event) => this.changed(event));
    // What is chosen again is saved again: another screen may have changed it.
    fieldset.addEventListener("click", ({ target }) => {
      if (target.type !== "radio" || this.waiting || this.read() !== this.saved) return;
      this.saved = "";
      this.push();
    });
  }

  get waiting() {
    return Boolean(this.sent) || (this.wanted !== this.saved && this.wanted !== this.refused);
  }

  read(checked = "checked", value = "value") {
    return answer(this.choices.filter((input) => input[checked]).map((input) => input.value), this.words?.[value]);
  }

  show(wanted) {
    const { chosen, words } = JSON.parse(wanted);
    for (const input of this.choices) input.checked = chosen.includes(input.value);
    if (this.words) this.words.value = words;
  }

  spoken(wanted) {
    const { chosen, words } = JSON.parse(wanted);
    const inputs = this.choices.filter((input) => chosen.includes(input.value));
    return [...inputs.map((input) => input.closest("label").querySelector(".option-label").textContent), words].filter(Boolean).join(", ") || status.dataset.none;
  }

  changed({ target, type }) {
    if (target.checked && target.type === "checkbox") {
      for (const other of this.choices) {
        if (other !== target && other.type === "checkbox" && [target, other].some((each) => /^(unsure|no_texting|leave_out)$/.test(each.value))) other.checked = false;
      }
    }
    this.wanted = this.read();
    remember();
    if (this.clash) this.clash.textContent = this.spoken(this.wanted);
    clearTimeout(this.timer);
    if (target === this.words && type === "input") this.timer = setTimeout(() => this.push(), TYPING);
    else this.push();
  }

  push() {
    clearTimeout(this.timer);
    if (this.busy || this.clash || !this.waiting) return this.busy;
    this.sent ??= { answer: this.wanted, rev: this.rev.value, key: fresh() };
    this.busy = this.send().finally(() => {
      this.busy = null;
      if (!this.failures && this.waiting) this.push();
    });
    return this.busy;
  }

  async send() {
    const { chosen, words } = JSON.parse(this.sent.answer);
    const data = [...chosen.map((value) => ["value", value]), ["words", words], ["rev", this.sent.rev], ["form_key", this.sent.key]];
    const slow = setTimeout(() => say("busy"), 1000);
    try {
      const reply = await post(this.fieldset.dataset.save, data, { signal: AbortSignal.timeout(PATIENCE), keepalive: document.hidden });
      this.hear(reply, await reply.json().catch(() => null));
    } catch {
      this.fail(navigator.onLine ? "trouble" : "offline");
    } finally {
      clearTimeout(slow);
    }
  }

  hear(reply, data) {
    if (reply.ok && reply.headers.get("X-Saved") && data) this.accept(this.sent.answer, data);
    else if (reply.status === 409 && data?.chosen) this.meet(data);
    else if (/401|403/.test(reply.status)) this.fail("again");
    else if (/4(?!08|25|29)../.test(reply.status)) this.refuse(data);
    else this.fail(reply.status >= 500 ? "trouble" : "offline", reply.status >= 500);
  }

  accept(value, { rev, at }) {
    Object.assign(this, { saved: value, sent: null, clash: null, failures: 0, refused: null });
    this.rev.value = rev;
    this.note("");
    this.forgive(value);
    remember();
    if (!terms.some((term) => term.waiting)) say("saved", at);
    for (const term of terms) if (term.failures) term.push();
  }

  forgive(value) {
    if (value === answer([])) return;
    this.fieldset.classList.remove("field-error");
    this.fieldset.querySelector(".errorlist")?.remove();
    for (const link of document.querySelectorAll(".error-summary a")) if (this.fieldset.contains(find(link.hash))) link.closest("li").remove();
    find(".error-summary:not(:has(li))")?.remove();
  }

  fail(word, broken) {
    this.broken = broken;
    this.failures += 1;
    say(word);
    if (word === "again") return;
    this.timer = setTimeout(() => this.push(), Math.min(30000, 500 * 2 ** this.failures));
  }

  refuse(data) {
    Object.assign(this, { refused: this.sent.answer, sent: null, failures: 0 });
    remember();
    this.note(data?.message ?? status.dataset.refused);
    say("refused");
  }

  note(words) {
    if (!words && !this.notice) return;
    this.notice ??= this.fieldset.appendChild(Object.assign(document.createElement("p"), { className: "refused" }));
    this.notice.textContent = words;
  }

  meet({ chosen, words, ...data }) {
    const theirs = answer(this.choices.map((input) => input.value).filter((value) => chosen.includes(value)), words);
    if (theirs === this.wanted) return this.accept(theirs, data);
    const box = find(".clash-words").content.cloneNode(true).firstElementChild;
    const part = (name) => box.querySelector(`[data-clash-${name}]`);
    part("at").textContent = data.at ?? "";
    part("saved").textContent = this.spoken(theirs);
    this.clash = part("here");
    this.clash.textContent = this.spoken(this.wanted);
    part("keep").addEventListener("click", () => this.settle(box, theirs, data));
    part("mine").addEventListener("click", () => this.settle(box, this.wanted, data, theirs));
    this.fieldset.append(box);
    say("changed");
  }

  settle(box, wanted, data, saved = wanted) {
    box.remove();
    this.wanted = wanted;
    this.show(wanted);
    this.inputs.find((input) => input.checked || input === this.words)?.focus();
    this.accept(saved, data);
    this.push();
  }
}

const remember = () => {
  for (const term of terms) term.fieldset.toggleAttribute("data-waits", term.waiting);
  keep();
};
const pushAll = () => Promise.all(terms.map((term) => term.push()));

before.push(async () => {
  const waiting = terms.filter((term) => term.waiting || term.clash);
  if (waiting.length) await pushAll().then(pushAll);
  const clash = waiting.find((term) => term.clash);
  clash?.fieldset.querySelector(".clash").focus();
  return !clash && !waiting.some((term) => term.waiting && !term.broken);
});

for (const fieldset of document.querySelectorAll("fieldset[data-save]")) terms.push(new Term(fieldset));
addEventListener("online", pushAll);
addEventListener("offline", () => terms.some((term) => term.waiting) && say("offline"));
document.addEventListener("visibilitychange", pushAll);
find("[data-save-now]").addEventListener("click", pushAll);
if (terms.length) remember();
pushAll();
