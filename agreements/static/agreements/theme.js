// In the head of every page: the look, and small guards.
const root = document.documentElement;
const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]+)`)?.[1];
const remember = (name, value) => {
  root.dataset[name] = value;
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
};
root.classList.add("js");
for (const name of ["theme", "text"]) if (cookie(name)) root.dataset[name] = cookie(name);

const switches = {
  theme: () => ((root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches) ? "light" : "dark"),
  text: () => (root.dataset.text === "big" ? "usual" : "big"),
};
addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-switch], [data-print], a[href]"), name = button?.dataset.switch;
  if (name) remember(name, switches[name]());
  else if (button?.href) anew("[data-held]");
  else if (button) print();
});

// A second tap within a second is a slip of the hand.
addEventListener("submit", (event) => {
  const { target } = event, key = target.csrfmiddlewaretoken, now = cookie("csrftoken");
  if (event.defaultPrevented) return;
  if (Date.now() - target.sent < 1000) return event.preventDefault();
  target.sent = Date.now();
  anew("[data-held]");
  // Signing in again in another tab changes the key.
  if (key && now) key.value = now;
});

// From the browser's memory: it may be somebody else's by now.
addEventListener("pageshow", (event) => {
  if (root.hidden = event.persisted) location.reload();
});

addEventListener("toggle", ({ target }) => target.matches(".crisis-steps[open]") && target.scrollIntoView({ block: "nearest" }), true);

// Reload and Back ask anew for what answers a post; where that holds what was posted, once it is left.
const anew = (where) => document.querySelector(where) && history.replaceState(null, "");
addEventListener("DOMContentLoaded", () => {
  anew("[data-posted]:not(:has([data-held]))");
  // The desk holds nothing of the room.
  if (!document.body.matches(".desk")) return;
  for (const key of Object.keys(sessionStorage)) if (!/^kept:.*prepare.$/.test(key)) sessionStorage.removeItem(key);
});
