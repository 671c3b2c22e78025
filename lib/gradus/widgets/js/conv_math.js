// The arithmetic of a window that moves over a grid: sizes, what it reads, what comes out, what flows back.
// Grids are arrays of rows. Every function is pure; every number equals torch's.

export const SUMS = ["cross-correlation", "convolution"];
export const LARGEST_FINITE_P = 50;

export const shapeOf = (grid) => [grid.length, grid[0].length];
export const isSum = (mode) => SUMS.includes(mode);
export const isInfinite = (p) => p === "inf" || p > LARGEST_FINITE_P;

// One axis: span = d(K - 1) + 1 cells are under the window, room = I + 2P - span is how far it can travel.
export function axis(size, kernel, stride, padding, dilation = 1) {
  const span = dilation * (kernel - 1) + 1;
  const room = size + 2 * padding - span;
  const steps = Math.floor(room / stride);
  return { span, room, quotient: room / stride, steps, size: steps + 1, leftover: room - steps * stride };
}

// torch's average and Lp pooling know no dilation.
export const effectiveDilation = (config) => (["average", "lp"].includes(config.mode) ? 1 : config.dilation);

export function axes(config) {
  const [height, width] = shapeOf(config.image);
  const [kernelHeight, kernelWidth] = shapeOf(config.kernel);
  const dilation = effectiveDilation(config);
  return {
    vertical: axis(height, kernelHeight, config.stride, config.padding, dilation),
    horizontal: axis(width, kernelWidth, config.stride, config.padding, dilation),
  };
}

// Why there is no output, as a sentence; "" where there is one.
export function problem(config) {
  const { stride, padding, dilation, mode, p } = config;
  if (!(stride >= 1)) return `A stride of ${stride} would never move the window on. The smallest stride is 1.`;
  if (!(padding >= 0)) return `A padding of ${padding} would cut cells away. The smallest padding is 0.`;
  if (!(dilation >= 1)) return `A dilation of ${dilation} has no meaning: 1 means that neighbours are read.`;
  if (mode === "lp" && !isInfinite(p) && !(p >= 1)) return `Lp pooling needs p of at least 1, and p is ${p}.`;
  const { vertical, horizontal } = axes(config);
  if (vertical.room < 0 || horizontal.room < 0) {
    const worst = vertical.room < 0 ? vertical : horizontal;
    const way = vertical.room < 0 ? "high" : "wide";
    return (
      `The window is ${worst.span} cells ${way}, but the image with its padding only ${worst.span + worst.room}: ` +
      "there is no place to put it. Make the window smaller, or pad more."
    );
  }
  const half = Math.floor(Math.min(...shapeOf(config.kernel)) / 2);
  if ((mode === "max" || mode === "average") && padding > half) {
    return (
      `With padding ${padding} some windows would hold nothing but padding, and torch refuses: ` +
      `the padding of max and average pooling is at most half the window, here ${half}.`
    );
  }
  if (mode === "max" && dilation > 1 && (hasEmptyWindow(config, 0) || hasEmptyWindow(config, 1))) {
    return (
      "With this dilation the holes of some windows cover the whole image and only padding is read, so there is no maximum. " +
      "Choose a smaller dilation or padding."
    );
  }
  return "";
}

// Along one axis (0 down, 1 across): is there a window of which no cell lies in the image?
function hasEmptyWindow(config, way) {
  const { stride, padding, dilation } = config;
  const [size, kernel] = [shapeOf(config.image)[way], shapeOf(config.kernel)[way]];
  const { size: count } = axis(size, kernel, stride, padding, dilation);
  const isInside = (place) => place >= 0 && place < size;
  const starts = Array.from({ length: count }, (_, step) => step * stride - padding);
  return starts.some((start) => !Array.from({ length: kernel }, (_, k) => start + k * dilation).some(isInside));
}

// The cells under the window at output (row, column), row by row. `row` and `column` count in the image.
export function taps(config, row, column) {
  const { image, kernel, stride, padding, mode } = config;
  const [height, width] = shapeOf(image);
  const [kernelHeight, kernelWidth] = shapeOf(kernel);
  const dilation = effectiveDilation(config);
  const cells = [];
  for (let i = 0; i < kernelHeight; i++) {
    for (let j = 0; j < kernelWidth; j++) {
      const r = row * stride - padding + i * dilation;
      const c = column * stride - padding + j * dilation;
      const inside = r >= 0 && r < height && c >= 0 && c < width;
      const outside = mode === "max" ? -Infinity : 0;
      const weight = mode === "convolution" ? kernel[kernelHeight - 1 - i][kernelWidth - 1 - j] : kernel[i][j];
      cells.push({ i, j, row: r, column: c, inside, value: inside ? image[r][c] : outside, weight });
    }
  }
  return cells;
}

const size = (config, x) => (config.absolute ? Math.abs(x) : x);
const powerSum = (config, cells) => cells.reduce((sum, tap) => sum + Math.pow(size(config, tap.value), config.p), 0);

// Where the maximum is: the first one, as in torch.
function winner(cells) {
  return cells.reduce((best, tap) => (tap.value > best.value ? tap : best));
}

export function reduce(config, cells) {
  const { mode, p } = config;
  if (isSum(mode)) return cells.reduce((sum, tap) => sum + tap.value * tap.weight, 0);
  if (mode === "max") return winner(cells).value;
  if (mode === "average") return cells.reduce((sum, tap) => sum + tap.value, 0) / divisor(config, cells);
  if (isInfinite(p)) return Math.max(...cells.map((tap) => Math.abs(tap.value)));
  return Math.pow(powerSum(config, cells), 1 / p);
}

export function divisor(config, cells) {
  return config.count_padding ? cells.length : cells.filter((tap) => tap.inside).length;
}

// d output / d cell, for every cell under one window.
export function slopes(config, cells) {
  const { mode, p } = config;
  if (isSum(mode)) return cells.map((tap) => tap.weight);
  if (mode === "average") return cells.map(() => 1 / divisor(config, cells));
  if (mode === "max") {
    const best = winner(cells);
    return cells.map((tap) => (tap === best ? 1 : 0));
  }
  if (isInfinite(p)) {
    // Ties share, as in torch.linalg.vector_norm; at a window of zeros the slope is 0.
    const largest = Math.max(...cells.map((tap) => Math.abs(tap.value)));
    const ties = cells.filter((tap) => Math.abs(tap.value) === largest).length;
    return cells.map((tap) => (Math.abs(tap.value) === largest ? Math.sign(tap.value) / ties : 0));
  }
  const sum = powerSum(config, cells);
  // torch's lp_pool2d answers 0 where the sum is 0, for p = 1 too.
  if (sum === 0) return cells.map(() => 0);
  return cells.map((tap) => {
    const inner = config.absolute ? Math.sign(tap.value) : 1;
    return Math.pow(sum, 1 / p - 1) * Math.pow(size(config, tap.value), p - 1) * inner;
  });
}

export function forward(config) {
  const { vertical, horizontal } = axes(config);
  return Array.from({ length: vertical.size }, (_, row) =>
    Array.from({ length: horizontal.size }, (_, column) => reduce(config, taps(config, row, column))),
  );
}

// dE/dimage for an arriving dE/doutput: every output hands each cell under its window its share.
export function backward(config, arriving) {
  const [height, width] = shapeOf(config.image);
  const gradient = Array.from({ length: height }, () => new Array(width).fill(0));
  arriving.forEach((line, row) =>
    line.forEach((upstream, column) => {
      const cells = taps(config, row, column);
      const shares = slopes(config, cells);
      cells.forEach((tap, k) => {
        if (tap.inside) gradient[tap.row][tap.column] += upstream * shares[k];
      });
    }),
  );
  // torch raises the whole image to the power p, so that a negative number is nan even where no window reads it.
  const isFractional = config.mode === "lp" && !isInfinite(config.p) && !config.absolute && !Number.isInteger(config.p);
  if (!isFractional) return gradient;
  return gradient.map((line, r) => line.map((value, c) => (config.image[r][c] < 0 ? NaN : value)));
}

// Which outputs the pixel (row, column) feeds, and through which place (i, j) of the window.
export function feeds(config, row, column) {
  const { stride, padding } = config;
  const [kernelHeight, kernelWidth] = shapeOf(config.kernel);
  const { vertical, horizontal } = axes(config);
  const dilation = effectiveDilation(config);
  const found = [];
  for (let i = kernelHeight - 1; i >= 0; i--) {
    for (let j = kernelWidth - 1; j >= 0; j--) {
      const r = (row + padding - i * dilation) / stride;
      const c = (column + padding - j * dilation) / stride;
      const exists = Number.isInteger(r) && Number.isInteger(c) && r >= 0 && c >= 0 && r < vertical.size;
      if (exists && c < horizontal.size) found.push({ i, j, row: r, column: c });
    }
  }
  return found;
}

// Along one axis of the padded image: is the place ever under the window, and if not, is it behind the last window?
export function coverage(size, kernel, stride, padding, dilation) {
  const { steps, span } = axis(size, kernel, stride, padding, dilation);
  const length = size + 2 * padding;
  const read = new Array(length).fill(false);
  for (let step = 0; step <= steps; step++) {
    for (let k = 0; k < kernel; k++) read[step * stride + k * dilation] = true;
  }
  const end = steps * stride + span;
  return read.map((isRead, place) => ({ isRead, isBehind: place >= end }));
}
