// Where an explorer lives: in a notebook (anywidget hands over the model) or alone in a page (standAlone).

// The explorer's root: theme, keyboard and size are taken care of. `draw(width)` is called when the width changes.
export function makeRoot(el, label, draw) {
  const root = document.createElement("section");
  root.className = "gradus";
  root.lang = "en";
  root.setAttribute("aria-label", label);
  // JupyterLab's command mode would take arrow keys away from sliders; shortcuts with Ctrl or Cmd stay JupyterLab's.
  const keep = (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
  root.addEventListener("keydown", keep);
  const unwatch = watchTheme(root);
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.round(entry.contentRect.width);
    if (now === width || now === 0) return;
    width = now;
    root.classList.toggle("g-narrow", width < 560);
    draw(width);
  });
  el.append(root);
  observer.observe(root);
  return {
    root,
    dispose() {
      observer.disconnect();
      unwatch();
      root.remove();
    },
  };
}

// JupyterLab writes its theme on <body>; elsewhere the reader's own preference counts.
function watchTheme(root) {
  let body = document.body;
  try {
    if (window.parent.document.body.dataset.jpThemeLight) body = window.parent.document.body;
  } catch {
    // A page of another origin around this one: its theme is not ours to see.
  }
  const preference = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const light = body.dataset.jpThemeLight ? body.dataset.jpThemeLight === "true" : !preference.matches;
    root.dataset.theme = light ? "light" : "dark";
    document.body.classList.toggle("gradus-dark", !light);
  };
  const observer = new MutationObserver(apply);
  observer.observe(body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  preference.addEventListener("change", apply);
  apply();
  return () => {
    observer.disconnect();
    preference.removeEventListener("change", apply);
  };
}

// Calls `draw` once after any change of the state, however many names a handler sets inside `change`.
export function follow(model, names, draw) {
  let held = false;
  let due = false;
  const heard = () => {
    due = true;
    if (!held) flush();
  };
  const flush = () => {
    if (!due) return;
    due = false;
    draw();
  };
  for (const name of names) model.on(`change:${name}`, heard);
  return {
    change(values) {
      held = true;
      for (const [name, value] of Object.entries(values)) model.set(name, value);
      held = false;
      flush();
      model.save_changes();
    },
    dispose() {
      for (const name of names) model.off(`change:${name}`, heard);
    },
  };
}

// A timer for "play": calls `tick` until it returns false.
export function makePlayer({ interval, tick, onchange }) {
  let timer = null;
  const stop = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    onchange(false);
  };
  const next = () => {
    timer = setTimeout(() => {
      if (tick()) next();
      else stop();
    }, interval());
  };
  return {
    stop,
    isPlaying: () => timer !== null,
    start() {
      if (timer !== null) return;
      next();
      onchange(true);
    },
  };
}

// A model without a kernel: the page's own state.
export function makeModel(state) {
  const listeners = new Map();
  return {
    get: (name) => state[name],
    set(name, value) {
      if (JSON.stringify(state[name]) === JSON.stringify(value)) return;
      state[name] = value;
      for (const listener of listeners.get(`change:${name}`) ?? []) listener();
    },
    save_changes() {},
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    off(event, listener) {
      listeners.set(
        event,
        (listeners.get(event) ?? []).filter((one) => one !== listener),
      );
    },
  };
}

export function standAlone(render) {
  const el = document.getElementById("explorer");
  const model = makeModel(JSON.parse(document.getElementById("state").textContent));
  render({ model, el });
  const frame = window.frameElement;
  if (!frame) return;
  // The frame is as high as its content, so that nothing scrolls inside the notebook.
  new ResizeObserver(() => {
    frame.style.height = `${Math.ceil(el.getBoundingClientRect().height) + 2}px`;
  }).observe(el);
}
