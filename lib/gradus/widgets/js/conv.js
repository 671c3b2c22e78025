import { axes, backward, coverage, effectiveDilation, feeds, forward, isInfinite, isSum, problem, reduce, shapeOf, slopes, taps } from "./conv_math.js";
import { EXAMPLES, exampleState, filler } from "./conv_examples.js";
import { feedsSentence, gradientLine, modeSentence, outputLine, sizeFormulas, unreadSentence } from "./conv_words.js";
import { checkbox, choice, h, number, plural, select, setText, slider } from "./dom.js";
import { follow, makePlayer, makeRoot, standAlone } from "./host.js";
import { makeGrid } from "./grid.js";

// The convolution and pooling explorer: everything that the reader sees is drawn from the model in `draw`.

const NAMES = ["image", "kernel", "mode", "stride", "padding", "dilation", "p", "absolute", "count_padding"];
const POWERS = [1, 1.5, 2, 3, 4, 6, 8, 12, 20, 50, "inf"];
const LARGEST_CELL = 40;
const TALLEST_IMAGE = 460;

const resized = (grid, size, fill) =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => grid[row]?.[column] ?? fill(row, column)));

const withEntry = (grid, row, column, value) =>
  grid.map((line, r) => line.map((entry, c) => (r === row && c === column ? value : entry)));

export function render({ model, el }) {
  const view = { width: 0, walking: false, reached: 0, pixel: 0, isMoving: false, refusal: "", image: [], kernel: [] };
  const { root, dispose: disposeRoot } = makeRoot(el, "Convolution and pooling explorer", (width) => {
    view.width = width;
    draw();
  });
  const config = () => Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
  const isBackward = () => model.get("view") === "backward";
  const state = follow(model, [...NAMES, "view", "grad_output", "position", "claim", "note"], () => draw());

  // What the reader changes is the reader's own: an array shown from Python gives way to the computed output.
  const change = (values) => {
    view.refusal = "";
    view.walking = false;
    player.stop();
    state.change({ claim: null, note: "", ...values });
  };

  // -- controls ----------------------------------------------------------------------------------------------------
  const mode = select({
    label: "Operation",
    options: {
      "Weighted sums": [
        ["cross-correlation", "cross-correlation (torch's conv)"],
        ["convolution", "convolution (kernel turned)"],
      ],
      Pooling: [
        ["max", "max pooling"],
        ["average", "average pooling"],
        ["lp", "Lp pooling"],
      ],
    },
    onchange: (value) => change({ mode: value }),
  });
  const example = select({
    label: "Example",
    options: {
      "Choose one": [["", "choose …"]],
      ...Object.fromEntries(
        Object.entries(EXAMPLES).map(([group, list]) => [group, Object.entries(list).map(([name, { text }]) => [name, text])]),
      ),
    },
    onchange(name) {
      if (name) change({ ...exampleState(name, model.get("mode")), position: 0 });
      example.input.value = "";
    },
  });
  const direction = choice({
    label: "View",
    options: [
      ["forward", "Forward"],
      ["backward", "Backward"],
    ],
    onchange: (value) => change({ view: value }),
  });
  // A grid that shrinks keeps its cells in mind, so that growing again brings them back.
  const resize = (name, fill) => (size) => {
    const grid = model.get(name);
    grid.forEach((line, row) => {
      view[name][row] ??= [];
      line.forEach((entry, column) => (view[name][row][column] = entry));
    });
    change({ [name]: resized(view[name], size, fill) });
  };
  const sliders = {
    kernelSize: slider({ label: "Kernel size", symbol: "K", min: 1, max: 7, oninput: resize("kernel", (r, c) => filler(r, c) % 3) }),
    stride: slider({ label: "Stride", symbol: "S", min: 1, max: 6, oninput: (value) => change({ stride: value }) }),
    padding: slider({ label: "Padding", symbol: "P", min: 0, max: 4, oninput: (value) => change({ padding: value }) }),
    dilation: slider({ label: "Dilation", symbol: "D", min: 1, max: 4, oninput: (value) => change({ dilation: value }) }),
    imageSize: slider({ label: "Image size", symbol: "I", min: 1, max: 20, oninput: resize("image", filler) }),
    p: slider({
      label: "Power",
      symbol: "p",
      min: 0,
      max: POWERS.length - 1,
      shows: () => (isInfinite(model.get("p")) ? "∞" : number(model.get("p"))),
      oninput: (index) => change({ p: POWERS[index] }),
    }),
  };
  const absolute = checkbox({ label: "take |x| first (torch does not)", onchange: (value) => change({ absolute: value }) });
  const counted = checkbox({ label: "count padded cells", onchange: (value) => change({ count_padding: value }) });

  // -- the walk: play, pause, step ------------------------------------------------------------------------------------
  const total = () => {
    if (problem(config())) return 0;
    const { vertical, horizontal } = axes(config());
    const [height, width] = shapeOf(model.get("image"));
    return isBackward() ? height * width : vertical.size * horizontal.size;
  };
  const index = () => Math.max(0, Math.min(isBackward() ? view.pixel : model.get("position"), total() - 1));
  const moveTo = (place, { save = true } = {}) => {
    view.refusal = "";
    view.reached = Math.max(view.reached, place);
    view.isMoving = true;
    if (isBackward()) {
      view.pixel = place;
      draw();
    } else if (model.get("position") === place) draw();
    else if (save) state.change({ position: place });
    else model.set("position", place);
    view.isMoving = false;
  };
  const pick = (place) => {
    player.stop();
    moveTo(place);
  };
  const begin = () => {
    view.walking = true;
    view.reached = 0;
    moveTo(0);
  };
  const player = makePlayer({
    interval: () => 1000 / Number(speed.input.value),
    tick() {
      if (index() + 1 >= total()) return false;
      moveTo(index() + 1, { save: false });
      return true;
    },
    onchange(isPlaying) {
      if (!isPlaying) model.save_changes();
      draw();
    },
  });
  const button = (text, title, onclick) => h("button", { type: "button", class: "g-button", title, onclick }, text);
  const play = button("Play", "Let the window move, cell by cell", () => {
    if (player.isPlaying()) return player.stop();
    if (!view.walking || index() + 1 >= total()) begin();
    return player.start();
  });
  play.classList.add("g-main");
  const back = button("Back", "One cell back", () => pick(Math.max(0, index() - 1)));
  const step = button("Step", "One cell on", () => pick(Math.min(total() - 1, index() + 1)));
  const restart = button("Start empty", "Empty the result and begin at its first cell", () => {
    player.stop();
    begin();
  });
  const reveal = button("Show all", "Fill the whole result", () => {
    player.stop();
    view.walking = false;
    draw();
  });
  const speed = slider({ label: "Speed", min: 1, max: 12, shows: (value) => `${value} a second`, oninput: (value) => speed.update(value) });
  speed.update(3);
  const glide = checkbox({ label: "glide", onchange: () => {} });
  glide.input.checked = true;

  // -- the panels -------------------------------------------------------------------------------------------------------
  const refuse = (text, before) => {
    view.refusal = `“${text.slice(0, 30)}” is not a number between −100000 and 100000, so the cell keeps ${before}. Type something like 3, -0.5 or 1/9.`;
    draw();
  };
  const image = makeGrid({
    label: "Image",
    hue: "img",
    onedit: (r, c, value) => {
      const { padding, image: grid } = config();
      change({ image: withEntry(grid, r - padding, c - padding, value) });
    },
    onpick: (r, c) => pickPixel(r - model.get("padding"), c - model.get("padding")),
    onrefuse: refuse,
  });
  const kernel = makeGrid({
    label: "Kernel",
    hue: "ker",
    onedit: (r, c, value) => change({ kernel: withEntry(model.get("kernel"), r, c, value) }),
    onrefuse: refuse,
  });
  const work = makeGrid({ label: "Under the window", hue: "work" });
  const output = makeGrid({
    label: "Output",
    hue: "out",
    onedit: (r, c, value) => state.change({ grad_output: withEntry(arriving(), r, c, value) }),
    onpick: (r, c) => pick(r * shapeOf(answer())[1] + c),
    onrefuse: refuse,
  });
  const gradient = makeGrid({ label: "Gradient of the image", hue: "img", onpick: (r, c) => pickPixel(r, c) });
  function pickPixel(row, column) {
    const [height, width] = shapeOf(model.get("image"));
    if (isBackward() && row >= 0 && column >= 0 && row < height && column < width) pick(row * width + column);
  }

  const panel = (grid) => {
    const name = h("b");
    const detail = h("span");
    const result = h("div", { class: "g-result" });
    return { name, detail, result, element: h("figure", { class: "g-panel" }, h("figcaption", {}, name, detail), grid.element, result) };
  };
  const panels = { image: panel(image), kernel: panel(kernel), work: panel(work), output: panel(output), gradient: panel(gradient) };
  const operator = h("div", { class: "g-operator", "aria-hidden": "true" });
  const arrow = h("div", { class: "g-operator", "aria-hidden": "true" }, "→");
  const line = h("p", { class: "g-line" });
  const formulas = h("div", { class: "g-formulas" });
  const alert = h("p", { class: "g-alert", role: "alert" });
  const lost = h("p", { class: "g-lost" });
  const remark = h("p", { class: "g-remark" });
  const claimed = h("p", { class: "g-claim" });
  const status = h("p", { class: "g-aloud", role: "status" });
  const results = [panels.work.element, arrow, panels.output.element, panels.gradient.element];
  const beside = h("div", { class: "g-beside" }, operator, panels.kernel.element, ...results);
  const stage = h("div", { class: "g-stage" }, panels.image.element, beside);
  const options = h("div", { class: "g-options" }, sliders.p.element, absolute.element, counted.element);
  const sizes = ["kernelSize", "stride", "padding", "dilation", "imageSize"].map((name) => sliders[name].element);
  root.append(
    h("div", { class: "g-bar" }, mode.element, example.element, direction.element),
    h("div", { class: "g-sliders" }, ...sizes),
    options,
    alert,
    stage,
    claimed,
    h("div", { class: "g-player" }, play, back, step, restart, reveal, speed.element, glide.element),
    line,
    formulas,
    lost,
    remark,
    status,
  );

  // -- numbers ------------------------------------------------------------------------------------------------------------
  let known = { key: null, output: null };
  const answer = () => {
    const now = config();
    const key = NAMES.map((name) => now[name]);
    if (known.key?.every((value, k) => value === key[k])) return known.output;
    known = { key, output: problem(now) ? null : forward(now) };
    return known.output;
  };
  const arriving = () => {
    const given = model.get("grad_output");
    const right = answer();
    const fits = given && right && given.length === right.length && given[0].length === right[0].length;
    return fits ? given : right?.map((row) => row.map(() => 1));
  };

  // -- drawing ------------------------------------------------------------------------------------------------------------
  function cellSize(columns) {
    // One row of panels where the cells stay legible, else all beside the image, else all below it.
    const { image: a, kernel: b, output: c } = columns;
    const fit = (count, gaps) => Math.floor((view.width - gaps) / count);
    const oneRow = fit(a + b + b + c, 190);
    const beside = fit(a + Math.max(b + b, c), 100);
    const stacked = fit(Math.max(a, b + b, c), 30);
    const best = oneRow >= 28 ? oneRow : beside >= 20 ? beside : stacked;
    return Math.max(8, Math.min(LARGEST_CELL, best, Math.max(15, Math.floor(TALLEST_IMAGE / columns.height))));
  }

  function drawControls(now) {
    mode.input.value = now.mode;
    direction.update(model.get("view"));
    sliders.kernelSize.update(Math.max(...shapeOf(now.kernel)));
    sliders.stride.update(now.stride);
    sliders.padding.update(now.padding);
    sliders.dilation.update(effectiveDilation(now), { disabled: ["average", "lp"].includes(now.mode) });
    sliders.imageSize.update(Math.max(...shapeOf(now.image)));
    const place = isInfinite(now.p) ? POWERS.length - 1 : POWERS.findIndex((p) => p >= now.p);
    sliders.p.update(Math.max(0, place));
    sliders.p.element.hidden = now.mode !== "lp";
    absolute.element.hidden = now.mode !== "lp";
    absolute.input.checked = now.absolute;
    counted.element.hidden = now.mode !== "average";
    counted.input.checked = now.count_padding;
    options.hidden = !["lp", "average"].includes(now.mode);
    setText(play, player.isPlaying() ? "Pause" : "Play");
    root.classList.toggle("g-backward", isBackward());
  }

  function drawImage(now, cell, current, pixel) {
    const { padding, stride, mode: how } = now;
    const [height, width] = shapeOf(now.image);
    const [kernelHeight, kernelWidth] = shapeOf(now.kernel);
    const dilation = effectiveDilation(now);
    const bad = problem(now);
    const margin = Math.max(0, padding);
    const rows = bad ? null : coverage(height, kernelHeight, stride, padding, dilation);
    const columns = bad ? null : coverage(width, kernelWidth, stride, padding, dilation);
    const read = new Set(current ? taps(now, ...current).map((tap) => `${tap.row},${tap.column}`) : []);
    const look = (r, c) => {
      const [row, column] = [r - margin, c - margin];
      const inside = row >= 0 && column >= 0 && row < height && column < width;
      const value = inside ? now.image[row][column] : how === "max" ? -Infinity : 0;
      const isLost = rows !== null && !(rows[r].isRead && columns[c].isRead);
      const isRead = read.has(`${row},${column}`);
      const isPixel = pixel && pixel[0] === row && pixel[1] === column;
      const classes = [inside ? "" : "g-pad", isLost ? "g-unread" : "", isRead ? (dilation > 1 ? "g-tap" : "g-read") : "", isPixel ? "g-chosen" : ""];
      const where = inside ? `A[${row}, ${column}]` : "padding";
      const label = `${where} ${number(value)}${isLost ? ", never read" : ""}${isRead ? ", under the window" : ""}`;
      return { value, label, classes: classes.join(" "), editable: inside && !isBackward() };
    };
    const frame = current && {
      row: current[0] * stride,
      column: current[1] * stride,
      rows: dilation * (kernelHeight - 1) + 1,
      columns: dilation * (kernelWidth - 1) + 1,
    };
    image.update(height + 2 * margin, width + 2 * margin, look, { cell, window: frame, glides: view.isMoving && glide.input.checked, name: isBackward() ? "Image, choose a pixel" : "Image, editable" });
    setText(panels.image.name, "Image A ");
    const padded = margin ? `, padded to ${height + 2 * margin} × ${width + 2 * margin}` : "";
    setText(panels.image.detail, `${height} × ${width}${padded}`);
  }

  function drawKernel(now, cell, used) {
    const [height, width] = shapeOf(now.kernel);
    const flipped = now.mode === "convolution";
    const look = (r, c) => ({
      value: now.kernel[r][c],
      label: `B[${r}, ${c}] ${number(now.kernel[r][c])}${used?.has(`${r},${c}`) ? ", in use" : ""}`,
      classes: used?.has(`${r},${c}`) ? "g-chosen" : "",
      editable: true,
    });
    panels.kernel.element.hidden = !isSum(now.mode);
    operator.hidden = !isSum(now.mode);
    setText(operator, flipped ? "∗" : "⋆");
    if (isSum(now.mode)) kernel.update(height, width, look, { cell, name: "Kernel, editable" });
    setText(panels.kernel.name, "Kernel B ");
    setText(panels.kernel.detail, `${height} × ${width}${flipped ? ", laid on turned" : ""}`);
  }

  function drawWork(now, cell, current, value) {
    panels.work.element.hidden = isBackward() || current === null;
    if (panels.work.element.hidden) return;
    const [height, width] = shapeOf(now.kernel);
    const cells = taps(now, ...current);
    const shares = now.mode === "max" ? slopes(now, cells) : [];
    const roomy = width <= 4;
    const side = roomy ? Math.max(cell, 40) : cell;
    const look = (r, c) => {
      const tap = cells[r * width + c];
      const classes = `${tap.inside ? "" : "g-pad"} ${shares[r * width + c] === 1 ? "g-chosen" : ""}`;
      if (isSum(now.mode)) {
        const product = tap.value * tap.weight;
        const label = `${number(tap.value)} times ${number(tap.weight)} is ${number(product)}`;
        return { value: product, top: roomy ? `${number(tap.value, 2)}·${number(tap.weight, 2)}` : null, label, classes };
      }
      if (now.mode === "lp" && !isInfinite(now.p)) {
        const raised = reduce({ ...now, p: 1 }, [tap]) ** now.p;
        const base = now.absolute ? `|${number(tap.value)}|` : number(tap.value);
        return { value: raised, top: roomy ? [base, number(now.p)] : null, label: `${base} to the power ${number(now.p)} is ${number(raised)}`, classes };
      }
      return { value: tap.value, label: `${number(tap.value)}${shares[r * width + c] === 1 ? ", the maximum" : ""}`, classes };
    };
    work.update(height, width, look, { cell: side });
    setText(panels.work.name, isSum(now.mode) ? "Products " : now.mode === "lp" && !isInfinite(now.p) ? "Powers " : "Under the window ");
    setText(panels.work.detail, isSum(now.mode) ? "image · kernel" : "");
    const words = { "cross-correlation": "sum", convolution: "sum", max: "max", average: "mean", lp: isInfinite(now.p) ? "max |x|" : "(sum)^(1/p)" };
    setText(panels.work.result, `${words[now.mode]} = ${number(value)}`);
  }

  function drawOutput(now, cell, current, right) {
    const claim = isBackward() ? null : model.get("claim");
    const fed = new Map();
    if (isBackward() && right) {
      const width = shapeOf(now.image)[1];
      for (const one of feeds(now, Math.floor(index() / width), index() % width)) fed.set(`${one.row},${one.column}`, one);
    }
    const shown = claim ?? (isBackward() ? arriving() : right);
    panels.output.element.hidden = !shown;
    arrow.hidden = !shown;
    if (!shown) return;
    const [height, width] = shapeOf(shown);
    const look = (r, c) => {
      const place = r * width + c;
      const name = isBackward() ? `dE/dC[${r}, ${c}]` : `C[${r}, ${c}]`;
      const value = shown[r][c] ?? NaN;
      if (!isBackward() && view.walking && place > view.reached) {
        return { value: NaN, text: "", label: `${name} not yet computed`, classes: "g-empty" };
      }
      const differs = claim && Math.abs(value - (right?.[r]?.[c] ?? NaN)) <= 1e-6 * Math.max(1, Math.abs(value)) === false;
      const isHere = !claim && current && current[0] === r && current[1] === c;
      const isFed = fed.has(`${r},${c}`);
      const classes = `${isHere || isFed ? "g-chosen" : ""} ${differs ? "g-differs" : ""}`;
      const notes = [isHere ? ", the window is here" : "", differs ? ", differs" : "", isFed ? ", fed by the pixel" : ""];
      return { value, label: `${name} ${number(value)}${notes.join("")}`, classes, editable: isBackward() };
    };
    output.update(height, width, look, { cell, name: isBackward() ? "Gradient of the output, editable" : "Output, choose a cell" });
    setText(panels.output.name, isBackward() ? "dE/dC " : claim ? "Your output " : "Output C ");
    setText(panels.output.detail, `${height} × ${width}${isBackward() ? ", arrives" : ""}`);
    return fed;
  }

  function drawGradient(now, cell, pixel, values) {
    panels.gradient.element.hidden = !values;
    if (!values) return;
    const [height, width] = shapeOf(values);
    const look = (r, c) => {
      if (view.walking && r * width + c > view.reached) {
        return { value: NaN, text: "", label: `dE/dA[${r}, ${c}] not yet computed`, classes: "g-empty" };
      }
      const isHere = pixel[0] === r && pixel[1] === c;
      return { value: values[r][c], label: `dE/dA[${r}, ${c}] ${number(values[r][c])}`, classes: isHere ? "g-chosen" : "" };
    };
    gradient.update(height, width, look, { cell });
    setText(panels.gradient.name, "dE/dA ");
    setText(panels.gradient.detail, `${height} × ${width}, what each pixel gets`);
  }

  function claimSentence(right) {
    const claim = model.get("claim");
    if (!claim) return "";
    const size = (grid) => shapeOf(grid).join(" × ");
    if (!right || size(claim) !== size(right)) {
      return `Your output is ${size(claim)}; the formula gives ${right ? size(right) : "none"}.`;
    }
    const different = [];
    claim.forEach((row, r) =>
      row.forEach((value, c) => {
        const close = Math.abs((value ?? NaN) - right[r][c]) <= 1e-6 * Math.max(1, Math.abs(right[r][c]));
        if (!close && !(value === null && Number.isNaN(right[r][c]))) different.push([r, c]);
      }),
    );
    const all = plural(right.length * right[0].length, "cell");
    if (different.length === 0) return `Your output agrees with the window in all ${all}.`;
    const [r, c] = different[0];
    return `Your output differs in ${different.length} of ${all}, first at C[${r}, ${c}]: yours is ${number(claim[r][c], 4)}, the window gives ${number(right[r][c], 4)}.`;
  }

  function draw() {
    if (view.width === 0) return;
    const now = config();
    const bad = problem(now);
    const right = answer();
    const [height, width] = shapeOf(now.image);
    const here = index();
    const outputWidth = right ? right[0].length : 1;
    const current = right && !isBackward() ? [Math.floor(here / outputWidth), here % outputWidth] : null;
    const pixel = right && isBackward() ? [Math.floor(here / width), here % width] : null;
    const values = pixel ? backward(now, arriving()) : null;
    const cell = cellSize({
      height: height + 2 * Math.max(0, now.padding),
      image: width + 2 * Math.max(0, now.padding),
      kernel: isSum(now.mode) ? now.kernel[0].length : 0,
      output: isBackward() ? width + outputWidth : outputWidth,
    });
    drawControls(now);
    drawImage(now, cell, current, pixel);
    const fed = drawOutput(now, cell, current, right);
    const used = fed && pixel ? new Set([...fed.values()].map((one) => turned(now, one))) : null;
    drawKernel(now, cell, used);
    drawWork(now, cell, current, current ? right[current[0]][current[1]] : 0);
    drawGradient(now, cell, pixel, values);

    const complaints = [view.refusal, model.get("note"), bad].filter(Boolean).join(" ");
    setText(alert, complaints);
    alert.hidden = !complaints;
    line.hidden = !right;
    formulas.hidden = Boolean(bad && bad.includes("smallest"));
    if (current) line.replaceChildren(...outputLine(now, ...current, right[current[0]][current[1]]));
    if (pixel) line.replaceChildren(...gradientLine(now, arriving(), ...pixel, values[pixel[0]][pixel[1]]));
    if (!formulas.hidden) formulas.replaceChildren(...sizeFormulas(now));
    setText(lost, right ? unreadSentence(now) : "");
    lost.hidden = lost.textContent === "";
    setText(remark, modeSentence(now));
    setText(claimed, claimSentence(right));
    claimed.hidden = claimed.textContent === "";
    if (player.isPlaying()) return;
    const place = pixel ? feedsSentence(now, ...pixel) : current ? `C[${current.join(", ")}] = ${number(right[current[0]][current[1]], 4)}.` : "";
    setText(status, [claimed.textContent, right ? `Output ${shapeOf(right).join(" × ")}.` : "No output.", place].filter(Boolean).join(" "));
  }

  draw();
  return () => {
    player.stop();
    state.dispose();
    disposeRoot();
  };
}

// In a true convolution the place (i, j) of the window meets the turned kernel's entry.
function turned(config, { i, j }) {
  const [height, width] = shapeOf(config.kernel);
  return config.mode === "convolution" ? `${height - 1 - i},${width - 1 - j}` : `${i},${j}`;
}

export default { render };
