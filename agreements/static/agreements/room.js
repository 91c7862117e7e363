// Locks a screen that nobody uses, keeps what is written until the server has it, and leaves no page offline.
const MINUTE = 60000, SHOWN = 60 * MINUTE, HIDDEN = 5 * MINUTE, TICK = 5000, PATIENCE = 20000, LONG = 30000;

export const find = (what) => document.querySelector(what);
export const status = find(".save-status");
export const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

const box = find("[data-idle]");
const others = new BroadcastChannel("here");
let used = Date.now(), told = used, left = used, locking = false, sending = false, said = "";

const say = (words) => { status.textContent = said = words; };
const unsay = () => { if (status.textContent === said) say(""); };
const post = (url, data) => fetch(url, {
  method: "POST", body: new URLSearchParams({ ...data, csrfmiddlewaretoken: token() }), redirect: "manual", keepalive: true,
});

const ask = (now) => {
  if (box.hidden !== now) return;
  box.hidden = !now;
  if (now) say(find("[data-idle] p").textContent);
  else unsay();
};

const tellServer = () => {
  told = Date.now();
  post(box.dataset.here).then((reply) => reply.status === 403 && location.reload(), () => { told = 0; });
};

const use = (event) => {
  if (locking || event?.target.closest?.("[data-idle]")) return;
  used = left = Date.now();
  ask(false);
  others.postMessage("");
  if (used - told >= HIDDEN) tellServer();
};

const lock = async () => {
  if (sending) return;
  locking = sending = true;
  find("main").hidden = true;
  try {
    await post(box.dataset.lock, { at: path });
    location.reload();
  } catch {
    sending = false;
  }
};

if (box) {
  for (const name of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(name, use, { capture: true, passive: true });
  addEventListener("visibilitychange", () => {
    if (document.hidden) left = Date.now();
    else if (Date.now() - left >= HIDDEN) lock();
    else use();
  });
  others.onmessage = () => { used = left = Date.now(); ask(false); };
  find("[data-idle] button").addEventListener("click", () => { use(); tellServer(); });
  setInterval(() => {
    const now = Date.now();
    if (locking || (document.hidden ? now - left >= HIDDEN : now - used >= SHOWN)) lock();
    else ask(!document.hidden && now - used >= SHOWN - MINUTE);
  }, TICK);
}

// What is not sent yet, and the revs it was written on.
export const kept = (key, entry) => {
  if (entry === undefined) return JSON.parse(sessionStorage.getItem(key));
  if (entry) sessionStorage.setItem(key, JSON.stringify(entry));
  else sessionStorage.removeItem(key);
};
const path = location.pathname, here = `kept:${path}`, sent = `sent:${path}`;
const fields = [...document.querySelectorAll("main form[method=post] :is([name=rev], [name$='-rev'], input:not([type=hidden], [type=password]), select, textarea)")];
const isForm = fields.some((field) => field.type !== "hidden");
const value = ({ type }) => (/radio|checkbox/.test(type) ? "checked" : "value");
const written = () => {
  const all = fields.map((field, at) => [at, field.name, field[value(field)]]);
  const waits = all.filter(([at]) => !fields[at].closest("[data-save]:not([data-waits])"));
  return isForm && waits.length && waits;
};
export const keep = () => kept(here, written());

const unsent = kept(here) ?? kept(sent);
const fits = isForm && unsent?.every(([at, name]) => fields[at]?.name === name);
if (fits) for (const [at, , was] of unsent) fields[at][value(fields[at])] = was;
kept(here, fits ? unsent : null);
for (const key of Object.keys(sessionStorage)) if (key.startsWith("sent:")) kept(key, null);
addEventListener("input", ({ target }) => fields.includes(target) && keep());

// Nothing is posted before the server answers and all of `before` say yes.
export const before = [];
let going, patience;

const stay = (form) => {
  say(form?.dataset.offline ?? status.dataset.offline);
  patience ??= setTimeout(() => { for (const hint of document.querySelectorAll("[data-late]")) hint.hidden = false; }, LONG);
};
const answers = () => fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })
  .then((reply) => reply.text()).then((words) => words === "ok", () => false);

document.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (event.defaultPrevented || target.method !== "post" || !submitter || going === submitter) return;
  event.preventDefault();
  if (going) return;
  going = target;
  const slow = setTimeout(() => say(status.dataset.busy), 1000);
  const free = (await Promise.all(before.map((each) => each()))).every(Boolean);
  const there = await answers();
  clearTimeout(slow);
  going = null;
  if (!free) return;
  if (!there) return stay(target);
  clearTimeout(patience);
  unsay();
  kept(here, null);
  kept(sent, written());
  going = submitter;
  submitter.click();
  setTimeout(() => { going = null; }, 1000);
});
addEventListener("click", (event) => {
  if (navigator.onLine || !event.target.closest?.("a[href]:not([href^='#'], [target])")) return;
  event.preventDefault();
  stay();
});
addEventListener("online", unsay);

// The text has changed meanwhile.
const rev = find("[name=draft_rev]");
if (rev) {
  addEventListener("focus", async () => {
    const now = await fetch(path.replace(/^(.room.[^/]+.).*/, "$1rev/")).then((reply) => reply.text(), () => "");
    if (now > 0 && now !== rev.value) location.reload();
  });
}
