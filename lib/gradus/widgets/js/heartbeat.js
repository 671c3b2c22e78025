import { h, plural, setText } from "./dom.js";
import { follow, makeRoot, standAlone } from "./host.js";

// The heartbeat: asks Python at once, and again at a click; the sentence says what came of it.

const PATIENCE = 4000; // milliseconds; Python may be busy with the cells below

export function render({ model, el }) {
  const { root, dispose } = makeRoot(el, "Heartbeat", () => {});
  const sentence = h("p", { class: "g-line g-first", role: "status" });
  const remark = h("p", { class: "g-remark" });
  const button = h("button", { type: "button", class: "g-button", onclick: ask }, "Ask Python");
  root.append(sentence, h("div", { class: "g-bar g-beat" }, button, remark));
  const state = follow(model, ["answered"], heard);
  let [started, answers, timer] = [0, 0, null];

  function ask() {
    started = performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => setText(sentence, "Python has not answered yet. It may be busy: ask again."), PATIENCE);
    state.change({ asked: model.get("asked") + 1 });
  }

  function heard() {
    clearTimeout(timer);
    answers += 1;
    setText(sentence, "✓ Widgets are alive: your browser asked, and Python answered.");
    const milliseconds = Math.max(1, Math.round(performance.now() - started));
    setText(remark, answers === 1 ? "" : `${plural(answers, "answer")}; the last took ${milliseconds} ms.`);
  }

  setText(sentence, "Your browser asks Python …");
  ask();
  return () => {
    clearTimeout(timer);
    state.dispose();
    dispose();
  };
}

export default { render };
