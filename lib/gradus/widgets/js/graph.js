import { h, number, parseNumber, setText, slider, svg } from "./dom.js";
import { expression, inOrder, isInput, layout, operationSign, sharesAfter, stepsOf, total, valuesOf } from "./graph_math.js";
import { follow, makePlayer, makeRoot, standAlone } from "./host.js";

// The computation graph, a node at a time: forward with values, then backward with adjoints.

const BOX = { width: 122, height: 66 };

const bar = (name) => `${name[0]}\u0304${name.slice(1)}`;
const bracketed = (value) => (value < 0 ? `(${number(value)})` : number(value));

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
    h("div", { class: "g-player g-first" }, play, button("Back", "One step back", () => pick(step() - 1)), button("Step", "One step on", () => pick(step() + 1)), button("Start", "Back to the inputs", () => pick(0)), scrubber.element),
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

  function drawPicture(nodes, values, shares, done, now) {
    const { layers, tallest, places, routes } = layout(nodes);
    const down = view.width < 620;
    const along = down ? tallest : layers;
    const across = down ? layers : tallest;
    const gap = { x: Math.min(180, (view.width - 8) / along), y: down ? 108 : 88 };
    const side = Math.min(BOX.width, gap.x - (down ? 8 : 34));
    const size = { width: view.width, height: (across - 1) * gap.y + BOX.height + 10 };
    const left = (view.width - (along - 1) * gap.x) / 2;
    // The middle of a place.
    const at = ([layer, row]) => (down ? [left + row * gap.x, 5 + BOX.height / 2 + layer * gap.y] : [left + layer * gap.x, 5 + BOX.height / 2 + row * gap.y]);
    const drawing = svg("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: "img", "aria-label": "The graph; its numbers are in the table below" });
    const marker = `tip${Math.random().toString(36).slice(2)}`;
    const tip = (id, hue) =>
      svg("marker", { id, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 10, markerHeight: 10, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, svg("path", { d: "M0 0L10 5L0 10z", class: `g-f-${hue}` }));
    drawing.append(svg("defs", {}, tip(marker, "soft"), tip(`${marker}b`, "grad")));
    const labels = [];

    function edge(node, name, k, share) {
      // Edges arrive in the order in which they come, so that they do not cross.
      const before = node.inputs.map((one) => (routes[`${one}>${node.name}`].at(-1) ?? places[one])[1]);
      const rank = before.filter((row, n) => row < before[k] || (row === before[k] && n < k)).length;
      const shift = ((rank + 1) / (node.inputs.length + 1) - 0.5) * 30;
      const [x1, y1] = at(places[name]);
      const [x2, y2] = at(places[node.name]);
      const half = BOX.height / 2;
      const from = down ? [x1, y1 + half] : [x1 + side / 2, y1];
      const to = down ? [x2 + shift, y2 - half] : [x2 - side / 2, y2 + shift];
      const points = [from, ...routes[`${name}>${node.name}`].map(at), to];
      let d = `M${from}`;
      for (let n = 1; n < points.length; n++) {
        const [[ax, ay], [bx, by]] = [points[n - 1], points[n]];
        d += down ? `C${ax} ${(ay + by) / 2} ${bx} ${(ay + by) / 2} ${bx} ${by}` : `C${(ax + bx) / 2} ${ay} ${(ax + bx) / 2} ${by} ${bx} ${by}`;
      }
      const isNow = now?.kind === "backward" && now.node.name === node.name;
      const path = svg("path", { d, class: `g-edge ${isNow ? "g-h-grad g-now" : share ? "g-h-grad" : "g-h-soft"}` });
      path.setAttribute(isNow ? "marker-start" : "marker-end", `url(#${isNow ? `${marker}b` : marker})`);
      drawing.append(path);
      if (!isNow) return;
      const [[ax, ay], [bx, by]] = points.slice(-2);
      labels.push(svg("text", { x: (ax + bx) / 2, y: (ay + by) / 2 - 4, "text-anchor": "middle", class: "g-t-grad g-strong g-halo" }, `·${bracketed(share.local)}`));
    }

    for (const node of nodes) {
      const used = {};
      (node.inputs ?? []).forEach((name, k) => {
        used[name] = (used[name] ?? -1) + 1;
        edge(node, name, k, shares[name].filter((one) => one.from === node.name)[used[name]]);
      });
    }
    for (const node of nodes) {
      const [x, y] = at(places[node.name]);
      const known = done.has(node.name);
      const group = svg("g", { class: `g-node${now?.node.name === node.name ? " g-nownode" : ""}${isInput(node) ? " g-inputnode" : ""}` });
      group.append(svg("rect", { x: x - side / 2, y: y - BOX.height / 2, width: side, height: BOX.height, rx: isInput(node) ? 30 : 8 }));
      const text = (content, dy, classes) => group.append(svg("text", { x, y: y + dy, "text-anchor": "middle", class: classes }, content));
      const whole = isInput(node) ? node.name : `${node.name} = ${expression(node)}`;
      text(whole.length * 8 <= side ? whole : isInput(node) ? node.name : `${node.name}: ${operationSign(node)}`, -14, "g-nodename");
      text(known ? number(values[node.name]) : "?", 5, known ? "g-t-img g-strong" : "");
      const got = shares[node.name];
      if (got.length) text(`${bar(node.name)} = ${number(total(got))}`, 23, "g-t-grad g-strong");
      drawing.append(group);
    }
    drawing.append(...labels);
    picture.replaceChildren(drawing);
  }

  function lines(values, shares, now) {
    const say = (...parts) => h("p", {}, ...parts);
    const value = (x) => h("b", { class: "g-img" }, number(x, 4));
    const adjoint = (x) => h("b", { class: "g-grad" }, number(x, 4));
    if (!now) return [say("The inputs are given. Each step forward computes one node from nodes that are already known.")];
    const { kind, node } = now;
    if (kind === "forward") {
      const numbers = expression({ ...node, inputs: node.inputs.map((name) => bracketed(values[name])) });
      return [say(`Forward: ${node.name} = ${expression(node)} = ${numbers} = `, value(values[node.name]))];
    }
    if (kind === "seed") {
      return [say(`Backward begins at the output: ${bar(node.name)} = ∂${node.name}/∂${node.name} = `, adjoint(1), ".")];
    }
    const arriving = total(shares[node.name]);
    const said = [say(`Backward at ${node.name} = ${expression(node)}: the adjoint ${bar(node.name)} = `, adjoint(arriving), " has arrived whole.")];
    const seen = {};
    node.inputs.forEach((name) => {
      const mine = shares[name];
      const ours = mine.filter((one) => one.from === node.name);
      const share = ours[(seen[name] = (seen[name] ?? -1) + 1)];
      const before = mine.slice(0, mine.indexOf(share));
      const local = `∂${node.name}/∂${name} = ${share.words}${share.words === number(share.local) ? "" : ` = ${number(share.local, 4)}`}`;
      const line = say(`To ${name}, with ${local}:  ${bar(node.name)} · ∂${node.name}/∂${name} = ${number(arriving, 4)} · ${bracketed(share.local)} = `, adjoint(share.share));
      if (before.length) {
        line.append(`. Paths meet here, and add: ${bar(name)} = ${number(total(before), 4)} + ${bracketed(share.share)} = `, adjoint(total(before) + share.share));
      }
      said.push(line);
    });
    return said;
  }

  function drawTable(nodes, values, shares, done) {
    const cell = (tag, ...content) => h(tag, tag === "th" ? { scope: "col" } : {}, ...content);
    const rows = nodes.map((node) => {
      const got = shares[node.name];
      const sum = got.length > 1 ? `${got.map((one) => bracketed(one.share)).join(" + ")} = ${number(total(got), 4)}` : got.length ? number(total(got), 4) : "";
      const known = done.has(node.name);
      const line = h("tr", {}, h("th", { scope: "row" }, node.name), cell("td", isInput(node) ? "input" : expression(node)), cell("td", known ? number(values[node.name], 4) : ""), cell("td", sum));
      line.dataset.name = node.name;
      if (known) line.dataset.value = values[node.name];
      if (got.length) line.dataset.adjoint = total(got);
      return line;
    });
    const head = h("tr", {}, cell("th", "node"), cell("th", "is"), cell("th", "value"), cell("th", "adjoint ∂output/∂node"));
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
    drawPicture(nodes, values, shares, done, now);
    lesson.replaceChildren(...lines(values, shares, now));
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
