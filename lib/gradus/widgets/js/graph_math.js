// A small computation graph: values forward, adjoints backward, one node at a time. Pure functions.
// A graph is a list of nodes { name, value } or { name, op, inputs }, in any order.

const OPERATIONS = {
  add: { sign: "+", value: (a, b) => a + b, slopes: () => [1, 1], words: () => ["1", "1"] },
  sub: { sign: "−", value: (a, b) => a - b, slopes: () => [1, -1], words: () => ["1", "−1"] },
  mul: { sign: "·", value: (a, b) => a * b, slopes: (a, b) => [b, a], words: (a, b) => [b, a] },
  div: {
    sign: "/",
    value: (a, b) => a / b,
    slopes: (a, b) => [1 / b, -a / (b * b)],
    words: (a, b) => [`1/${b}`, `−${a}/${b}²`],
  },
  square: { text: (a) => `${a}²`, value: (a) => a * a, slopes: (a) => [2 * a], words: (a) => [`2·${a}`] },
  neg: { text: (a) => `−${a}`, value: (a) => -a, slopes: () => [-1], words: () => ["−1"] },
  exp: { value: Math.exp, slopes: (a) => [Math.exp(a)], words: (a) => [`exp(${a})`] },
  log: { value: Math.log, slopes: (a) => [1 / a], words: (a) => [`1/${a}`] },
  sqrt: { value: Math.sqrt, slopes: (a) => [0.5 / Math.sqrt(a)], words: (a) => [`1/(2·sqrt(${a}))`] },
  sin: { value: Math.sin, slopes: (a) => [Math.cos(a)], words: (a) => [`cos(${a})`] },
  cos: { value: Math.cos, slopes: (a) => [-Math.sin(a)], words: (a) => [`−sin(${a})`] },
  tanh: { value: Math.tanh, slopes: (a) => [1 - Math.tanh(a) ** 2], words: (a) => [`1 − tanh(${a})²`] },
  relu: { value: (a) => Math.max(0, a), slopes: (a) => [a > 0 ? 1 : 0], words: (a) => [`1 if ${a} > 0, else 0`] },
  mse: {
    text: (a, b) => `MSE(${a}, ${b})`,
    value: (a, b) => (a - b) ** 2,
    slopes: (a, b) => [2 * (a - b), -2 * (a - b)],
    words: (a, b) => [`2(${a} − ${b})`, `−2(${a} − ${b})`],
  },
};

export const isInput = (node) => !node.op;

// "x1 + x2", "exp(v4)": the node in terms of its inputs.
export function expression({ op, inputs }) {
  const { sign, text } = OPERATIONS[op];
  if (sign) return `${inputs[0]} ${sign} ${inputs[1]}`;
  return text ? text(...inputs) : `${op}(${inputs.join(", ")})`;
}

export const operationSign = ({ op }) => OPERATIONS[op].sign ?? { square: "( )²", neg: "−", mse: "MSE" }[op] ?? op;

// Inputs before what is made of them.
export function inOrder(graph) {
  const byName = new Map(graph.map((node) => [node.name, node]));
  const done = new Map();
  const visit = (node) => {
    if (done.has(node.name)) return;
    for (const name of node.inputs ?? []) visit(byName.get(name));
    done.set(node.name, node);
  };
  graph.forEach(visit);
  return [...done.values()];
}

// The last node that nothing else uses: what is differentiated.
export function outputOf(graph) {
  const used = new Set(graph.flatMap((node) => node.inputs ?? []));
  return graph.filter((node) => !used.has(node.name)).at(-1);
}

export function valuesOf(graph) {
  const values = {};
  for (const node of inOrder(graph)) {
    values[node.name] = isInput(node)
      ? node.value
      : OPERATIONS[node.op].value(...node.inputs.map((name) => values[name]));
  }
  return values;
}

// What happens at each step: { kind: "forward" | "seed" | "backward", node }.
export function stepsOf(graph) {
  const operations = inOrder(graph).filter((node) => !isInput(node));
  const output = outputOf(graph);
  const reaches = new Set([output.name]);
  for (const node of [...operations].reverse())
    if (reaches.has(node.name)) node.inputs.forEach((name) => reaches.add(name));
  const back = operations.filter((node) => reaches.has(node.name)).reverse();
  return [
    ...operations.map((node) => ({ kind: "forward", node })),
    { kind: "seed", node: output },
    ...back.map((node) => ({ kind: "backward", node })),
  ];
}

// The shares { to, from, arriving, local, words, share } that each node has been handed after `count` steps.
export function sharesAfter(graph, count) {
  const values = valuesOf(graph);
  const shares = Object.fromEntries(graph.map((node) => [node.name, []]));
  for (const { kind, node } of stepsOf(graph).slice(0, count)) {
    if (kind === "seed")
      shares[node.name].push({ to: node.name, from: null, arriving: 1, local: 1, words: "1", share: 1 });
    if (kind !== "backward") continue;
    const arriving = total(shares[node.name]);
    const arguments_ = node.inputs.map((name) => values[name]);
    const slopes = OPERATIONS[node.op].slopes(...arguments_);
    const words = OPERATIONS[node.op].words(...node.inputs);
    node.inputs.forEach((name, k) => {
      shares[name].push({
        to: name,
        from: node.name,
        arriving,
        local: slopes[k],
        words: words[k],
        share: arriving * slopes[k],
      });
    });
  }
  return shares;
}

export const total = (shares) => shares.reduce((sum, { share }) => sum + share, 0);

export function adjointsOf(graph) {
  const shares = sharesAfter(graph, Infinity);
  return Object.fromEntries(graph.map((node) => [node.name, total(shares[node.name])]));
}

// Where the nodes go: { name: [layer, row] } with layers along the computation, the places { "input>user" : [[layer, row]] }
// that a long edge passes on its way, and how many layers and rows there are.
export function layout(graph) {
  const nodes = inOrder(graph);
  const layer = {};
  for (const node of nodes)
    layer[node.name] = isInput(node) ? 0 : 1 + Math.max(...node.inputs.map((name) => layer[name]));
  // An input stands right before its first use.
  for (const node of nodes.filter(isInput)) {
    const users = nodes.filter((user) => user.inputs?.includes(node.name));
    if (users.length) layer[node.name] = Math.min(...users.map((user) => layer[user.name])) - 1;
  }
  const layers = Math.max(...Object.values(layer)) + 1;
  const columns = Array.from({ length: layers }, () => []);
  for (const node of nodes) columns[layer[node.name]].push({ key: node.name, from: node.inputs ?? [] });
  // A long edge gets a place of its own in every layer that it crosses, so that it passes no node from behind.
  const stops = {};
  for (const node of nodes) {
    for (const name of new Set(node.inputs ?? [])) {
      const edge = `${name}>${node.name}`;
      stops[edge] = [];
      for (let k = layer[name] + 1; k < layer[node.name]; k++) {
        const key = `${edge}>${k}`;
        columns[k].push({ key, from: [k === layer[name] + 1 ? name : `${edge}>${k - 1}`] });
        stops[edge].push([k, key]);
      }
    }
  }
  const tallest = Math.max(...columns.map((column) => column.length));
  const row = {};
  for (const column of columns) {
    const wish = ({ from }) => {
      const before = from.filter((key) => key in row).map((key) => row[key]);
      return before.length ? before.reduce((a, b) => a + b) / before.length : Infinity;
    };
    const sorted = column
      .map((one, k) => [wish(one), k, one])
      .sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] - b[0]));
    const start = (tallest - sorted.length) / 2;
    sorted.forEach(([, , { key }], k) => (row[key] = start + k));
  }
  const placed = (key, at) => [at, row[key]];
  const places = Object.fromEntries(nodes.map(({ name }) => [name, placed(name, layer[name])]));
  const routes = Object.fromEntries(
    Object.entries(stops).map(([edge, list]) => [edge, list.map(([k, key]) => placed(key, k))]),
  );
  return { layers, tallest, places, routes };
}
