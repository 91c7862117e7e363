// Locks a screen that nobody uses, keeps what is given until it is sent, and leaves no page offline.
const MINUTE = 60000, SHOWN = 60 * MINUTE, HIDDEN = 5 * MINUTE, TICK = 5000, LONG = 30000;
export const PATIENCE = 20000;

export const find = (what) => document.querySelector(what);
export const status = find(".save-status");

const box = find("[data-idle]");
const others = new BroadcastChannel("here");
let used = Date.now(), told = used, left = used, locking = false, sending = false, said = "";

export const tell = (words) => { if (status.textContent !== words) status.textContent = words; };
const say = (words) => tell(said = words);
const unsay = () => { if (status.textContent === said) say(""); };
export const post = (url, data = [], more = { keepalive: true }) => fetch(url, {
  method: "POST", body: new URLSearchParams([...data, ["csrfmiddlewaretoken", cookie("csrftoken")]]), redirect: "manual",
  headers: { Accept: "application/json" }, ...more,
});

const ask = (now) => {
  if (box.hidden !== now) return;
  box.hidden = !now;
  if (now) say(box.querySelector("p").textContent);
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
    await post(box.dataset.lock, [["at", path]]);
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
  box.querySelector("button").addEventListener("click", () => { use(); tellServer(); });
  setInterval(() => {
    const now = Date.now();
    if (locking || (document.hidden ? now - left >= HIDDEN : now - used >= SHOWN)) lock();
    else ask(!document.hidden && now - used >= SHOWN - MINUTE);
  }, TICK);
}

// What is not sent yet, and its revs.
const kept = (key, entry) => {
  if (entry === undefined) return JSON.parse(sessionStorage.getItem(key));
  if (entry) sessionStorage.setItem(key, JSON.stringify(entry));
  else sessionStorage.removeItem(key);
};
const path = location.pathname, here = `kept:${path}`, sent = `sent:${path}`;
const fields = [...document.querySelectorAll("main form[method=post] :is([name=rev], [name$='-rev'], [name=strokes], .choice:not([name=kind]), [name]:not([type=hidden], [type=password], button))")];
const isForm = fields.some(({ type }) => !/hidden|submit/.test(type));
const value = ({ type }) => (type === "submit" ? "ariaPressed" : /radio|checkbox/.test(type) ? "checked" : "value");
const name = ({ type, id, name, textContent }) => (type === "submit" ? textContent : id || name);
const pressed = () => fields.find((field) => field.ariaPressed);
const written = () => {
  const all = fields.map((field, at) => [at, name(field), field[value(field)]]);
  const waits = all.filter(([at]) => !fields[at].closest("[data-save]:not([data-waits])"));
  return (isForm || pressed()) && waits.length && waits;
};
export const keep = () => kept(here, written());
const mark = (choice) => {
  for (const field of fields) field.ariaPressed = field === choice || null;
  keep();
};

const waited = kept(here), unsent = waited ?? kept(sent);
const fits = unsent?.every(([at, was]) => fields[at] && name(fields[at]) === was);
if (fits) for (const [at, , was] of unsent) fields[at][value(fields[at])] = was;
kept(here, fits ? unsent : null);
// What was sent is not pressed again on the page that answers it.
if (fits && !waited && performance.getEntriesByType("navigation")[0].type === "navigate") mark();
for (const key of Object.keys(sessionStorage)) if (key.startsWith("sent:")) kept(key, null);
addEventListener("input", ({ target }) => fields.includes(target) && keep());

const read = (url) => fetch(url, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) }).then((reply) => reply.text()).catch(() => "");

// Nothing is posted before the server answers and all of `before` say yes.
export const before = [];
let going, retry, wait = 500;
const press = () => !locking && !going && pressed()?.click();
const stay = ({ dataset }) => {
  const choice = pressed()?.querySelector(".option-label");
  say((dataset.offline ?? status.dataset.offline) + (choice ? ` ${status.dataset.here} ${choice.textContent}` : ""));
  clearTimeout(retry);
  retry = setTimeout(press, wait = Math.min(LONG, wait * 2));
  setTimeout(() => find("[data-late]")?.removeAttribute("hidden"), LONG);
};

document.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (event.defaultPrevented || target.method !== "post" || !submitter || going === submitter) return;
  event.preventDefault();
  if (going) return;
  going = target;
  if (submitter.closest("main")) mark(submitter);
  const slow = setTimeout(() => say(status.dataset.busy), 1000);
  const free = (await Promise.all(before.map((each) => each()))).every(Boolean);
  const there = await read("/healthz") === "ok";
  clearTimeout(slow);
  going = null;
  if (!free) return;
  if (!there) return stay(target);
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
  stay(status);
});
addEventListener("online", unsay);
addEventListener("online", press);
press();

// The text changed.
const rev = find("[name=draft_rev]");
if (rev) addEventListener("focus", async () => {
  const now = await read(path.replace(/^(.room.[^/]+.).*/, "$1rev/"));
  if (now > 0 && now !== rev.value) location.reload();
});
