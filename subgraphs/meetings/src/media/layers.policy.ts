/** Heights in CSS pixels up to which a layer is enough: cameras send 180, 360 and 720 lines. */
const ENOUGH_FOR = [180, 360] as const;

/** The layers in which a picture of this height is sent; all frames of it, unless it is a thumbnail. */
export function layerOf(height: number): { readonly spatialLayer: number; readonly temporalLayer: number | null } {
  const found = ENOUGH_FOR.findIndex((enough) => height <= enough);
  const spatialLayer = found === -1 ? ENOUGH_FOR.length : found;
  return { spatialLayer, temporalLayer: height <= ENOUGH_FOR[0] / 2 ? 1 : null };
}
