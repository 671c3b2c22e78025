import { effectiveDilation, isInfinite, shapeOf } from "./conv_math.js";
import { EXAMPLES, exampleState, filler } from "./conv_examples.js";
import { checkbox, choice, h, number, select, slider } from "./dom.js";

// The controls above the convolution explorer.

const POWERS = [1, 1.5, 2, 3, 4, 6, 8, 12, 20, 50, "inf"];
const OPERATIONS = {
  "Weighted sums": [
    ["cross-correlation", "cross-correlation (torch's conv)"],
    ["convolution", "convolution (kernel turned)"],
  ],
  Pooling: [
    ["max", "max pooling"],
    ["average", "average pooling"],
    ["lp", "Lp pooling"],
  ],
};

// Operation, example, view, and the sliders; `change` is called with what the reader sets.
export function makeControls(model, change) {
  const mode = select({ label: "Operation", options: OPERATIONS, onchange: (value) => change({ mode: value }) });
  const names = (list) => Object.entries(list).map(([name, { text }]) => [name, text]);
  const example = select({
    label: "Example",
    options: {
      "Choose one": [["", "choose …"]],
      ...Object.fromEntries(Object.entries(EXAMPLES).map(([group, list]) => [group, names(list)])),
    },
    onchange(name) {
      if (name) change({ ...exampleState(name, model.get("mode")), position: 0 });
      example.input.value = "";
    },
  });
  const directions = [
    ["forward", "Forward"],
    ["backward", "Backward"],
  ];
  const direction = choice({ label: "View", options: directions, onchange: (value) => change({ view: value }) });
  // A grid that shrinks keeps its cells in mind, so that growing again brings them back.
  const kept = { image: [], kernel: [] };
  const resize = (name, fill) => (size) => {
    const grid = model.get(name);
    grid.forEach((line, row) => (kept[name][row] = [...line, ...(kept[name][row] ?? []).slice(line.length)]));
    const entry = (row, column) => kept[name][row]?.[column] ?? fill(row, column);
    change({
      [name]: Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => entry(row, column))),
    });
  };
  const set = (name) => (value) => change({ [name]: value });
  const sliders = {
    kernel: slider({
      label: "Kernel size",
      symbol: "K",
      min: 1,
      max: 7,
      oninput: resize("kernel", (r, c) => filler(r, c) % 3),
    }),
    stride: slider({ label: "Stride", symbol: "S", min: 1, max: 6, oninput: set("stride") }),
    padding: slider({ label: "Padding", symbol: "P", min: 0, max: 4, oninput: set("padding") }),
    dilation: slider({ label: "Dilation", symbol: "D", min: 1, max: 4, oninput: set("dilation") }),
    image: slider({ label: "Image size", symbol: "I", min: 1, max: 20, oninput: resize("image", filler) }),
  };
  const powerText = () => (isInfinite(model.get("p")) ? "∞" : number(model.get("p")));
  const p = slider({
    label: "Power",
    symbol: "p",
    min: 0,
    max: POWERS.length - 1,
    shows: powerText,
    oninput: (k) => change({ p: POWERS[k] }),
  });
  const absolute = checkbox({ label: "take |x| first (torch does not)", onchange: set("absolute") });
  const counted = checkbox({ label: "count padded cells", onchange: set("count_padding") });
  const options = h("div", { class: "g-options" }, p.element, absolute.element, counted.element);
  return {
    elements: [
      h("div", { class: "g-bar" }, mode.element, example.element, direction.element),
      h("div", { class: "g-sliders" }, ...Object.values(sliders).map((one) => one.element)),
      options,
    ],
    update(now) {
      mode.input.value = now.mode;
      direction.update(model.get("view"));
      sliders.kernel.update(Math.max(...shapeOf(now.kernel)));
      sliders.stride.update(now.stride);
      sliders.padding.update(now.padding);
      sliders.dilation.update(effectiveDilation(now), { disabled: ["average", "lp"].includes(now.mode) });
      sliders.image.update(Math.max(...shapeOf(now.image)));
      p.update(
        isInfinite(now.p)
          ? POWERS.length - 1
          : Math.max(
              0,
              POWERS.findIndex((one) => one >= now.p),
            ),
      );
      p.element.hidden = absolute.element.hidden = now.mode !== "lp";
      counted.element.hidden = now.mode !== "average";
      options.hidden = !["lp", "average"].includes(now.mode);
      absolute.input.checked = now.absolute;
      counted.input.checked = now.count_padding;
    },
  };
}
