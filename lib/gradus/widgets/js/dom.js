// Small things that every explorer is made of: elements, labelled controls, numbers as text.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// 3 -> "3", -0.11111 -> "−0.111"; as many digits after the point as asked, without zeros at the end.
export function number(value, digits = 3) {
  if (value === Infinity) return "∞";
  if (value === -Infinity) return "−∞";
  if (value == null || Number.isNaN(value)) return "nan";
  if (value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 0.5 * 10 ** -digits)) {
    return value.toExponential(Math.min(2, digits)).replace("e+", "e").replaceAll("-", "−");
  }
  const text = value.toFixed(digits);
  return (text.includes(".") ? text.replace(/\.?0+$/, "") : text).replace("-", "−");
}

// A number that follows an operator: negative ones get brackets.
export const factor = (value, digits) => (value < 0 ? `(${number(value, digits)})` : number(value, digits));

export const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// "3", "-0.5", "1/9", "0,5" -> a number; anything else -> null.
export function parseNumber(text) {
  const plain = text.trim().replaceAll("−", "-").replace(",", ".");
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:\s*\/\s*(\d+\.?\d*))?$/i.exec(plain);
  if (!match) return null;
  const value = Number(match[1]) / (match[2] === undefined ? 1 : Number(match[2]));
  return Number.isFinite(value) ? value : null;
}

// A native slider inside its label. `shows(value)` is what is read aloud and printed beside it.
export function slider({ label, symbol = "", min, max, step = 1, shows = (value) => number(value), oninput }) {
  const output = h("span", { class: "g-value", "aria-hidden": "true" });
  const input = h("input", { type: "range", min, max, step, "aria-label": label });
  input.addEventListener("input", () => oninput(Number(input.value)));
  const name = h("span", { class: "g-name" }, label, symbol ? h("i", {}, ` ${symbol}`) : null);
  const element = h("label", { class: "g-slider" }, name, output, input);
  return {
    element,
    input,
    update(value, { disabled = false, lowest = min, highest = max } = {}) {
      input.min = Math.min(lowest, value);
      input.max = Math.max(highest, value);
      if (Number(input.value) !== value) input.value = value;
      const text = shows(value);
      if (output.textContent !== text) output.textContent = text;
      input.setAttribute("aria-valuetext", text);
      input.disabled = disabled;
      element.classList.toggle("g-disabled", disabled);
    },
  };
}

// options: [[value, text], ...] or {group: [[value, text], ...]}
export function select({ label, options, onchange }) {
  const option = ([value, text]) => h("option", { value }, text);
  const children = Array.isArray(options)
    ? options.map(option)
    : Object.entries(options).map(([group, list]) => h("optgroup", { label: group }, ...list.map(option)));
  const input = h("select", { "aria-label": label }, ...children);
  input.addEventListener("change", () => onchange(input.value));
  return { element: h("label", { class: "g-select" }, h("span", { class: "g-name" }, label), input), input };
}

// A row of buttons of which one is pressed.
export function choice({ label, options, onchange }) {
  const buttons = options.map(([value, text]) =>
    h("button", { type: "button", "data-value": value, onclick: () => onchange(value) }, text),
  );
  return {
    element: h("div", { class: "g-choice", role: "group", "aria-label": label }, ...buttons),
    update(value) {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === String(value)));
    },
  };
}

export function checkbox({ label, onchange }) {
  const input = h("input", { type: "checkbox" });
  input.addEventListener("change", () => onchange(input.checked));
  return { element: h("label", { class: "g-check" }, input, label), input };
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
