import { h, number, parseNumber, setText, slider } from "./dom.js";
import { expression, inOrder, isInput, sharesAfter, stepsOf, total, valuesOf } from "./graph_math.js";
import { drawGraph } from "./graph_picture.js";
import { bracketed, stepLines } from "./graph_words.js";
import { follow, makePlayer, makeRoot, standAlone } from "./host.js";

// The computation graph, a node at a time: forward with values, then backward with adjoints.

export function render({ model, el }) {
  const view = { width: 0, refusal: "" };
  const { root, dispose } = makeRoot(el, "Computation graph stepper", (width) => {
    view.width = width;
    draw();
  });
  const state = follow(model, ["graph", "step", "note"], () => draw());
  const graph = () => model.get("graph");
  const last = () => stepsOf(graph()).length;
  const step = () => Math.max(0, Math.min(last(), model.get("step")));
  const goTo = (place, { save = true } = {}) => {
    view.refusal = "";
    if (save) state.change({ step: Math.max(0, Math.min(last(), place)) });
    else model.set("step", place);
  };
  const pick = (place) => {
    player.stop();
    goTo(place);
  };
  const player = makePlayer({
    interval: () => 1400,
    tick() {
      if (step() >= last()) return false;
      goTo(step() + 1, { save: false });
      return true;
    },
    onchange(isPlaying) {
      if (!isPlaying) model.save_changes();
      draw();
    },
  });
  const button = (text, title, onclick) => h("button", { type: "button", class: "g-button", title, onclick }, text);
  const play = button("Play", "Let it run, a node at a time", () => {
    if (player.isPlaying()) return player.stop();
    if (step() >= last()) goTo(0);
    return player.start();
  });
  play.classList.add("g-main");
  const scrubber = slider({ label: "Step", min: 0, max: 12, shows: (value) => `${value} of ${last()}`, oninput: pick });
  const inputs = h("div", { class: "g-inputs" });
  const picture = h("div", { class: "g-graph" });
  const lesson = h("div", { class: "g-line g-lesson" });
  const table = h("table", { class: "g-table" });
  const alert = h("p", { class: "g-alert", role: "alert" });
  const status = h("p", { class: "g-aloud", role: "status" });
  root.append(
    h(
      "div",
      { class: "g-player g-first" },
      play,
      button("Back", "One step back", () => pick(step() - 1)),
      button("Step", "One step on", () => pick(step() + 1)),
      button("Start", "Back to the inputs", () => pick(0)),
      scrubber.element,
    ),
    inputs,
    alert,
    picture,
    lesson,
    h("div", { class: "g-scroll", tabindex: 0, role: "region", "aria-label": "All nodes" }, table),
    status,
  );

  function setInput(name, text) {
    const value = parseNumber(text);
    const before = graph().find((node) => node.name === name).value;
    if (value === null || Math.abs(value) > 1e5) {
      view.refusal = `“${text.slice(0, 30)}” is not a number between −100000 and 100000, so ${name} stays ${number(before)}.`;
      draw();
      return;
    }
    view.refusal = "";
    state.change({ graph: graph().map((node) => (node.name === name ? { ...node, value } : node)) });
    draw();
  }

  function drawInputs(nodes) {
    const names = nodes.filter(isInput).map((node) => node.name);
    const fields = [...inputs.querySelectorAll("input")];
    if (fields.map((field) => field.dataset.name).join() !== names.join()) {
      inputs.replaceChildren(
        ...names.map((name) => {
          const field = h("input", { type: "text", "data-name": name, size: 5, autocomplete: "off" });
          field.addEventListener("change", () => setInput(name, field.value));
          return h("label", {}, h("i", {}, name), " = ", field);
        }),
      );
    }
    for (const field of inputs.querySelectorAll("input")) {
      const text = number(nodes.find((node) => node.name === field.dataset.name).value, 4);
      if (field !== field.ownerDocument.activeElement || view.refusal) field.value = text;
    }
  }

  function drawTable(nodes, values, shares, done) {
    const cell = (tag, ...content) => h(tag, tag === "th" ? { scope: "col" } : {}, ...content);
    const rows = nodes.map((node) => {
      const got = shares[node.name];
      const sum =
        got.length > 1
          ? `${got.map((one) => bracketed(one.share)).join(" + ")} = ${number(total(got), 4)}`
          : got.length
            ? number(total(got), 4)
            : "";
      const known = done.has(node.name);
      const line = h(
        "tr",
        {},
        h("th", { scope: "row" }, node.name),
        cell("td", isInput(node) ? "input" : expression(node)),
        cell("td", known ? number(values[node.name], 4) : ""),
        cell("td", sum),
      );
      line.dataset.name = node.name;
      if (known) line.dataset.value = values[node.name];
      if (got.length) line.dataset.adjoint = total(got);
      return line;
    });
    const head = h(
      "tr",
      {},
      cell("th", "node"),
      cell("th", "is"),
      cell("th", "value"),
      cell("th", "adjoint ∂output/∂node"),
    );
    table.replaceChildren(h("thead", {}, head), h("tbody", {}, ...rows));
  }

  function draw() {
    if (view.width === 0) return;
    const nodes = inOrder(graph());
    const steps = stepsOf(nodes);
    const count = step();
    const now = count > 0 ? steps[count - 1] : null;
    const values = valuesOf(nodes);
    const shares = sharesAfter(nodes, count);
    const done = new Set(nodes.filter(isInput).map((node) => node.name));
    for (const { kind, node } of steps.slice(0, count)) if (kind === "forward") done.add(node.name);
    scrubber.input.max = steps.length;
    scrubber.update(count, { highest: steps.length });
    setText(play, player.isPlaying() ? "Pause" : "Play");
    const complaint = [view.refusal, model.get("note")].filter(Boolean).join(" ");
    setText(alert, complaint);
    alert.hidden = !complaint;
    drawInputs(nodes);
    picture.replaceChildren(drawGraph(nodes, { values, shares, done, now, width: view.width }));
    lesson.replaceChildren(...stepLines(values, shares, now));
    drawTable(nodes, values, shares, done);
    if (!player.isPlaying()) setText(status, lesson.textContent);
  }

  draw();
  return () => {
    player.stop();
    state.dispose();
    dispose();
  };
}

export default { render };
