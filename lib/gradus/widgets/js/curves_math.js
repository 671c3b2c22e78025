// Reading recorded curves. Pure functions.

// The index of the value that is nearest by ratio; all values are positive.
export function nearest(values, wanted) {
  const distance = (value) => Math.abs(Math.log(value) - Math.log(Math.max(wanted, 1e-12)));
  return values.reduce((best, value, k) => (distance(value) < distance(values[best]) ? k : best), 0);
}

// What became of a run: where it broke (null in the record), its highest loss after the start, and a sentence.
export function outcome(losses, updates) {
  const broken = losses.findIndex((loss) => loss === null);
  const brokeAt = broken === -1 ? null : updates[broken];
  const known = losses.map((loss) => loss ?? -Infinity);
  const highest = Math.max(...known.slice(1));
  const highestAt = updates[known.indexOf(highest, 1)];
  const last = losses.at(-1);
  const lowest = Math.min(...losses.filter((loss) => loss !== null));
  const began = losses.findIndex((loss) => loss !== null && loss < 0.95 * Math.log(10));
  let words = "It learned.";
  if (brokeAt !== null) words = `By update ${brokeAt} it was nan.`;
  else if (last > 0.97 * Math.log(10)) words = "That is guessing: it did not learn.";
  else if (last > 1.5 * lowest) words = `It had been down at ${lowest.toFixed(2)} before.`;
  else if (updates[began] > 200) words = `It only guessed for ${updates[began]} updates, and then began to learn.`;
  return { brokeAt, highest, highestAt, words };
}
