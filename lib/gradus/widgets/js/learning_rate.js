import { choice, h, number, setText, slider } from "./dom.js";
import { follow, makeRoot, standAlone } from "./host.js";
import { makePlot } from "./plot.js";
import { nearest, outcome } from "./curves_math.js";

// The learning-rate explorer: recorded runs, one for every rate, and the averages of their weights.

const GUESSING = Math.log(10);
const PRESETS = {
  stable: {
    rate: 0.002,
    text: "stable",
    says: "Every step is short against the valley's bends, so the loss falls and stays down. What jitter remains comes from the batches of 8, and the average takes it away.",
  },
  edge: {
    rate: 0.008,
    text: "at the edge",
    says: "The first steps are so long that most ReLUs fall silent: the loss sits at guessing for a while, and only then creeps down. Another seed may learn at once, or never: near the edge, luck decides.",
  },
  diverging: {
    rate: 0.032,
    text: "diverging",
    says: "The first steps are so long that the ReLUs die: every image gets the same scores, and the loss sits at ln 10 = 2.303, which is guessing among ten classes. Longer steps end in nan. No later update repairs this.",
  },
};

export function render({ model, el }) {
  const { runs, gammas, updates, about } = RECORDED;
  const rates = runs.map((run) => run.rate);
  let width = 0;
  const { root, dispose } = makeRoot(el, "Learning rate explorer", (now) => {
    width = now;
    draw();
  });
  const state = follow(model, ["rate", "gamma", "note"], () => draw());
  const change = (values) => state.change({ note: "", ...values });
  const run = () => nearest(rates, model.get("rate"));
  const averaging = () => nearest(gammas, model.get("gamma"));
  const rate = slider({
    label: "Learning rate",
    symbol: "η",
    min: 0,
    max: rates.length - 1,
    shows: (k) => number(rates[k], 5),
    oninput: (k) => change({ rate: rates[k] }),
  });
  const gamma = slider({
    label: "Averaging",
    symbol: "γ",
    min: 0,
    max: gammas.length - 1,
    shows: (k) => (k === 0 ? "1 (none)" : number(gammas[k], 4)),
    oninput: (k) => change({ gamma: gammas[k] }),
  });
  const presets = choice({
    label: "Known cases",
    options: Object.entries(PRESETS).map(([name, { text }]) => [name, text]),
    onchange: (name) => change({ rate: PRESETS[name].rate }),
  });
  const alert = h("p", { class: "g-alert", role: "alert" });
  const course = makePlot({ height: 300 });
  const summary = makePlot({ height: 200, ondrag: (x) => change({ rate: rates[nearest(rates, x)] }) });
  const line = h("p", { class: "g-line" });
  const comment = h("p", { class: "g-lost" });
  const remark = h("p", { class: "g-remark" }, about);
  const status = h("p", { class: "g-aloud", role: "status" });
  const legend = h(
    "p",
    { class: "g-legend" },
    h("span", { class: "g-key g-h-img" }, "weights w"),
    h("span", { class: "g-key g-dashed g-h-grad" }, "averaged weights w̄"),
    h("span", { class: "g-key g-thin g-h-soft" }, "other learning rates"),
  );
  root.append(
    h("div", { class: "g-bar" }, presets.element),
    h("div", { class: "g-sliders" }, rate.element, gamma.element),
    alert,
    legend,
    course.element,
    line,
    comment,
    summary.element,
    remark,
    status,
  );

  const Y = [0.25, 6];
  const clipped = (value) => (value === null ? NaN : value);
  const points = (losses) => losses.map((loss, k) => [updates[k], clipped(loss)]);

  function draw() {
    if (width === 0) return;
    const [k, g] = [run(), averaging()];
    rate.update(k);
    gamma.update(g);
    const preset = Object.keys(PRESETS).find((name) => nearest(rates, PRESETS[name].rate) === k);
    presets.update(preset ?? "");
    const asked = model.get("rate");
    const far = asked > 0 && asked >= rates[0] / 1.5 && asked <= rates.at(-1) * 1.5;
    const complaint = [
      model.get("note"),
      far ? "" : `No run was recorded near a learning rate of ${number(asked)}; the nearest is shown.`,
    ]
      .filter(Boolean)
      .join(" ");
    setText(alert, complaint);
    alert.hidden = !complaint;
    const plain = runs[k].losses[0];
    const averaged = runs[k].losses[g];
    const end = outcome(plain, updates);
    const layers = [
      { type: "hline", at: GUESSING, label: "guessing: ln 10" },
      ...runs
        .filter((_, n) => n !== k)
        .map((one) => ({ type: "curve", points: points(one.losses[0]), hue: "soft", width: 1, faint: true })),
      { type: "curve", points: points(plain), hue: "img", width: 3 },
    ];
    if (g > 0) layers.push({ type: "curve", points: points(averaged), hue: "grad", width: 3, dash: "8 4" });
    if (end.brokeAt !== null)
      layers.push(
        { type: "cross", at: [end.brokeAt, 3.6], hue: "alert" },
        { type: "text", at: [end.brokeAt + 60, 3.5], text: "nan", hue: "alert" },
      );
    else if (end.highest > Y[1])
      layers.push({ type: "text", at: [end.highestAt + 30, 4.6], text: `↑ ${number(end.highest)}`, hue: "alert" });
    course.update(
      width,
      {
        x: [0, updates.at(-1)],
        y: Y,
        ylog: true,
        yticks: [0.3, 0.5, 1, 2, 5],
        xlabel: "updates",
        ylabel: "loss",
        description: `Loss over ${updates.at(-1)} updates at learning rate ${number(rates[k], 5)}; ${end.words}`,
      },
      layers,
    );
    const last = (n, at) => clipped(runs[n].losses[at].at(-1));
    const bounded = (value) => (Number.isNaN(value) ? Y[1] : Math.min(value, Y[1]));
    const summaryLayers = [
      { type: "hline", at: GUESSING, label: "" },
      { type: "curve", points: rates.map((x, n) => [x, bounded(last(n, 0))]), hue: "img", width: 2 },
    ];
    if (g > 0)
      summaryLayers.push({
        type: "curve",
        points: rates.map((x, n) => [x, bounded(last(n, g))]),
        hue: "grad",
        width: 2,
        dash: "8 4",
      });
    const firstBroken = rates.find((_, n) => Number.isNaN(last(n, 0)));
    if (firstBroken) summaryLayers.push({ type: "text", at: [firstBroken, 4.2], text: "nan", hue: "alert" });
    summaryLayers.push({ type: "dot", at: [rates[k], bounded(last(k, 0))], hue: "img", ring: true });
    summary.update(
      width,
      {
        x: [rates[0] / 1.2, rates.at(-1) * 1.2],
        y: Y,
        xlog: true,
        ylog: true,
        xticks: [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3].filter((x) => x > rates[0] && x < rates.at(-1)),
        yticks: [0.3, 0.5, 1, 2, 5],
        xlabel: "learning rate η (drag)",
        ylabel: "loss at the end",
        description: "The loss after the last update, for every learning rate",
      },
      summaryLayers,
    );
    const name = (value) => h("b", { "data-value": value, class: "g-img" }, number(value, 4));
    const averageNote =
      g === 0
        ? []
        : ["; of the averaged weights ", h("b", { class: "g-grad", "data-value": last(k, g) }, number(last(k, g), 4))];
    line.replaceChildren(
      `η = ${number(rates[k], 5)}: after ${updates.at(-1)} updates the loss is `,
      name(last(k, 0)),
      ...averageNote,
      `. ${end.words}`,
    );
    const slow =
      g > 0 && 1 / gammas[g] > updates.at(-1) / 4
        ? ` γ = ${number(gammas[g], 4)} averages over about ${number(1 / gammas[g], 0)} updates: it still remembers the random start.`
        : "";
    setText(comment, (preset ? PRESETS[preset].says : "") + slow);
    comment.hidden = comment.textContent === "";
    setText(status, line.textContent);
  }

  draw();
  return () => {
    state.dispose();
    dispose();
  };
}

export default { render };
