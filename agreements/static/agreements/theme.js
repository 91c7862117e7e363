// In the head of every page: the look, and small guards.
(() => {
  const root = document.documentElement;
  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]+)`)?.[1];
  const remember = (name, value) => {
    root.dataset[name] = value;
    document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  };
  root.classList.add("js");
  for (const name of ["theme", "text"]) if (cookie(name)) root.dataset[name] = cookie(name);

  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const switches = {
    theme: () => remember("theme", isDark() ? "light" : "dark"),
    text: () => remember("text", root.dataset.text === "big" ? "usual" : "big"),
  };
  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-switch], [data-print]");
    if (button?.dataset.switch) switches[button.dataset.switch]();
    else if (button) print();
  });

  // A second tap within a second is a slip of the hand.
  const sent = new WeakMap();
  addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (Date.now() - (sent.get(event.target) ?? -Infinity) < 1000) return event.preventDefault();
    sent.set(event.target, Date.now());
    // Signing in again in another tab changes the key.
    const key = cookie("csrftoken");
    const field = event.target.querySelector("[name=csrfmiddlewaretoken]");
    if (key && field) field.value = key;
  });

  // From the browser's memory: it may be somebody else's by now.
  addEventListener("pageshow", (event) => {
    if (root.hidden = event.persisted) location.reload();
  });

  addEventListener("toggle", ({ target }) => target.matches("details.crisis-steps[open]") && target.scrollIntoView({ block: "nearest" }), true);

  // What a tab need not hold any more.
  addEventListener("DOMContentLoaded", () => {
    const is = (frame) => document.body.matches(frame);
    for (const key of Object.keys(sessionStorage)) {
      const stays = is(".desk") ? /^kept:.*prepare.$/.test(key) : !is(".room") || !key.startsWith("ink:") || document.querySelector(`[data-ink="${key.slice(4)}"]`);
      if (!stays) sessionStorage.removeItem(key);
    }
  });
})();
