// Answers thousands of questions in one process: {conv: [...], graph: [...], ...} on stdin, the same shape on stdout.
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const conv = await load("conv_math");
const graph = await load("graph_math");
const threshold = await load("threshold_math");
const receptive = await load("receptive_math");

const answer = {
  conv(config) {
    const problem = conv.problem(config);
    if (problem) return { problem };
    const { vertical, horizontal } = conv.axes(config);
    const [height, width] = conv.shapeOf(config.image);
    const fed = Array.from({ length: height }, (_, r) =>
      Array.from({ length: width }, (_, c) => conv.feeds(config, r, c).length),
    );
    const [k, l] = conv.shapeOf(config.kernel);
    const dilation = conv.effectiveDilation(config);
    const read = (size, kernel) =>
      conv.coverage(size, kernel, config.stride, config.padding, dilation).map((place) => place.isRead);
    return {
      size: [vertical.size, horizontal.size],
      output: conv.forward(config),
      gradient: conv.backward(config, config.arriving),
      fed,
      read: [read(height, k), read(width, l)],
    };
  },
  graph: (nodes) => ({ values: graph.valuesOf(nodes), adjoints: graph.adjointsOf(nodes) }),
  threshold: ({ y, T }) => ({ value: threshold.softThreshold(y, T), slope: threshold.softThresholdSlope(y, T) }),
  receptive({ words, ...config }) {
    const problem = receptive.problem(words, config);
    if (problem) return { problem };
    const all = receptive.lengths(words, config);
    return {
      all,
      fields: Array.from({ length: all.at(-1) }, (_, place) => receptive.field(place, config.layers, all, config)),
    };
  },
};

const questions = JSON.parse(readFileSync(0, "utf8"));
const answers = Object.fromEntries(Object.entries(questions).map(([kind, list]) => [kind, list.map(answer[kind])]));
// JSON has no nan and no infinity: they travel as words.
process.stdout.write(
  JSON.stringify(answers, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value)),
);
