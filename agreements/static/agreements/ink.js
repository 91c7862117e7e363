// The pad for a drawn signature. Strokes are [[[x, y], …], …]: places, no times.
import { keep, tell } from "./room.js";

const WIDTH = 1000, HEIGHT = 300, NEAR = 2, MOST_POINTS = 6000;

const path = (points) => {
  const [[x, y], ...rest] = points;
  if (!rest.length) return `M${x} ${y}l.1 0`;
  const curve = rest.slice(0, -1).map(([px, py], i) => `Q${px} ${py} ${(px + rest[i + 1][0]) / 2} ${(py + rest[i + 1][1]) / 2}`);
  return `M${x} ${y}${curve.join("")}L${rest.at(-1).join(" ")}`;
};

class Pad {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.svg = box.querySelector("svg");
    this.input = box.querySelector("input[name=strokes]");
    this.problem = box.querySelector("[role=alert]");
    this.strokes = JSON.parse(this.input.value || "[]");
    this.pointer = null;
    this.redraw();
    this.show(this.strokes.length ? this.words.status : "");
    this.listen();
  }

  listen() {
    const on = (name, action) => this.svg.addEventListener(name, action);
    on("pointerdown", (event) => this.begin(event));
    on("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) on(name, (event) => this.end(event));
    on("touchstart", (event) => event.preventDefault());
    this.box.querySelector("[data-ink-undo]").addEventListener("click", () => this.take(this.strokes.slice(0, -1)));
    this.box.querySelector("[data-ink-clear]").addEventListener("click", () => this.take([]));
    this.input.form.addEventListener("submit", (event) => this.check(event));
  }

  point(event) {
    const box = this.svg.getBoundingClientRect();
    const within = (part, most) => Math.min(most, Math.max(0, Math.round(part * most)));
    return [within((event.clientX - box.left) / box.width, WIDTH), within((event.clientY - box.top) / box.height, HEIGHT)];
  }

  begin(event) {
    if (event.button > 0 || (this.pen && event.pointerType === "touch")) return;
    if (this.pointer !== null) {
      if (event.pointerType !== "pen" || this.pen) return;
      this.strokes.pop();
      this.line.remove();
    }
    this.pen ||= event.pointerType === "pen";
    this.pointer = event.pointerId;
    this.svg.setPointerCapture(event.pointerId);
    this.stroke = [this.point(event)];
    this.strokes.push(this.stroke);
    this.line = this.draw(this.stroke);
  }

  move(event) {
    if (event.pointerId !== this.pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) {
      const [x, y] = this.point(each), [lastX, lastY] = this.stroke.at(-1);
      if (Math.hypot(x - lastX, y - lastY) >= NEAR && this.strokes.flat().length < MOST_POINTS) this.stroke.push([x, y]);
    }
    this.line.setAttribute("d", path(this.stroke));
  }

  end(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.show(this.words.status);
  }

  draw(stroke) {
    const line = document.createElementNS(this.svg.namespaceURI, "path");
    line.setAttribute("d", path(stroke));
    return this.svg.appendChild(line);
  }

  redraw() {
    this.svg.replaceChildren();
    for (const stroke of this.strokes) this.draw(stroke);
  }

  take(strokes) {
    this.strokes = strokes;
    if (!strokes.length) this.pen = false;
    this.redraw();
    this.show(strokes.length ? this.words.status : this.words.cleared);
  }

  show(words) {
    this.input.value = this.strokes.length ? JSON.stringify(this.strokes) : "";
    this.svg.setAttribute("aria-label", this.strokes.length ? this.words.drawn : this.words.empty);
    if (this.strokes.length) this.problem.hidden = true;
    if (!words) return;
    tell(words);
    keep();
  }

  check(event) {
    if (event.submitter?.value !== "drawn" || this.strokes.length) return;
    event.preventDefault();
    this.problem.textContent = this.words.refuse;
    this.problem.hidden = false;
    this.box.scrollIntoView({ block: "center" });
  }
}

for (const box of document.querySelectorAll("[data-ink]")) new Pad(box);
