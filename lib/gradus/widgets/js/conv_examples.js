// Known-good starting points of the convolution explorer. Each is a set of state values.

const A = [
  [4, 5, 2, 2, 1],
  [3, 3, 2, 2, 4],
  [4, 3, 4, 1, 1],
  [5, 1, 4, 1, 2],
  [5, 1, 3, 1, 4],
];
const B = [
  [4, 3, 3],
  [5, 5, 5],
  [2, 4, 3],
];
const plainWindow = { stride: 1, padding: 0, dilation: 1 };
const ninth = 1 / 9;

// Whole numbers from 0 to 5 that look arbitrary and never change: new cells of a growing image.
export const filler = (row, column) =>
  ((3 * row * row + 5 * column * column + 7 * row * column + 31 * row + 17 * column) % 11) % 6;

export const square = (size) =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => filler(row, column)));

export const EXAMPLES = {
  "From the lecture": {
    AB: { text: "A and B", state: { image: A, kernel: B, mode: "cross-correlation", ...plainWindow } },
    small: {
      text: "3 × 3 image, padding 1",
      state: {
        image: [
          [2, 4, 5],
          [2, 1, 3],
          [3, 1, 5],
        ],
        kernel: [
          [1, 0],
          [2, -1],
        ],
        mode: "cross-correlation",
        ...plainWindow,
        padding: 1,
      },
    },
    misfit: {
      text: "a stride that does not fit",
      state: { image: square(20), kernel: B, mode: "cross-correlation", stride: 4, padding: 2, dilation: 1 },
    },
    pool: {
      text: "max pooling 2 × 2, stride 2",
      state: {
        image: [
          [2, 4, 5, 0],
          [2, 1, 3, 1],
          [3, 1, 5, 0],
          [0, 1, 0, 1],
        ],
        kernel: [
          [1, 1],
          [1, 1],
        ],
        mode: "max",
        ...plainWindow,
        stride: 2,
      },
    },
  },
  "Kernels for this image": {
    upright: {
      text: "upright edges",
      kernel: [
        [-1, 0, 1],
        [-2, 0, 2],
        [-1, 0, 1],
      ],
    },
    level: {
      text: "level edges",
      kernel: [
        [-1, -2, -1],
        [0, 0, 0],
        [1, 2, 1],
      ],
    },
    blur: {
      text: "blur",
      kernel: [
        [ninth, ninth, ninth],
        [ninth, ninth, ninth],
        [ninth, ninth, ninth],
      ],
    },
    sharpen: {
      text: "sharpen",
      kernel: [
        [0, -1, 0],
        [-1, 5, -1],
        [0, -1, 0],
      ],
    },
    identity: {
      text: "identity",
      kernel: [
        [0, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
      ],
    },
  },
};

// The state that an example sets; one that is only a kernel keeps the image and the sizes.
export function exampleState(name, mode) {
  for (const group of Object.values(EXAMPLES)) {
    const example = group[name];
    if (example?.state) return example.state;
    if (example) {
      return { kernel: example.kernel, mode: mode === "convolution" ? mode : "cross-correlation" };
    }
  }
  return {};
}
