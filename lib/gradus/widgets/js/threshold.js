import { h, number, setText, slider } from "./dom.js";
import { follow, makeRoot, standAlone } from "./host.js";
import { makePlot } from "./plot.js";
import { softThreshold, softThresholdSlope, tangent } from "./threshold_math.js";

// The soft-threshold explorer: f above, f' below, one y that is dragged through both.

const REACH = 6;
const X = [-REACH, REACH];
const places = Array.from({ length: 481 }, (_, k) => -REACH + (k * 2 * REACH) / 480);

export function render({ model, el }) {
  let width = 0;
  const { root, dispose } = makeRoot(el, "Soft threshold explorer", (now) => {
    width = now;
    draw();
  });
  const state = follow(model, ["T", "y", "note"], () => draw());
  const hundredth = (value) => Math.round(value * 100) / 100;
  const moveTo = (y) => state.change({ y: hundredth(Math.max(-REACH, Math.min(REACH, y))), note: "" });

  const T = slider({
    label: "Threshold",
    symbol: "T",
    min: 0.1,
    max: 5,
    step: 0.01,
    oninput: (value) => state.change({ T: value, note: "" }),
  });
  const y = slider({ label: "Point", symbol: "y", min: -REACH, max: REACH, step: 0.01, oninput: moveTo });
  const above = makePlot({ height: 270, ondrag: moveTo });
  const below = makePlot({ height: 190, ondrag: moveTo });
  const alert = h("p", { class: "g-alert", role: "alert" });
  const value = h("p", { class: "g-line" });
  const slope = h("p", { class: "g-line" });
  const status = h("p", { class: "g-aloud", role: "status" });
  const remark = h("p", { class: "g-remark" });
  root.append(
    h("div", { class: "g-sliders" }, T.element, y.element),
    alert,
    above.element,
    below.element,
    h("div", { class: "g-lines" }, value, slope),
    remark,
    status,
  );

  function draw() {
    if (width === 0) return;
    const [t, at] = [model.get("T"), model.get("y")];
    T.update(t);
    y.update(at);
    const bad = t > 0 ? "" : `T = ${number(t)} leaves no band: the threshold must be above 0.`;
    const outside = Math.abs(at) > REACH ? `y = ${number(at)} lies outside the picture; its numbers are below.` : "";
    const complaint = [model.get("note"), bad, outside].filter(Boolean).join(" ");
    setText(alert, complaint);
    alert.hidden = complaint === "";
    for (const part of [above.element, below.element, value, slope]) part.hidden = Boolean(bad);
    if (bad) return;

    const f = softThreshold(at, t);
    const df = softThresholdSlope(at, t);
    const inner = width - 2;
    const band = { type: "band", from: Math.max(-t, X[0]), to: Math.min(t, X[1]) };
    const rules = [
      { type: "vline", at: -t, label: "−T" },
      { type: "vline", at: t, label: "T" },
    ];
    const line = tangent(at, t);
    const touching = [at - 1.6, at + 1.6].map((place) => [place, line(place)]);
    above.update(
      inner,
      {
        x: X,
        y: [-12, 12],
        xlabel: "y",
        ylabel: "f(y)",
        description: `f with T = ${number(t)}; at y = ${number(at)} it is ${number(f, 4)}, and the tangent has slope ${number(df, 4)}`,
      },
      [
        band,
        ...rules,
        { type: "curve", points: places.map((place) => [place, softThreshold(place, t)]), hue: "img", width: 3 },
        { type: "curve", points: touching, hue: "ker", width: 2.5, dash: "7 4" },
        { type: "dot", at: [at, f], hue: "ker", ring: true },
      ],
    );
    below.update(
      inner,
      {
        x: X,
        y: [-2, 16],
        xlabel: "y",
        ylabel: "f′(y)",
        description: `The derivative; at y = ${number(at)} it is ${number(df, 4)}`,
      },
      [
        band,
        ...rules,
        { type: "curve", points: places.map((place) => [place, softThresholdSlope(place, t)]), hue: "out", width: 3 },
        { type: "dot", at: [at, df], hue: "ker", ring: true },
      ],
    );
    const [ys, ts] = [number(at, 4), number(t, 4)];
    const minus = at < 0 ? `(${ys})` : ys;
    const result = (text, hue) => h("b", { class: hue, "data-value": text }, number(text, 4));
    if (at > t) {
      value.replaceChildren("f = (y − T)² = (", ys, " − ", ts, ")² = ", result(f, "g-img"));
      slope.replaceChildren("f′ = 2(y − T) = 2·", number(at - t, 4), " = ", result(df, "g-out"));
    } else if (at < -t) {
      value.replaceChildren("f = (y + T)³ = (", ys, " + ", ts, ")³ = ", result(f, "g-img"));
      slope.replaceChildren("f′ = 3(y + T)² = 3·(", number(at + t, 4), ")² = ", result(df, "g-out"));
    } else {
      value.replaceChildren("f = ", result(f, "g-img"), `, since −T ≤ ${minus} ≤ T`);
      slope.replaceChildren("f′ = ", result(df, "g-out"), ": here f does not depend on y");
    }
    const where =
      Math.abs(Math.abs(at) - t) < 1e-9
        ? "At the edge of the band both one-sided derivatives are 0: f has no corner there."
        : at > t
          ? "Above the band the square is gentle: its slope grows like a straight line."
          : at < -t
            ? "Below the band the cube is negative, but its slope is positive: f never falls."
            : "Inside the band nothing comes through, neither forward nor backward.";
    setText(remark, where);
    setText(status, `y = ${ys}: f = ${number(f, 4)}, slope ${number(df, 4)}`);
  }

  draw();
  return () => {
    state.dispose();
    dispose();
  };
}

export default { render };
