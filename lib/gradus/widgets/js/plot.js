import { h, number, svg } from "./dom.js";

// A plain line plot in SVG: axes, curves, marks and points that can be dragged. It redraws as a whole, which is fast.

const MARGIN = { left: 46, right: 22, top: 12, bottom: 34 };

// Round places for about `count` ticks between low and high.
export function ticks(low, high, count = 6) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

// spec: { x: [low, high], y: [low, high], xlabel, ylabel, description, xticks?, yticks?, xlog?, ylog? }
// layers: { type: "curve", points, hue, dash?, width?, faint?, label? } | { type: "vline"/"hline", at, label, hue? } |
//         { type: "band", from, to, label } | { type: "dot", at: [x, y], hue, ring? } | { type: "cross", at } |
//         { type: "arrow", from, to, hue } | { type: "text", at, text, hue, anchor? }
export function makePlot({ height = 260, ondrag }) {
  const element = h("div", { class: "g-plot" });
  let scale = null;

  const drag = (event) => {
    if (!scale || !ondrag) return;
    const box = element.getBoundingClientRect();
    ondrag(scale.unX(event.clientX - box.left), scale.unY(event.clientY - box.top));
  };
  if (ondrag) {
    element.classList.add("g-draggable");
    element.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      drag(event);
      event.preventDefault();
    });
    element.addEventListener("pointermove", (event) => {
      if (element.hasPointerCapture(event.pointerId)) drag(event);
    });
  }

  function makeScale(spec, width) {
    const along = (range, log) => {
      const change = log ? Math.log10 : (value) => value;
      const [low, high] = range.map(change);
      return { to: (value) => (change(value) - low) / (high - low), from: (part) => low + part * (high - low), log };
    };
    const x = along(spec.x, spec.xlog);
    const y = along(spec.y, spec.ylog);
    const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const undo = (axis, value) => (axis.log ? 10 ** value : value);
    return {
      inner,
      X: (value) => MARGIN.left + x.to(value) * inner.width,
      Y: (value) => MARGIN.top + (1 - y.to(value)) * inner.height,
      unX: (pixel) => undo(x, x.from((pixel - MARGIN.left) / inner.width)),
      unY: (pixel) => undo(y, y.from(1 - (pixel - MARGIN.top) / inner.height)),
    };
  }

  const round = (value) => Math.round(value * 10) / 10;
  // Far outside the frame a line is cut, so that huge numbers do no harm.
  const clamp = (value) => Math.max(-4000, Math.min(4000, value));

  function path(points, { X, Y }) {
    let pen = "M";
    return points
      .map(([x, y]) => {
        if (!Number.isFinite(y) || y === null) {
          pen = "M";
          return "";
        }
        const part = `${pen}${round(X(x))} ${round(clamp(Y(y)))}`;
        pen = "L";
        return part;
      })
      .join("");
  }

  const painters = {
    curve: (layer, s) => [
      svg("path", {
        d: path(layer.points, s),
        class: `g-curve g-h-${layer.hue}${layer.faint ? " g-faintline" : ""}`,
        "stroke-width": layer.width ?? 2.5,
        "stroke-dasharray": layer.dash ?? "none",
      }),
    ],
    vline: ({ at, label, hue = "soft" }, s) => [
      svg("line", {
        x1: s.X(at),
        x2: s.X(at),
        y1: MARGIN.top,
        y2: MARGIN.top + s.inner.height,
        class: `g-rule g-h-${hue}`,
      }),
      svg("text", { x: s.X(at) + 4, y: MARGIN.top + 12, class: `g-t-${hue}` }, label),
    ],
    hline: ({ at, label, hue = "soft" }, s) => [
      svg("line", {
        x1: MARGIN.left,
        x2: MARGIN.left + s.inner.width,
        y1: s.Y(at),
        y2: s.Y(at),
        class: `g-rule g-h-${hue}`,
      }),
      svg(
        "text",
        { x: MARGIN.left + s.inner.width - 4, y: s.Y(at) - 5, "text-anchor": "end", class: `g-t-${hue}` },
        label,
      ),
    ],
    band: ({ from, to }, s) => [
      svg("rect", {
        x: s.X(from),
        width: Math.max(0, s.X(to) - s.X(from)),
        y: MARGIN.top,
        height: s.inner.height,
        class: "g-band",
      }),
    ],
    dot: ({ at, hue, ring }, s) => [
      svg("circle", {
        cx: s.X(at[0]),
        cy: clamp(s.Y(at[1])),
        r: ring ? 8 : 5,
        class: `g-dot g-f-${hue}${ring ? " g-ring" : ""}`,
      }),
    ],
    cross: ({ at, hue }, s) => {
      const [x, y] = [s.X(at[0]), clamp(s.Y(at[1]))];
      return [
        svg("path", { d: `M${x - 6} ${y - 6}l12 12m0 -12l-12 12`, class: `g-curve g-h-${hue}`, "stroke-width": 3 }),
      ];
    },
    text: ({ at, text, hue, anchor = "start" }, s) => [
      svg("text", { x: s.X(at[0]), y: clamp(s.Y(at[1])), "text-anchor": anchor, class: `g-t-${hue} g-strong` }, text),
    ],
  };

  return {
    element,
    update(width, spec, layers) {
      const s = (scale = makeScale(spec, width));
      const bottom = MARGIN.top + s.inner.height;
      const clip = `clip${Math.random().toString(36).slice(2)}`;
      const picture = svg("svg", {
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: "img",
        "aria-label": spec.description,
      });
      const axes = svg("g", { class: "g-axes" });
      for (const at of spec.xticks ?? ticks(...spec.x, width < 420 ? 5 : 8)) {
        axes.append(
          svg("line", { x1: s.X(at), x2: s.X(at), y1: MARGIN.top, y2: bottom, class: at === 0 ? "g-zero" : "" }),
        );
        axes.append(svg("text", { x: s.X(at), y: bottom + 15, "text-anchor": "middle" }, number(at, 5)));
      }
      for (const at of spec.yticks ?? ticks(...spec.y, 5)) {
        axes.append(
          svg("line", {
            x1: MARGIN.left,
            x2: width - MARGIN.right,
            y1: s.Y(at),
            y2: s.Y(at),
            class: at === 0 ? "g-zero" : "",
          }),
        );
        axes.append(svg("text", { x: MARGIN.left - 6, y: s.Y(at) + 4, "text-anchor": "end" }, number(at)));
      }
      axes.append(
        svg(
          "text",
          { x: MARGIN.left + s.inner.width / 2, y: height - 3, "text-anchor": "middle", class: "g-axislabel" },
          spec.xlabel,
        ),
      );
      axes.append(svg("text", { x: MARGIN.left + 6, y: MARGIN.top + 12, class: "g-axislabel" }, spec.ylabel));
      const inside = svg("g", { "clip-path": `url(#${clip})` });
      for (const layer of layers) inside.append(...painters[layer.type](layer, s));
      const frame = svg("rect", { x: MARGIN.left, y: MARGIN.top, width: s.inner.width, height: s.inner.height });
      picture.append(svg("defs", {}, svg("clipPath", { id: clip }, frame)), axes, inside);
      element.replaceChildren(picture);
    },
  };
}
