import { axes, backward, forward, problem, shapeOf } from "./conv_math.js";
import { makeControls } from "./conv_controls.js";
import { makePanels } from "./conv_panels.js";
import {
  claimSentence,
  feedsSentence,
  gradientLine,
  modeSentence,
  outputLine,
  sizeFormulas,
  unreadSentence,
} from "./conv_words.js";
import { checkbox, h, number, setText, slider } from "./dom.js";
import { follow, makePlayer, makeRoot, standAlone } from "./host.js";

// The convolution and pooling explorer: everything that the reader sees is drawn from the model in `draw`.

const NAMES = ["image", "kernel", "mode", "stride", "padding", "dilation", "p", "absolute", "count_padding"];
const withEntry = (grid, row, column, value) =>
  grid.map((line, r) => line.map((entry, c) => (r === row && c === column ? value : entry)));

export function render({ model, el }) {
  const view = { width: 0, isWalking: false, isMoving: false, reached: 0, pixel: 0, refusal: "" };
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
    view.isWalking = false;
    player.stop();
    state.change({ claim: null, note: "", ...values });
  };

  const controls = makeControls(model, change);

  // -- numbers ----------------------------------------------------------------------------------------------------
  let known = { key: null, output: null };
  const answer = () => {
    const now = config();
    const key = NAMES.map((name) => now[name]);
    if (!known.key?.every((value, k) => value === key[k])) known = { key, output: problem(now) ? null : forward(now) };
    return known.output;
  };
  const arriving = () => {
    const [given, right] = [model.get("grad_output"), answer()];
    const fits = given && right && given.length === right.length && given[0].length === right[0].length;
    return fits ? given : (right?.map((row) => row.map(() => 1)) ?? null);
  };

  // -- the walk: play, pause, step ----------------------------------------------------------------------------------
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
    if (isBackward()) view.pixel = place;
    if (isBackward() || model.get("position") === place) draw();
    else if (save) state.change({ position: place });
    else model.set("position", place);
    view.isMoving = false;
  };
  const pick = (place) => {
    player.stop();
    moveTo(place);
  };
  const begin = () => {
    view.isWalking = true;
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
    if (!view.isWalking || index() + 1 >= total()) begin();
    return player.start();
  });
  play.classList.add("g-main");
  const back = button("Back", "One cell back", () => pick(Math.max(0, index() - 1)));
  const step = button("Step", "One cell on", () => pick(Math.max(0, Math.min(total() - 1, index() + 1))));
  const restart = button("Start empty", "Empty the result and begin at its first cell", () => {
    player.stop();
    begin();
  });
  const reveal = button("Show all", "Fill the whole result", () => {
    view.isWalking = false;
    player.stop();
    draw();
  });
  const speed = slider({
    label: "Speed",
    min: 1,
    max: 12,
    shows: (value) => `${value} a second`,
    oninput: (value) => speed.update(value),
  });
  speed.update(3);
  const glide = checkbox({ label: "glide", onchange: () => {} });
  glide.input.checked = true;

  // -- what the grids do ----------------------------------------------------------------------------------------------
  const panels = makePanels({
    editImage(r, c, value) {
      const { padding, image } = config();
      change({ image: withEntry(image, r - padding, c - padding, value) });
    },
    editKernel: (r, c, value) => change({ kernel: withEntry(model.get("kernel"), r, c, value) }),
    editArriving(r, c, value) {
      view.refusal = "";
      state.change({ grad_output: withEntry(arriving(), r, c, value) });
    },
    pickOutput: (r, c) => answer() && !isBackward() && pick(Math.min(total() - 1, r * answer()[0].length + c)),
    pickPixel(r, c, isGradient) {
      const margin = isGradient ? 0 : Math.max(0, model.get("padding"));
      const [row, column] = [r - margin, c - margin];
      const [height, width] = shapeOf(model.get("image"));
      if (isBackward() && row >= 0 && column >= 0 && row < height && column < width) pick(row * width + column);
    },
    refuse(text, before) {
      view.refusal =
        `“${text.slice(0, 30)}” is not a number between −100000 and 100000, so the cell keeps ${before}. ` +
        "Type something like 3, -0.5 or 1/9.";
      draw();
    },
  });

  // -- words ----------------------------------------------------------------------------------------------------------
  const words = Object.fromEntries(
    ["claim", "line", "lost", "remark", "aloud"].map((name) => [name, h("p", { class: `g-${name}` })]),
  );
  const formulas = h("div", { class: "g-formulas" });
  const alert = h("p", { class: "g-alert", role: "alert" });
  words.aloud.setAttribute("role", "status");
  const walk = h("div", { class: "g-player" }, play, back, step, restart, reveal, speed.element, glide.element);
  root.append(
    ...controls.elements,
    alert,
    panels.element,
    words.claim,
    walk,
    words.line,
    formulas,
    words.lost,
    words.remark,
    words.aloud,
  );

  function say(element, text) {
    setText(element, text);
    element.hidden = text === "";
  }

  function draw() {
    if (view.width === 0) return;
    const now = config();
    const right = answer();
    const here = index();
    const place = (width) => [Math.floor(here / width), here % width];
    const current = right && !isBackward() ? place(right[0].length) : null;
    const pixel = right && isBackward() ? place(shapeOf(now.image)[1]) : null;
    const scene = {
      config: now,
      right,
      arriving: arriving(),
      gradient: pixel && backward(now, arriving()),
      claim: model.get("claim"),
      current,
      pixel,
      isBackward: isBackward(),
      walked: view.isWalking ? view.reached : Infinity,
      glides: view.isMoving && glide.input.checked,
    };
    controls.update(now);
    root.classList.toggle("g-backward", isBackward());
    setText(play, player.isPlaying() ? "Pause" : "Play");
    panels.draw(scene, view.width);
    drawWords(scene);
  }

  function drawWords({ config: now, right, gradient, current, pixel, claim }) {
    const bad = problem(now);
    say(alert, [view.refusal, model.get("note"), bad].filter(Boolean).join(" "));
    say(words.claim, isBackward() ? "" : claimSentence(claim, right));
    say(words.lost, right ? unreadSentence(now) : "");
    say(words.remark, modeSentence(now));
    words.line.hidden = !right;
    if (current) words.line.replaceChildren(...outputLine(now, ...current, right[current[0]][current[1]]));
    if (pixel) words.line.replaceChildren(...gradientLine(now, arriving(), ...pixel, gradient[pixel[0]][pixel[1]]));
    formulas.hidden = !(now.stride >= 1);
    if (!formulas.hidden) formulas.replaceChildren(...sizeFormulas(now));
    if (player.isPlaying()) return;
    const where = pixel
      ? feedsSentence(now, ...pixel)
      : current
        ? `C[${current.join(", ")}] = ${number(right[current[0]][current[1]], 4)}.`
        : "";
    const size = right ? `Output ${shapeOf(right).join(" × ")}.` : "No output.";
    setText(words.aloud, [words.claim.textContent, size, where].filter(Boolean).join(" "));
  }

  draw();
  return () => {
    player.stop();
    state.dispose();
    disposeRoot();
  };
}

export default { render };
