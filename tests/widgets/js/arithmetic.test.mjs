import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { axis, backward, coverage, feeds, forward, problem, reduce, slopes, taps } = await load("conv_math");
const { adjointsOf, layout, sharesAfter, stepsOf } = await load("graph_math");
const { nearest, outcome } = await load("curves_math");
const { number, parseNumber } = await load("dom");
const { fieldSize } = await load("receptive_math");

const A = [
  [4, 5, 2, 2, 1],
  [3, 3, 2, 2, 4],
  [4, 3, 4, 1, 1],
  [5, 1, 4, 1, 2],
  [5, 1, 3, 1, 4],
];
const B = [
  [4, 3, 3],
  [5, 5, 5],
  [2, 4, 3],
];
const lecture = {
  image: A,
  kernel: B,
  stride: 1,
  padding: 0,
  dilation: 1,
  mode: "cross-correlation",
  p: 2,
  absolute: false,
  count_padding: true,
};

test("the lecture's A and B give the lecture's C", () => {
  assert.deepEqual(forward(lecture), [
    [109, 92, 72],
    [108, 85, 74],
    [110, 74, 79],
  ]);
});

test("ones that arrive at C give the lecture's dE/dA", () => {
  const ones = [
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
  ];
  assert.deepEqual(backward(lecture, ones), [
    [4, 7, 10, 6, 3],
    [9, 17, 25, 16, 8],
    [11, 23, 34, 23, 11],
    [7, 16, 24, 17, 8],
    [2, 6, 9, 7, 3],
  ]);
});

test("the floor of 21/4 is 5, and one cell is left over", () => {
  const { room, quotient, steps, size, leftover } = axis(20, 3, 4, 2);
  assert.deepEqual(
    { room, quotient, steps, size, leftover },
    { room: 21, quotient: 5.25, steps: 5, size: 6, leftover: 1 },
  );
});

test("cells behind the last window and cells between windows are told apart", () => {
  const places = coverage(8, 2, 4, 0, 1);
  assert.deepEqual(
    places.map((place) => place.isRead),
    [true, true, false, false, true, true, false, false],
  );
  assert.deepEqual(
    places.map((place) => place.isBehind),
    [false, false, false, false, false, false, true, true],
  );
});

test("what a pixel feeds is what reads it", () => {
  const config = { ...lecture, stride: 2, padding: 1 };
  for (const { row, column, i, j } of feeds(config, 2, 3)) {
    const tap = taps(config, row, column).find((one) => one.i === i && one.j === j);
    assert.deepEqual([tap.row, tap.column], [2, 3]);
  }
  assert.equal(feeds(config, 2, 3).length, 2);
});

test("in a tie the first maximum gets the whole gradient, as in torch", () => {
  const config = { ...lecture, mode: "max", kernel: [[1, 1]], image: [[7, 7]] };
  assert.deepEqual(slopes(config, taps(config, 0, 0)), [1, 0]);
});

test("p = infinity is the largest absolute value", () => {
  const config = { ...lecture, mode: "lp", p: "inf", kernel: [[1, 1]], image: [[3, -8]] };
  assert.equal(reduce(config, taps(config, 0, 0)), 8);
});

test("absurd sizes get a sentence", () => {
  assert.match(problem({ ...lecture, stride: 0 }), /stride of 0/);
  assert.match(problem({ ...lecture, padding: -1 }), /padding of -1/);
  assert.match(problem({ ...lecture, dilation: 0 }), /dilation of 0/);
  assert.match(problem({ ...lecture, image: [[1]] }), /no place to put it/);
  assert.match(problem({ ...lecture, mode: "max", padding: 2 }), /at most half the window, here 1/);
  assert.equal(problem(lecture), "");
});

const twice = [
  { name: "a", value: 1 },
  { name: "b", op: "add", inputs: ["a", "a"] },
  { name: "c", op: "add", inputs: ["b", "b"] },
];

test("a node that is used twice adds both shares", () => {
  assert.deepEqual(adjointsOf(twice), { a: 4, b: 2, c: 1 });
  assert.equal(sharesAfter(twice, 99).a.length, 2);
});

test("every node fires once, after all of its adjoint has arrived", () => {
  assert.deepEqual(
    stepsOf(twice).map(({ kind, node }) => `${kind} ${node.name}`),
    ["forward b", "forward c", "seed c", "backward c", "backward b"],
  );
});

test("a long edge gets a place of its own in the layers that it crosses", () => {
  const { routes } = layout([
    { name: "a", value: 1 },
    { name: "b", op: "exp", inputs: ["a"] },
    { name: "c", op: "add", inputs: ["a", "b"] },
  ]);
  assert.equal(routes["a>c"].length, 1);
  assert.equal(routes["a>b"].length, 0);
});

test("numbers are typed as people type them, and letters are refused", () => {
  const typed = {
    3: 3,
    "-0.5": -0.5,
    "1/9": 1 / 9,
    "0,25": 0.25,
    "−2": -2,
    ".5": 0.5,
    "1e3": 1000,
    abc: null,
    "": null,
    "1/0": null,
    "3px": null,
  };
  for (const [text, value] of Object.entries(typed)) assert.equal(parseNumber(text), value, text);
});

test("numbers are shown without zeros at the end and with a true minus", () => {
  assert.deepEqual(
    [3, -0.5, 1 / 3, 1e9, Infinity, NaN].map((x) => number(x)),
    ["3", "−0.5", "0.333", "1.00e9", "∞", "nan"],
  );
});

test("a run that broke says when", () => {
  const run = outcome([2.3, 5, null, null], [0, 50, 100, 150]);
  assert.equal(run.brokeAt, 100);
  assert.equal(run.highest, 5);
  assert.match(run.words, /update 100/);
  assert.equal(nearest([0.001, 0.01, 0.1], 0.02), 1);
});

test("the receptive field grows with the product of the strides", () => {
  assert.equal(fieldSize({ kernel: 3, stride: 2, layers: 3 }), 1 + 2 * (1 + 2 + 4));
});
