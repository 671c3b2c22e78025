// The asymmetric soft threshold: zero in the band, a square above, a cube below. Pure functions.

export function softThreshold(y, T) {
  if (y > T) return (y - T) ** 2;
  if (y < -T) return (y + T) ** 3;
  return 0;
}

export function softThresholdSlope(y, T) {
  if (y > T) return 2 * (y - T);
  if (y < -T) return 3 * (y + T) ** 2;
  return 0;
}

export const tangent = (y, T) => (at) => softThreshold(y, T) + softThresholdSlope(y, T) * (at - y);
