import { h, number, plural, setText, slider, svg } from "./dom.js";
import { follow, makeRoot, standAlone } from "./host.js";
import { field, fieldSize, lengths, problem, reads, unseen, wordsOf } from "./receptive_math.js";

// The receptive field over the words of a sentence: choose an output, see the words below it.

const MOST_WORDS = 24;
const NAMES = ["sentence", "kernel", "stride", "padding", "layers"];

export function render({ model, el }) {
  let width = 0;
  const { root, dispose } = makeRoot(el, "Receptive field explorer", (now) => {
    width = now;
    draw();
  });
  const state = follow(model, [...NAMES, "position", "note"], () => draw());
  const change = (values) => state.change({ note: "", ...values });
  const sliders = {
    kernel: slider({
      label: "Kernel size",
      symbol: "K",
      min: 1,
      max: 7,
      oninput: (value) => change({ kernel: value }),
    }),
    stride: slider({ label: "Stride", symbol: "S", min: 1, max: 6, oninput: (value) => change({ stride: value }) }),
    padding: slider({ label: "Padding", symbol: "P", min: 0, max: 3, oninput: (value) => change({ padding: value }) }),
    layers: slider({ label: "Layers", min: 1, max: 3, oninput: (value) => change({ layers: value }) }),
    position: slider({ label: "Output position", min: 0, max: 10, oninput: (value) => change({ position: value }) }),
  };
  const text = h("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  text.addEventListener("input", () => change({ sentence: text.value }));
  const alert = h("p", { class: "g-alert", role: "alert" });
  const picture = h("div", {
    class: "g-scroll g-words",
    tabindex: 0,
    role: "region",
    "aria-label": "The layers over the words",
  });
  const line = h("p", { class: "g-line" });
  const formula = h("p", { class: "g-remark g-ink" });
  const lost = h("p", { class: "g-lost" });
  const status = h("p", { class: "g-aloud", role: "status" });
  root.append(
    h("label", { class: "g-field" }, h("span", { class: "g-name" }, "Sentence"), text),
    h("div", { class: "g-sliders" }, ...Object.values(sliders).map((one) => one.element)),
    alert,
    picture,
    line,
    formula,
    lost,
    status,
  );

  function drawPicture(words, all, config, chosen, never) {
    const layers = config.layers;
    const column = Math.max(62, Math.min(104, (width - 8) / (words.length + 2 * config.padding)));
    const gap = 64;
    const size = { width: column * (words.length + 2 * config.padding) + 8, height: gap * layers + 66 };
    const drawing = svg("svg", {
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: "img",
      "aria-label": `${plural(words.length, "word")}, ${plural(layers, "layer")}; the sentence below says what the chosen output sees`,
    });
    // A place sits over the middle of the places that it reads.
    const x = (layer, place) => {
      if (layer === 0) return 4 + column * (place + config.padding + 0.5);
      const below = reads(place, config);
      return (x(layer - 1, below[0]) + x(layer - 1, below.at(-1))) / 2;
    };
    const y = (layer) => size.height - 36 - layer * gap;
    const onPath = Array.from({ length: layers + 1 }, () => new Set());
    onPath[layers].add(chosen);
    for (let layer = layers; layer > 0; layer--) {
      for (const place of onPath[layer]) reads(place, config).forEach((one) => onPath[layer - 1].add(one));
    }
    const back = svg("g");
    const front = svg("g");
    for (let layer = 1; layer <= layers; layer++) {
      for (let place = 0; place < all[layer]; place++) {
        const lit = onPath[layer].has(place);
        for (const one of reads(place, config)) {
          if (layer > 1 && (one < 0 || one >= all[layer - 1])) continue;
          const wire = svg("line", {
            x1: x(layer, place),
            y1: y(layer),
            x2: x(layer - 1, one),
            y2: y(layer - 1) - (layer === 1 ? 15 : 0),
            class: lit ? "g-wire g-lit" : "g-wire",
          });
          (lit ? front : back).append(wire);
        }
      }
    }
    drawing.append(back, front);
    for (let layer = 1; layer <= layers; layer++) {
      for (let place = 0; place < all[layer]; place++) {
        const lit = onPath[layer].has(place);
        const top = layer === layers;
        const node = svg("g", { class: `g-place${lit ? " g-lit" : ""}${top ? " g-top" : ""}` });
        node.append(svg("circle", { cx: x(layer, place), cy: y(layer), r: top ? 15 : 9 }));
        if (top) {
          node.append(svg("text", { x: x(layer, place), y: y(layer) + 4, "text-anchor": "middle" }, String(place)));
          node.addEventListener("click", () => change({ position: place }));
        }
        drawing.append(node);
      }
    }
    for (let place = -config.padding; place < words.length + config.padding; place++) {
      const inside = place >= 0 && place < words.length;
      const lit = onPath[0].has(place);
      const kind = !inside ? "g-padword" : never.has(place) ? "g-neverword" : lit ? "g-litword" : "";
      const group = svg("g", { class: `g-word ${kind}` });
      group.append(
        svg("rect", { x: x(0, place) - column / 2 + 2, y: y(0) - 15, width: column - 4, height: 32, rx: 6 }),
      );
      const word = inside ? words[place] : "pad";
      const room = Math.max(3, Math.floor((column - 8) / 7.4));
      group.append(
        svg(
          "text",
          { x: x(0, place), y: y(0) + 5, "text-anchor": "middle" },
          word.length > room ? `${word.slice(0, room - 1)}…` : word,
        ),
      );
      group.append(svg("title", {}, word));
      drawing.append(group);
    }
    picture.replaceChildren(drawing);
  }

  function draw() {
    if (width === 0) return;
    const config = Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
    if (text.value !== config.sentence) text.value = config.sentence;
    const words = wordsOf(config.sentence).slice(0, MOST_WORDS);
    const more = wordsOf(config.sentence).length - words.length;
    for (const name of ["kernel", "stride", "padding", "layers"]) sliders[name].update(config[name]);
    const bad = problem(words.length, config);
    const long = more > 0 ? `The picture has room for ${MOST_WORDS} words; the last ${more} are left out.` : "";
    const complaint = [model.get("note"), bad, long].filter(Boolean).join(" ");
    setText(alert, complaint);
    alert.hidden = !complaint;
    for (const part of [picture, line, formula, sliders.position.element]) part.hidden = Boolean(bad);
    lost.hidden = true;
    if (bad) return;

    const all = lengths(words.length, config);
    const top = all.at(-1);
    const chosen = Math.max(0, Math.min(top - 1, model.get("position")));
    sliders.position.input.max = top - 1;
    sliders.position.update(chosen, { highest: top - 1 });
    const seen = field(chosen, config.layers, all, config);
    const never = unseen(all, config);
    drawPicture(words, all, config, chosen, new Set(never));
    const names = seen.map((word) => words[word]);
    const tokens = seen.length
      ? [`sees ${plural(seen.length, "word")}: `, h("b", { class: "g-img" }, names.join(" "))]
      : ["sees nothing but padding."];
    line.replaceChildren(h("b", { class: "g-out" }, `Output ${chosen}`), " ", ...tokens);
    const steps = all.slice(1).map((length, k) => {
      const room = all[k] + 2 * config.padding - config.kernel;
      const fits = room % config.stride === 0;
      return `⌊(${all[k]} + 2·${config.padding} − ${config.kernel})/${config.stride}⌋ + 1 = ${fits ? "" : `⌊${number(room / config.stride)}⌋ + 1 = `}${length}`;
    });
    const size = fieldSize(config);
    const growth = Array.from({ length: config.layers }, (_, k) => config.stride ** k).join(" + ");
    const spanWords = config.layers > 1 ? `1 + (${config.kernel} − 1)·(${growth})` : "the kernel";
    setText(
      formula,
      `Output length: ${steps.join(", then ")}. Each output spans ${plural(size, "word")}: ${spanWords}.`,
    );
    if (never.length) {
      lost.hidden = false;
      const list = never.map((word) => `“${words[word]}”`).join(", ");
      setText(
        lost,
        `No output sees ${list}: the windows step over ${never.length === 1 ? "it" : "them"}, or the stride does not fit. Whatever depends on ${never.length === 1 ? "this word" : "these words"} is lost.`,
      );
    }
    setText(status, `Output length ${top}. ${line.textContent}`);
  }

  draw();
  return () => {
    state.dispose();
    dispose();
  };
}

export default { render };
