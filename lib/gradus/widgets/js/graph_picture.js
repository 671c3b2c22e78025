import { number, svg } from "./dom.js";
import { expression, isInput, layout, operationSign, total } from "./graph_math.js";
import { bar, bracketed } from "./graph_words.js";

// The drawing of a computation graph: along the line where there is room, else from top to bottom.

const BOX = { width: 122, height: 66 };

export function drawGraph(nodes, { values, shares, done, now, width: available }) {
  const { layers, tallest, places, routes } = layout(nodes);
  const down = available < 620;
  const along = down ? tallest : layers;
  const across = down ? layers : tallest;
  const gap = { x: Math.min(180, (available - 8) / along), y: down ? 108 : 88 };
  const side = Math.min(BOX.width, gap.x - (down ? 8 : 34));
  const size = { width: available, height: (across - 1) * gap.y + BOX.height + 10 };
  const left = (available - (along - 1) * gap.x) / 2;
  // The middle of a place.
  const at = ([layer, row]) =>
    down
      ? [left + row * gap.x, 5 + BOX.height / 2 + layer * gap.y]
      : [left + layer * gap.x, 5 + BOX.height / 2 + row * gap.y];
  const drawing = svg("svg", {
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: "img",
    "aria-label": "The graph; its numbers are in the table below",
  });
  const marker = `tip${Math.random().toString(36).slice(2)}`;
  const tip = (id, hue) =>
    svg(
      "marker",
      {
        id,
        viewBox: "0 0 10 10",
        refX: 9,
        refY: 5,
        markerWidth: 10,
        markerHeight: 10,
        markerUnits: "userSpaceOnUse",
        orient: "auto-start-reverse",
      },
      svg("path", { d: "M0 0L10 5L0 10z", class: `g-f-${hue}` }),
    );
  drawing.append(svg("defs", {}, tip(marker, "soft"), tip(`${marker}b`, "grad")));
  const labels = [];

  function edge(node, name, k, share) {
    // Edges arrive in the order in which they come, so that they do not cross.
    const before = node.inputs.map((one) => (routes[`${one}>${node.name}`].at(-1) ?? places[one])[1]);
    const rank = before.filter((row, n) => row < before[k] || (row === before[k] && n < k)).length;
    const shift = ((rank + 1) / (node.inputs.length + 1) - 0.5) * 30;
    const [x1, y1] = at(places[name]);
    const [x2, y2] = at(places[node.name]);
    const half = BOX.height / 2;
    const from = down ? [x1, y1 + half] : [x1 + side / 2, y1];
    const to = down ? [x2 + shift, y2 - half] : [x2 - side / 2, y2 + shift];
    const points = [from, ...routes[`${name}>${node.name}`].map(at), to];
    let d = `M${from}`;
    for (let n = 1; n < points.length; n++) {
      const [[ax, ay], [bx, by]] = [points[n - 1], points[n]];
      d += down
        ? `C${ax} ${(ay + by) / 2} ${bx} ${(ay + by) / 2} ${bx} ${by}`
        : `C${(ax + bx) / 2} ${ay} ${(ax + bx) / 2} ${by} ${bx} ${by}`;
    }
    const isNow = now?.kind === "backward" && now.node.name === node.name;
    const path = svg("path", { d, class: `g-edge ${isNow ? "g-h-grad g-now" : share ? "g-h-grad" : "g-h-soft"}` });
    path.setAttribute(isNow ? "marker-start" : "marker-end", `url(#${isNow ? `${marker}b` : marker})`);
    drawing.append(path);
    if (!isNow) return;
    const [[ax, ay], [bx, by]] = points.slice(-2);
    labels.push(
      svg(
        "text",
        { x: (ax + bx) / 2, y: (ay + by) / 2 - 4, "text-anchor": "middle", class: "g-t-grad g-strong g-halo" },
        `·${bracketed(share.local)}`,
      ),
    );
  }

  for (const node of nodes) {
    const used = {};
    (node.inputs ?? []).forEach((name, k) => {
      used[name] = (used[name] ?? -1) + 1;
      edge(node, name, k, shares[name].filter((one) => one.from === node.name)[used[name]]);
    });
  }
  for (const node of nodes) {
    const [x, y] = at(places[node.name]);
    const known = done.has(node.name);
    const group = svg("g", {
      class: `g-node${now?.node.name === node.name ? " g-nownode" : ""}${isInput(node) ? " g-inputnode" : ""}`,
    });
    group.append(
      svg("rect", {
        x: x - side / 2,
        y: y - BOX.height / 2,
        width: side,
        height: BOX.height,
        rx: isInput(node) ? 30 : 8,
      }),
    );
    const text = (content, dy, classes) =>
      group.append(svg("text", { x, y: y + dy, "text-anchor": "middle", class: classes }, content));
    const whole = isInput(node) ? node.name : `${node.name} = ${expression(node)}`;
    text(
      whole.length * 8 <= side ? whole : isInput(node) ? node.name : `${node.name}: ${operationSign(node)}`,
      -14,
      "g-nodename",
    );
    text(known ? number(values[node.name]) : "?", 5, known ? "g-t-img g-strong" : "");
    const got = shares[node.name];
    if (got.length) text(`${bar(node.name)} = ${number(total(got))}`, 23, "g-t-grad g-strong");
    drawing.append(group);
  }
  drawing.append(...labels);
  return drawing;
}
