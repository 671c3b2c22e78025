import { h, number } from "./dom.js";
import { expression, total } from "./graph_math.js";

// What happens at one step of the computation graph, in words.

export const bar = (name) => `${name[0]}\u0304${name.slice(1)}`;

export const bracketed = (value) => (value < 0 ? `(${number(value)})` : number(value));

export function stepLines(values, shares, now) {
  const say = (...parts) => h("p", {}, ...parts);
  const value = (x) => h("b", { class: "g-img" }, number(x, 4));
  const adjoint = (x) => h("b", { class: "g-grad" }, number(x, 4));
  if (!now)
    return [say("The inputs are given. Each step forward computes one node from nodes that are already known.")];
  const { kind, node } = now;
  if (kind === "forward") {
    const numbers = expression({ ...node, inputs: node.inputs.map((name) => bracketed(values[name])) });
    return [say(`Forward: ${node.name} = ${expression(node)} = ${numbers} = `, value(values[node.name]))];
  }
  if (kind === "seed") {
    return [say(`Backward begins at the output: ${bar(node.name)} = ∂${node.name}/∂${node.name} = `, adjoint(1), ".")];
  }
  const arriving = total(shares[node.name]);
  const said = [
    say(
      `Backward at ${node.name} = ${expression(node)}: the adjoint ${bar(node.name)} = `,
      adjoint(arriving),
      " has arrived whole.",
    ),
  ];
  const seen = {};
  node.inputs.forEach((name) => {
    const mine = shares[name];
    const ours = mine.filter((one) => one.from === node.name);
    const share = ours[(seen[name] = (seen[name] ?? -1) + 1)];
    const before = mine.slice(0, mine.indexOf(share));
    const local = `∂${node.name}/∂${name} = ${share.words}${share.words === number(share.local) ? "" : ` = ${number(share.local, 4)}`}`;
    const line = say(
      `To ${name}, with ${local}:  ${bar(node.name)} · ∂${node.name}/∂${name} = ${number(arriving, 4)} · ${bracketed(share.local)} = `,
      adjoint(share.share),
    );
    if (before.length) {
      line.append(
        `. Paths meet here, and add: ${bar(name)} = ${number(total(before), 4)} + ${bracketed(share.share)} = `,
        adjoint(total(before) + share.share),
      );
    }
    said.push(line);
  });
  return said;
}
