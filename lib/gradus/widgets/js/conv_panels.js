import { coverage, effectiveDilation, feeds, isInfinite, isSum, problem, shapeOf, slopes, taps } from "./conv_math.js";
import { isClose } from "./conv_words.js";
import { factor, h, number, setText } from "./dom.js";
import { makeGrid } from "./grid.js";

// The grids of the convolution explorer, and how they are drawn from a scene:
// { config, right, arriving, gradient, claim, current, pixel, isBackward, walked, glides }
//   right      the output, or null            arriving, gradient   dE/dC and dE/dA
//   current    [row, column] of the window's output, or null       pixel   the chosen pixel of the backward view, or null
//   walked     the last cell that a walk has filled; Infinity where nothing is hidden

const LARGEST_CELL = 40;
const TALLEST_IMAGE = 460;
const SMALLEST_KERNEL_CELL = 24;

export function makePanels({ editImage, editKernel, editArriving, pickOutput, pickPixel, refuse }) {
  const panel = (grid) => {
    const [name, detail, result] = [h("b"), h("span"), h("div", { class: "g-result" })];
    const element = h("figure", { class: "g-panel" }, h("figcaption", {}, name, detail), grid.element, result);
    return { grid, name, detail, result, element };
  };
  const image = panel(
    makeGrid({
      label: "Image",
      hue: "img",
      onedit: editImage,
      onpick: (r, c) => pickPixel(r, c, false),
      onrefuse: refuse,
    }),
  );
  const kernel = panel(makeGrid({ label: "Kernel", hue: "ker", onedit: editKernel, onrefuse: refuse }));
  const work = panel(makeGrid({ label: "Under the window", hue: "work" }));
  const output = panel(
    makeGrid({ label: "Output", hue: "out", onedit: editArriving, onpick: pickOutput, onrefuse: refuse }),
  );
  const gradient = panel(
    makeGrid({ label: "Gradient of the image", hue: "img", onpick: (r, c) => pickPixel(r, c, true) }),
  );
  const operator = h("div", { class: "g-operator", "aria-hidden": "true" });
  const arrow = h("div", { class: "g-operator", "aria-hidden": "true" }, "→");
  const together = h("div", { class: "g-together" }, arrow, output.element);
  const beside = h("div", { class: "g-beside" }, operator, kernel.element, work.element, together, gradient.element);
  const element = h("div", { class: "g-stage" }, image.element, beside);

  function drawImage({ config, current, pixel, isBackward, glides }, cell) {
    const { padding, stride, mode } = config;
    const [height, width] = shapeOf(config.image);
    const [kernelHeight, kernelWidth] = shapeOf(config.kernel);
    const dilation = effectiveDilation(config);
    const margin = Math.max(0, padding);
    const isBad = problem(config) !== "";
    const rows = isBad ? null : coverage(height, kernelHeight, stride, padding, dilation);
    const columns = isBad ? null : coverage(width, kernelWidth, stride, padding, dilation);
    const read = new Set(current ? taps(config, ...current).map((tap) => `${tap.row},${tap.column}`) : []);
    const look = (r, c) => {
      const [row, column] = [r - margin, c - margin];
      const isInside = row >= 0 && column >= 0 && row < height && column < width;
      const value = isInside ? config.image[row][column] : mode === "max" ? -Infinity : 0;
      const isLost = rows !== null && !(rows[r].isRead && columns[c].isRead);
      const isRead = read.has(`${row},${column}`);
      const isPixel = pixel?.[0] === row && pixel?.[1] === column;
      const tap = dilation > 1 ? "g-tap" : "g-read";
      const classes = [isInside ? "" : "g-pad", isLost ? "g-unread" : "", isRead ? tap : "", isPixel ? "g-chosen" : ""];
      const where = isInside ? `A[${row}, ${column}]` : "padding";
      const label = `${where} ${number(value)}${isLost ? ", never read" : ""}${isRead ? ", under the window" : ""}`;
      return { value, label, classes: classes.join(" "), editable: isInside && !isBackward };
    };
    const frame = current && {
      row: current[0] * stride,
      column: current[1] * stride,
      rows: dilation * (kernelHeight - 1) + 1,
      columns: dilation * (kernelWidth - 1) + 1,
    };
    const name = isBackward ? "Image, choose a pixel" : "Image, editable";
    image.grid.update(height + 2 * margin, width + 2 * margin, look, { cell, window: frame, glides, name });
    setText(image.name, "Image A ");
    const padded = margin ? `, padded to ${height + 2 * margin} × ${width + 2 * margin}` : "";
    setText(image.detail, `${height} × ${width}${padded}`);
  }

  function drawKernel({ config, pixel }, cell) {
    kernel.element.hidden = operator.hidden = !isSum(config.mode);
    if (!isSum(config.mode)) return;
    const [height, width] = shapeOf(config.kernel);
    const isTurned = config.mode === "convolution";
    // In a true convolution the place (i, j) of the window meets the turned kernel's entry.
    const place = ({ i, j }) => (isTurned ? `${height - 1 - i},${width - 1 - j}` : `${i},${j}`);
    const used = new Set(pixel ? feeds(config, ...pixel).map(place) : []);
    const look = (r, c) => ({
      value: config.kernel[r][c],
      label: `B[${r}, ${c}] ${number(config.kernel[r][c])}${used.has(`${r},${c}`) ? ", in use" : ""}`,
      classes: used.has(`${r},${c}`) ? "g-chosen" : "",
      editable: true,
    });
    kernel.grid.update(height, width, look, { cell: Math.max(cell, SMALLEST_KERNEL_CELL), name: "Kernel, editable" });
    setText(operator, isTurned ? "∗" : "⋆");
    setText(kernel.name, "Kernel B ");
    setText(kernel.detail, `${height} × ${width}${isTurned ? ", laid on turned" : ""}`);
  }

  function drawWork({ config, current, right }, cell) {
    work.element.hidden = current === null;
    if (current === null) return;
    const { mode, p, absolute } = config;
    const [height, width] = shapeOf(config.kernel);
    const cells = taps(config, ...current);
    const winners = mode === "max" ? slopes(config, cells) : [];
    const isPower = mode === "lp" && !isInfinite(p);
    const isRoomy = width <= 4;
    const look = (r, c) => {
      const tap = cells[r * width + c];
      const isWinner = winners[r * width + c] === 1;
      const classes = `${tap.inside ? "" : "g-pad"} ${isWinner ? "g-chosen" : ""}`;
      if (isSum(mode)) {
        const product = tap.value * tap.weight;
        const top = isRoomy ? `${number(tap.value, 2)}·${factor(tap.weight, 2)}` : null;
        return {
          value: product,
          top,
          label: `${number(tap.value)} times ${number(tap.weight)} is ${number(product)}`,
          classes,
        };
      }
      if (isPower) {
        const value = (absolute ? Math.abs(tap.value) : tap.value) ** p;
        const base = absolute ? `|${number(tap.value)}|` : factor(tap.value);
        const label = `${base} to the power ${number(p)} is ${number(value)}`;
        return { value, top: isRoomy ? [base, number(p)] : null, label, classes };
      }
      return { value: tap.value, label: `${number(tap.value)}${isWinner ? ", the maximum" : ""}`, classes };
    };
    const looks = cells.map((_, k) => look(Math.floor(k / width), k % width));
    const longest = Math.max(...looks.map(({ top }) => (typeof top === "string" ? top.length : 0)));
    const side = isRoomy ? Math.max(cell, 40, Math.ceil(6.2 * longest) + 4) : cell;
    work.grid.update(height, width, (r, c) => looks[r * width + c], { cell: side });
    setText(work.name, isSum(mode) ? "Products " : isPower ? "Powers " : "Under the window ");
    setText(work.detail, isSum(mode) ? "image · kernel" : "");
    const lp = isPower ? "(sum)^(1/p)" : "max |x|";
    const word = { max: "max", average: "mean", lp }[mode] ?? "sum";
    setText(work.result, `${word} = ${number(right[current[0]][current[1]])}`);
  }

  function drawOutput({ config, right, arriving, claim, current, pixel, isBackward, walked }, cell) {
    const shown = isBackward ? arriving : (claim ?? right);
    together.hidden = !shown;
    if (!shown) return;
    const [height, width] = shapeOf(shown);
    const fed = new Set(pixel ? feeds(config, ...pixel).map((one) => `${one.row},${one.column}`) : []);
    const look = (r, c) => {
      const name = isBackward ? `dE/dC[${r}, ${c}]` : `C[${r}, ${c}]`;
      if (!isBackward && r * width + c > walked) return hidden(name);
      const value = shown[r][c] ?? NaN;
      const isDifferent = !isBackward && claim && !isClose(claim[r][c], right?.[r]?.[c]);
      const isHere = !claim && current?.[0] === r && current?.[1] === c;
      const isFed = fed.has(`${r},${c}`);
      const classes = `${isHere || isFed ? "g-chosen" : ""} ${isDifferent ? "g-differs" : ""}`;
      const notes = `${isHere ? ", the window is here" : ""}${isDifferent ? ", differs" : ""}${isFed ? ", fed by the pixel" : ""}`;
      return { value, label: `${name} ${number(value)}${notes}`, classes, editable: isBackward };
    };
    const name = isBackward ? "Gradient of the output, editable" : "Output, choose a cell";
    output.grid.update(height, width, look, { cell, name });
    setText(output.name, isBackward ? "dE/dC " : claim ? "Your output " : "Output C ");
    setText(output.detail, `${height} × ${width}${isBackward ? ", arrives" : ""}`);
  }

  function drawGradient({ gradient: values, pixel, walked }, cell) {
    gradient.element.hidden = !values;
    if (!values) return;
    const [height, width] = shapeOf(values);
    const look = (r, c) => {
      if (r * width + c > walked) return hidden(`dE/dA[${r}, ${c}]`);
      const classes = pixel[0] === r && pixel[1] === c ? "g-chosen" : "";
      return { value: values[r][c], label: `dE/dA[${r}, ${c}] ${number(values[r][c])}`, classes };
    };
    gradient.grid.update(height, width, look, { cell });
    setText(gradient.name, "dE/dA ");
    setText(gradient.detail, `${height} × ${width}, what each pixel gets`);
  }

  return {
    element,
    draw(scene, width) {
      const cell = cellSize(scene, width);
      drawImage(scene, cell);
      drawKernel(scene, cell);
      drawWork(scene, cell);
      drawOutput(scene, cell);
      drawGradient(scene, cell);
    },
  };
}

const hidden = (name) => ({ value: NaN, text: "", label: `${name} not yet computed`, classes: "g-empty" });

// One row of panels where the cells stay legible, else all beside the image, else all below it.
function cellSize({ config, right, isBackward }, available) {
  const margin = 2 * Math.max(0, config.padding);
  const [height, width] = shapeOf(config.image);
  const image = width + margin;
  const kernel = isSum(config.mode) ? shapeOf(config.kernel)[1] : 0;
  const output = (right ? right[0].length : 1) + (isBackward ? width : 0);
  const fit = (count, gaps) => Math.floor((available - gaps) / count);
  const oneRow = fit(image + 2 * kernel + output, 190);
  const beside = fit(image + Math.max(2 * kernel, output), 100);
  const stacked = fit(Math.max(image, 2 * kernel, output), 30);
  const best = oneRow >= 28 ? oneRow : beside >= 20 ? beside : stacked;
  return Math.max(8, Math.min(LARGEST_CELL, best, Math.max(15, Math.floor(TALLEST_IMAGE / (height + margin)))));
}
