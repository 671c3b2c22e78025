import {
  axes,
  coverage,
  divisor,
  effectiveDilation,
  feeds,
  isInfinite,
  isSum,
  shapeOf,
  slopes,
  taps,
} from "./conv_math.js";
import { factor, h, number, plural } from "./dom.js";

// The convolution explorer in words and formulas, with the current numbers put in.

const MOST_TERMS = 25;

const fraction = (above, below) => h("span", { class: "g-fraction" }, h("span", {}, above), h("span", {}, below));

const floor = (...inside) => h("span", { class: "g-floor" }, ...inside);

// O = floor((I − K + 2P)/S) + 1, in letters, then in numbers, then the floor by itself.
function sizeFormula(result, size, kernel, { stride, padding }, dilation, name) {
  const letters = dilation === 1 ? "I − K + 2P" : "I + 2P − D(K − 1) − 1";
  const numbers =
    dilation === 1 ? `${size} − ${kernel} + 2·${padding}` : `${size} + 2·${padding} − ${dilation}·(${kernel} − 1) − 1`;
  const quotient = number(result.quotient, 4);
  const rounded = number(result.steps);
  const read = `${name} = floor((${numbers}) / ${stride}) + 1 = floor(${quotient}) + 1 = ${rounded} + 1 = ${result.size}`;
  const line = h("div", { class: "g-formula", role: "img", "aria-label": read });
  line.append(h("i", {}, name), " = ", floor(fraction(letters, "S")), " + 1 = ");
  line.append(floor(fraction(numbers, String(stride))), " + 1 = ", floor(quotient), " + 1 = ");
  if (result.leftover > 0) line.append(h("b", { class: "g-lostword" }, rounded), " + 1 = ");
  line.append(h("b", { class: "g-out" }, String(result.size)));
  return line;
}

export function sizeFormulas(config) {
  const { vertical, horizontal } = axes(config);
  const [height, width] = shapeOf(config.image);
  const [kernelHeight, kernelWidth] = shapeOf(config.kernel);
  const dilation = effectiveDilation(config);
  if (height === width && kernelHeight === kernelWidth) {
    return [sizeFormula(vertical, height, kernelHeight, config, dilation, "O")];
  }
  return [
    sizeFormula(vertical, height, kernelHeight, config, dilation, "rows"),
    sizeFormula(horizontal, width, kernelWidth, config, dilation, "columns"),
  ];
}

// Which cells of the padded image no window reads, and why that is no error.
export function unreadSentence(config) {
  const { stride, padding } = config;
  const [height, width] = shapeOf(config.image);
  const [kernelHeight, kernelWidth] = shapeOf(config.kernel);
  const dilation = effectiveDilation(config);
  const rows = coverage(height, kernelHeight, stride, padding, dilation);
  const columns = coverage(width, kernelWidth, stride, padding, dilation);
  const count = (places, behind) => places.filter((place) => !place.isRead && place.isBehind === behind).length;
  const lines = (behind) => {
    const parts = [];
    for (const [places, noun] of [
      [rows, "row"],
      [columns, "column"],
    ]) {
      const many = count(places, behind);
      if (many) parts.push(behind && many === 1 ? noun : plural(many, noun));
    }
    return parts;
  };
  const sentences = [];
  const behind = lines(true);
  if (behind.length) {
    const { vertical, horizontal } = axes(config);
    const result = vertical.leftover > 0 ? vertical : horizontal;
    const many = count(rows, true) + count(columns, true) > 1;
    sentences.push(
      `The stride does not fit: ${result.room}/${stride} = ${number(result.quotient, 4)}, and the floor makes it ` +
        `${result.steps}. The last ${behind.join(" and the last ")} of the padded image, hatched here, ` +
        `${many ? "are" : "is"} never read. torch does the same; it is no error.`,
    );
  }
  const between = lines(false);
  if (between.length) {
    const why =
      dilation > 1 ? "The window has holes and its steps do not fill them" : "A step is longer than the window";
    sentences.push(`${why}: ${between.join(" and ")} in between, hatched here, are never read either.`);
  }
  if (behind.length === 0 && between.length) sentences[0] = sentences[0].replace(" either", "");
  return sentences.join(" ");
}

const power = (p) => (isInfinite(p) ? "∞" : number(p, 2));
const span = (classes, text) => h("span", { class: classes }, text);

function terms(list, between) {
  const shown = list.slice(0, MOST_TERMS);
  const nodes = shown.flatMap((term, k) => (k === 0 ? [term] : [between, term]));
  if (list.length > MOST_TERMS) nodes.push(`${between}… (${list.length} terms)`);
  return nodes;
}

// C[0, 1] = 5·4 + 2·3 + … = 92, whatever the mode.
export function outputLine(config, row, column, value) {
  const cells = taps(config, row, column);
  const name = h("b", { class: "g-out" }, `C[${row}, ${column}]`);
  const result = h("b", { class: "g-out" }, number(value, 4));
  const values = cells.map((tap) => span(tap.inside ? "g-img" : "g-faint", factor(tap.value, 3)));
  const { mode, p } = config;
  if (isSum(mode)) {
    const products = cells.map((tap, k) =>
      h("span", { class: "g-term" }, values[k], "·", span("g-ker", factor(tap.weight, 3))),
    );
    return [name, " = ", ...terms(products, " + "), " = ", result];
  }
  if (mode === "max") return [name, " = max(", ...terms(values, ", "), ") = ", result];
  if (mode === "average") {
    const counted = config.count_padding ? values : values.filter((_, k) => cells[k].inside);
    return [name, " = (", ...terms(counted, " + "), `) / ${divisor(config, cells)} = `, result];
  }
  const bars = (node) => h("span", {}, "|", node, "|");
  if (isInfinite(p)) return [name, " = max(", ...terms(values.map(bars), ", "), ") = ", result];
  const powers = values.map((node) =>
    h("span", { class: "g-term" }, config.absolute ? bars(node) : node, h("sup", {}, power(p))),
  );
  return [name, " = (", ...terms(powers, " + "), ")", h("sup", {}, `1/${power(p)}`), " = ", result];
}

// dE/dA[1, 2] = 1·5 + 1·3 + … = 25: every output that the pixel feeds sends its share back.
export function gradientLine(config, arriving, row, column, value) {
  const fed = feeds(config, row, column);
  const name = h("b", { class: "g-img" }, `dE/dA[${row}, ${column}]`);
  if (fed.length === 0) return [name, " = 0: no window reads this pixel, so no error can tell it to change."];
  const shares = fed.map((output) => {
    const cells = taps(config, output.row, output.column);
    const k = cells.findIndex((tap) => tap.i === output.i && tap.j === output.j);
    const upstream = span("g-grad", factor(arriving[output.row][output.column], 3));
    return h("span", { class: "g-term" }, upstream, "·", span("g-ker", factor(slopes(config, cells)[k], 3)));
  });
  return [name, " = ", ...terms(shares, " + "), " = ", h("b", { class: "g-img" }, number(value, 4))];
}

export function feedsSentence(config, row, column) {
  const fed = feeds(config, row, column);
  if (fed.length === 0) return `A[${row}, ${column}] feeds no output.`;
  const names = fed.slice(0, 9).map((output) => `C[${output.row}, ${output.column}]`);
  const more = fed.length > 9 ? ` and ${fed.length - 9} more` : "";
  return `A[${row}, ${column}] feeds ${plural(fed.length, "output")}: ${names.join(", ")}${more}.`;
}

// What to know about a mode before trusting its numbers.
export function modeSentence(config) {
  const { mode, p, absolute, padding, count_padding: counted } = config;
  if (mode === "cross-correlation") return "This is what torch calls a convolution: the kernel is laid on as it is.";
  if (mode === "convolution") return "The mathematician's convolution: the kernel is turned by 180° first.";
  if (mode === "max") {
    return padding
      ? "Padding counts as −∞ here, so that it never wins."
      : "The largest number under the window survives.";
  }
  if (mode === "average") {
    if (!padding) return "Every number under the window counts alike.";
    return counted
      ? "Padded zeros count (count_include_pad=True, torch's default), so the rim is darkened."
      : "Only cells of the image count (count_include_pad=False).";
  }
  if (isInfinite(p)) return "p → ∞: the largest |x| is all that remains.";
  const negative = config.image.some((line) => line.some((entry) => entry < 0));
  if (negative && !absolute) {
    return "The image has negative numbers, and torch's LPPool2d sums xᵖ without |x|: the results may surprise, or be nan.";
  }
  return p === 1
    ? "p = 1 is the sum: the average times the number of cells."
    : "The larger p, the more the largest number counts.";
}

// How an output of the reader's own compares with what the window gives.
export function claimSentence(claim, right) {
  if (!claim) return "";
  const size = (grid) => shapeOf(grid).join(" × ");
  if (!right || size(claim) !== size(right)) {
    return `Your output is ${size(claim)}; the formula gives ${right ? size(right) : "none"}.`;
  }
  const places = right.flatMap((line, r) => line.map((_, c) => [r, c]));
  const different = places.filter(([r, c]) => !isClose(claim[r][c], right[r][c]));
  const all = plural(places.length, "cell");
  if (different.length === 0) return `Your output agrees with the window in all ${all}.`;
  const [r, c] = different[0];
  const [yours, ours] = [number(claim[r][c], 4), number(right[r][c], 4)];
  return `Your output differs in ${different.length} of ${all}, first at C[${r}, ${c}]: yours is ${yours}, the window gives ${ours}.`;
}

// JSON has no nan: it arrives as null.
export function isClose(yours, ours) {
  if (yours === null || yours === undefined || ours === undefined) return yours === null && Number.isNaN(ours);
  return Math.abs(yours - ours) <= 1e-6 * Math.max(1, Math.abs(ours));
}
