// In the head of every page: marks that scripts run, the two look switches, and small guards.
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

  // A second tap within a second is a slip of the hand, not a second wish.
  const sent = new WeakMap();
  addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (Date.now() - (sent.get(event.target) ?? -Infinity) < 1000) return event.preventDefault();
    sent.set(event.target, Date.now());
    // Signing in again in another tab changes the form's key: the cookie has the one that holds.
    const key = cookie("csrftoken");
    const field = event.target.querySelector("[name=csrfmiddlewaretoken]");
    if (key && field) field.value = key;
  });

  // A page from the browser's memory may be somebody else's by now: hide it and ask the server.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    root.hidden = true;
    location.reload();
  });

  addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.crisis-steps[open]")) event.target.scrollIntoView({ block: "nearest" });
  }, true);

  // For browsers that know autofocus on inputs only.
  addEventListener("load", () => setTimeout(() => {
    if (document.activeElement === document.body) document.querySelector(".error-summary")?.focus();
  }, 300));
  addEventListener("DOMContentLoaded", () => {
    try {
      const pads = new Set([...document.querySelectorAll("[data-ink]")].map((pad) => `ink:${pad.dataset.ink}`));
      const [desk, room] = ["desk", "room"].map((frame) => document.body.classList.contains(frame));
      for (const key of Object.keys(sessionStorage)) {
        if (desk || (room && key.startsWith("ink:") && !pads.has(key))) sessionStorage.removeItem(key);
      }
    } catch { /* no storage: nothing to tidy */ }
  });
})();
