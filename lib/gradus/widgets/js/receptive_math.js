// Which words an output of stacked one-dimensional convolutions sees. Pure functions.

export const lengthAfter = (length, { kernel, stride, padding }) =>
  Math.floor((length + 2 * padding - kernel) / stride) + 1;

// The lengths of the sentence and of every layer above it.
export function lengths(words, config) {
  const all = [words];
  for (let layer = 0; layer < config.layers; layer++) all.push(lengthAfter(all.at(-1), config));
  return all;
}

export function problem(words, { kernel, stride, padding, layers }) {
  if (words === 0) return "There is no word to read: write a sentence.";
  if (!(kernel >= 1)) return `A kernel of ${kernel} reads nothing. The smallest kernel is 1.`;
  if (!(stride >= 1)) return `A stride of ${stride} would never move on. The smallest stride is 1.`;
  if (!(padding >= 0)) return `A padding of ${padding} would cut words away. The smallest padding is 0.`;
  if (!(layers >= 1 && layers <= 4)) return `With ${layers} layers there is no picture: choose 1 to 4.`;
  let length = words;
  for (let layer = 1; layer <= layers; layer++) {
    if (length + 2 * padding < kernel) {
      const what = layer === 1 ? "The sentence" : `Layer ${layer - 1}`;
      return (
        `${what} has ${length} place${length === 1 ? "" : "s"}, with padding ${length + 2 * padding}, and a kernel of ${kernel} does not fit: ` +
        "make the kernel smaller, pad more, or take fewer layers."
      );
    }
    length = lengthAfter(length, { kernel, stride, padding });
  }
  return "";
}

// The places one layer below that the output at `place` reads; places outside 0 .. below - 1 are padding.
export const reads = (place, { kernel, stride, padding }) =>
  Array.from({ length: kernel }, (_, k) => place * stride - padding + k);

// The words that the output at `place` of the layer `layer` sees, in order.
export function field(place, layer, all, config) {
  let seen = [place];
  for (let k = layer; k > 0; k--) {
    const below = new Set(seen.flatMap((one) => reads(one, config)));
    seen = [...below].filter((one) => one >= 0 && one < all[k - 1]).sort((a, b) => a - b);
  }
  return seen;
}

// How many words lie under one output of the top layer when no padding is in the way.
export function fieldSize({ kernel, stride, layers }) {
  let size = 1;
  for (let k = 0; k < layers; k++) size += (kernel - 1) * stride ** k;
  return size;
}

// The words that no output sees.
export function unseen(all, config) {
  const seen = new Set();
  for (let place = 0; place < all.at(-1); place++)
    field(place, config.layers, all, config).forEach((word) => seen.add(word));
  return Array.from({ length: all[0] }, (_, word) => word).filter((word) => !seen.has(word));
}

export const wordsOf = (sentence) => sentence.trim().split(/\s+/).filter(Boolean);
