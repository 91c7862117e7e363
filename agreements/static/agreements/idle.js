// Locks a screen that nobody uses: after an hour while it is shown, after five minutes while it is not. A minute before,
// it asks. What was not saved yet waits in this browser.
const MINUTE = 60000, SHOWN = 60 * MINUTE, HIDDEN = 5 * MINUTE, TICK = 5000;

const box = document.querySelector("[data-idle]");
const status = document.querySelector(".save-status");
const others = new BroadcastChannel("here");  // tabs of the same browser
let used = Date.now(), told = used, left = used, asked = false, locking = false, sending = false;

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
const post = (url, data = {}) => fetch(url, {
  method: "POST", body: new URLSearchParams({ ...data, csrfmiddlewaretoken: token() }), redirect: "manual", keepalive: true,
});

const ask = (now) => {
  if (asked === now) return;
  asked = now;
  box.hidden = !now;
  if (status && now) status.textContent = box.dataset.words;
  else if (status?.textContent === box.dataset.words) status.textContent = "";
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
  document.querySelector("main").hidden = true;
  try {
    await post(box.dataset.lock, { at: location.pathname });
    location.reload();
  } catch {
    sending = false;  // no connection: the page stays hidden, and the next tick tries again
  }
};

const tick = () => {
  const now = Date.now();
  if (locking || (document.hidden ? now - left >= HIDDEN : now - used >= SHOWN)) lock();
  else ask(!document.hidden && now - used >= SHOWN - MINUTE);
};

if (box) {
  if (!status) box.setAttribute("role", "status");
  for (const name of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(name, use, { capture: true, passive: true });
  addEventListener("visibilitychange", () => {
    if (document.hidden) left = Date.now();
    else if (Date.now() - left >= HIDDEN) lock();
    else use();
  });
  others.onmessage = () => { used = left = Date.now(); ask(false); };
  box.querySelector("button").addEventListener("click", () => { use(); tellServer(); });
  setInterval(tick, TICK);
}
