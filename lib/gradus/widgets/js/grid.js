import { h, number, parseNumber } from "./dom.js";

// A grid of numbers: seen as shaded cells, read as a table, driven by arrow keys, edited by click and type.
// `look(row, column)` describes a cell: { value, text?, top?, classes?, label, editable? }; `top` is a small line above
// the number, or [base, exponent].

const TOO_SMALL_FOR_NUMBERS = 18;

const above = (top) => (Array.isArray(top) ? h("small", {}, top[0], h("sup", {}, top[1])) : h("small", {}, top));

export function makeGrid({ label, hue, onedit, onpick, onpoint, onrefuse }) {
  const element = h("div", {
    class: `g-grid g-${hue}`,
    role: "grid",
    "aria-label": label,
    "aria-readonly": String(!onedit),
  });
  const frame = h("div", { class: "g-window", "aria-hidden": "true" });
  let cells = [];
  let rows = 0;
  let columns = 0;
  let current = [0, 0];
  let editor = null;
  let looks = () => ({});

  function build() {
    element.replaceChildren(...Array.from({ length: rows }, () => h("div", { class: "g-row", role: "row" })), frame);
    cells = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const cell = h("div", { role: "gridcell", tabindex: -1, "data-row": row, "data-column": column });
        element.children[row].append(cell);
        return { cell };
      }),
    );
    current = [Math.min(current[0], rows - 1), Math.min(current[1], columns - 1)];
    if (rows) cells[current[0]][current[1]].cell.tabIndex = 0;
  }

  function paint(row, column, look, largest, strongest) {
    const seen = cells[row][column];
    const text = look.text ?? number(look.value, Math.abs(look.value) >= 100 ? 1 : 2);
    const tint =
      Number.isFinite(look.value) && largest > 0 ? Math.round((strongest * Math.abs(look.value)) / largest) : 0;
    const value = String(look.value);
    const classes = `g-cell ${look.classes ?? ""}${text.length > 4 ? " g-long" : ""}${look.value < 0 ? " g-negative" : ""}`;
    const key = look.top ? `${look.top}|${text}` : text;
    if (seen.text !== key && editor?.cell !== seen.cell) {
      seen.text = key;
      seen.cell.replaceChildren(...(look.top ? [above(look.top)] : []), text);
    }
    if (seen.value !== value) seen.cell.dataset.value = seen.value = value;
    if (seen.tint !== tint) seen.cell.style.setProperty("--tint", `${(seen.tint = tint)}%`);
    if (seen.classes !== classes) seen.cell.className = seen.classes = classes;
    if (seen.label !== look.label) seen.cell.setAttribute("aria-label", (seen.label = look.label));
  }

  function focus(row, column) {
    if (row < 0 || column < 0 || row >= rows || column >= columns) return;
    cells[current[0]][current[1]].cell.tabIndex = -1;
    current = [row, column];
    const { cell } = cells[row][column];
    cell.tabIndex = 0;
    cell.focus({ preventScroll: false });
  }

  function edit(row, column, start) {
    const { cell } = cells[row][column];
    const before = cell.textContent;
    const input = h("input", { class: "g-edit", "aria-label": cell.getAttribute("aria-label"), autocomplete: "off" });
    const look = looks(row, column);
    input.value = start ?? number(look.value, 6).replace("−", "-");
    cell.replaceChildren(input);
    input.focus();
    if (start === null) input.select();
    const finish = (keep, next) => {
      if (editor === null) return;
      editor = null;
      const text = input.value;
      cells[row][column].text = undefined;
      cell.textContent = before;
      if (keep) {
        const value = parseNumber(text);
        if (value === null || Math.abs(value) > 1e5) onrefuse(text, before);
        else onedit(row, column, value);
      }
      if (next) focus(...next);
    };
    editor = { cell, finish };
    input.addEventListener("keydown", (event) => {
      const next = { Enter: [row, column], Escape: [row, column] }[event.key];
      if (next) {
        event.preventDefault();
        finish(event.key === "Enter", next);
      } else if (event.key === "Tab") {
        const beside = column + (event.shiftKey ? -1 : 1);
        const exists = beside >= 0 && beside < columns && looks(row, beside).editable;
        if (exists) event.preventDefault();
        finish(true, exists ? [row, beside] : [row, column]);
        if (exists) edit(row, beside, null);
      }
      event.stopPropagation();
    });
    input.addEventListener("blur", () => finish(true, null));
  }

  const place = (event) => {
    const cell = event.target.closest?.("[role=gridcell]");
    return cell && element.contains(cell) ? [Number(cell.dataset.row), Number(cell.dataset.column)] : null;
  };

  element.addEventListener("click", (event) => {
    const at = place(event);
    if (!at || event.target.tagName === "INPUT") return;
    focus(...at);
    if (looks(...at).editable) edit(...at, null);
    else onpick?.(...at);
  });
  element.addEventListener("pointerover", (event) => {
    const at = place(event);
    if (at && event.buttons === 1) onpick?.(...at);
    if (at) onpoint?.(...at);
  });
  element.addEventListener("focusin", (event) => {
    const at = place(event);
    if (at && event.target.tagName !== "INPUT") onpoint?.(...at);
  });
  element.addEventListener("keydown", (event) => {
    const at = place(event);
    if (!at || event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = at;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (event.key in moves) {
      focus(row + moves[event.key][0], column + moves[event.key][1]);
      event.preventDefault();
      return;
    }
    if (looks(row, column).editable) {
      if (event.key === "Enter" || event.key === "F2") edit(row, column, null);
      else if (event.key.length === 1 && event.key !== " ") edit(row, column, event.key);
      else return;
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      onpick?.(row, column);
      event.preventDefault();
    }
  });

  return {
    element,
    // cell: the side of a cell in pixels.   window: { row, column, rows, columns } or null; it glides or jumps there
    update(height, width, look, { cell, window = null, glides = false, name = label } = {}) {
      looks = look;
      if (height !== rows || width !== columns) {
        editor = null;
        rows = height;
        columns = width;
        build();
      }
      if (element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
      if (cell) element.style.setProperty("--cell", `${cell}px`);
      // Cells too small for a number speak by their shade alone.
      const isTiny = cell < TOO_SMALL_FOR_NUMBERS;
      element.classList.toggle("g-tiny", isTiny);
      const seen = Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => look(r, c)));
      let largest = 0;
      for (const row of seen) {
        for (const { value } of row) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
      }
      seen.forEach((row, r) => row.forEach((one, c) => paint(r, c, one, largest, isTiny ? 80 : 26)));
      frame.hidden = window === null;
      frame.classList.toggle("g-glides", glides);
      if (window) {
        frame.style.transform = `translate(${window.column * cell}px, ${window.row * cell}px)`;
        frame.style.width = `${window.columns * cell}px`;
        frame.style.height = `${window.rows * cell}px`;
      }
    },
  };
}
