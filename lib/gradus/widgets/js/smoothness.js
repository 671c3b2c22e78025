import { choice, h, number, setText, slider, svg } from "./dom.js";
import { follow, makeRoot, standAlone } from "./host.js";
import { makePlot } from "./plot.js";

// The smoothness explorer: one direction u, one slider t, with and without BatchNorm.

const NETS = [
  { key: "plain", name: "without BatchNorm", hue: "ker", dash: "none" },
  { key: "batch_norm", name: "with BatchNorm", hue: "img", dash: "8 4" },
];

export function render({ model, el }) {
  const { steps, moments, about } = RECORDED;
  let width = 0;
  const { root, dispose } = makeRoot(el, "Smoothness explorer", (now) => {
    width = now;
    draw();
  });
  const state = follow(model, ["t", "passes", "note"], () => draw());
  const change = (values) => state.change({ note: "", ...values });
  const nearestIndex = (list, wanted) =>
    list.reduce((best, value, k) => (Math.abs(value - wanted) < Math.abs(list[best] - wanted) ? k : best), 0);
  const t = slider({
    label: "Steps along u",
    symbol: "t",
    min: 0,
    max: steps.length - 1,
    shows: (k) => number(steps[k]),
    oninput: (k) => change({ t: steps[k] }),
  });
  const moment = choice({
    label: "Trained for",
    options: moments.map((m) => [String(m), m === 0 ? "untrained" : `after ${m} pass${m > 1 ? "es" : ""}`]),
    onchange: (value) => change({ passes: Number(value) }),
  });
  const alert = h("p", { class: "g-alert", role: "alert" });
  const legend = h(
    "p",
    { class: "g-legend" },
    ...NETS.map(({ name, hue, dash }) =>
      h("span", { class: `g-key g-h-${hue}${dash === "none" ? "" : " g-dashed"}` }, name),
    ),
    h("span", { class: "g-key g-thin g-h-soft" }, "tangent at t = 0"),
  );
  const plot = makePlot({ height: 290, ondrag: (x) => change({ t: steps[nearestIndex(steps, x)] }) });
  const dials = h("div", { class: "g-dials" });
  const remark = h("p", { class: "g-lost" });
  const made = h("p", { class: "g-remark" }, about);
  const status = h("p", { class: "g-aloud", role: "status" });
  root.append(
    h("div", { class: "g-bar" }, moment.element, t.element),
    alert,
    legend,
    plot.element,
    dials,
    remark,
    made,
    status,
  );

  // The gradient at w points up; the one at w + t u has turned by so many degrees.
  function dial({ name, hue }, degrees, loss, L, at) {
    const picture = svg("svg", {
      width: 92,
      height: 92,
      viewBox: "-46 -46 92 92",
      role: "img",
      "aria-label": `${name}: the gradient has turned by ${number(degrees, 1)} degrees`,
    });
    picture.append(svg("circle", { r: 42, class: "g-dialface" }));
    const angle = (degrees * Math.PI) / 180;
    const arrow = (turn, classes) => {
      const [x, y] = [36 * Math.sin(turn), -36 * Math.cos(turn)];
      const wing = (side) => `L${x - 9 * Math.sin(turn + side * 0.5)} ${y + 9 * Math.cos(turn + side * 0.5)}`;
      return svg("path", { d: `M0 0L${x} ${y}${wing(1)}M${x} ${y}${wing(-1)}`, class: classes });
    };
    if (degrees > 1) {
      const [x, y] = [22 * Math.sin(angle), -22 * Math.cos(angle)];
      picture.append(
        svg("path", {
          d: `M0 -22A22 22 0 0 1 ${x} ${y}`,
          class: `g-curve g-h-${hue}`,
          "stroke-dasharray": "2 3",
          "stroke-width": 1.5,
        }),
      );
    }
    picture.append(arrow(0, "g-curve g-h-soft g-arrow"), arrow(angle, `g-curve g-h-${hue} g-arrow`));
    const value = (text, x) => h("b", { "data-value": x, class: `g-${hue}` }, text);
    const words = h(
      "div",
      {},
      h("b", {}, name),
      h("p", {}, "loss ", value(number(loss, 3), loss)),
      h("p", {}, "gradient turned by ", value(`${number(degrees, 1)}°`, degrees)),
    );
    words.append(h("p", {}, "L(w; t u) = ", at === 0 ? "–" : value(number(L, 2), L)));
    return h("div", { class: "g-dial g-line" }, picture, words);
  }

  function draw() {
    if (width === 0) return;
    const k = nearestIndex(steps, model.get("t"));
    const m = nearestIndex(moments, model.get("passes"));
    t.update(k);
    moment.update(moments[m]);
    const asked = model.get("t");
    const outside =
      asked < steps[0] || asked > steps.at(-1) ? `t = ${number(asked)} was not recorded; the nearest is shown.` : "";
    const complaint = [model.get("note"), outside].filter(Boolean).join(" ");
    setText(alert, complaint);
    alert.hidden = !complaint;
    const records = NETS.map((net) => ({ net, record: RECORDED[net.key][m] }));
    const losses = records.flatMap(({ record }) => record.loss);
    const [low, high] = [Math.min(...losses), Math.max(...losses)];
    const margin = 0.12 * (high - low);
    const zero = steps.indexOf(0);
    const layers = [{ type: "vline", at: steps[k], label: steps[k] === 0 ? "w" : "w + t u" }];
    for (const { net, record } of records) {
      const start = record.loss[zero];
      layers.push({
        type: "curve",
        points: [steps[0], steps.at(-1)].map((x) => [x, start + record.slope[0] * x]),
        hue: "soft",
        width: 1.2,
      });
      layers.push({
        type: "curve",
        points: steps.map((x, n) => [x, record.loss[n]]),
        hue: net.hue,
        dash: net.dash,
        width: 3,
      });
      layers.push({ type: "dot", at: [steps[k], record.loss[k]], hue: net.hue, ring: true });
    }
    const spec = {
      x: [steps[0], steps.at(-1)],
      y: [low - margin, high + margin],
      xlabel: "t (1 is one step of SGD)",
      ylabel: "loss at w + t u",
      description: `The loss along one direction, with and without BatchNorm; at t = ${steps[k]} it is ${records.map(({ net, record }) => `${number(record.loss[k])} ${net.name}`).join(" and ")}`,
    };
    plot.update(width, spec, layers);
    dials.replaceChildren(
      ...records.map(({ net, record }) => dial(net, record.degrees[k], record.loss[k], record.L[k], steps[k])),
    );
    const [a, b] = records.map(({ record }) => record);
    const compare =
      steps[k] === 0
        ? "At t = 0 nothing has moved. Slide t and watch how far each loss leaves its tangent, and how far each gradient turns."
        : `The gradient ${a.L[k] > b.L[k] ? "without" : "with"} BatchNorm changes faster: L is ${number(Math.max(a.L[k], b.L[k]), 2)} against ${number(Math.min(a.L[k], b.L[k]), 2)}. The tangent, which is all that a step knows, stays true for longer where L is smaller.`;
    setText(remark, compare);
    setText(status, `t = ${steps[k]}. ${compare}`);
  }

  draw();
  return () => {
    state.dispose();
    dispose();
  };
}

export default { render };
