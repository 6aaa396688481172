/** How the processor of a model sizes pictures. */
export interface ImageSizing {
  /** Pixels a side that become one token: patch size × merge size. */
  readonly factor: number;
  readonly min_pixels: number;
  readonly max_pixels: number;
  /** Tokens of each picture or tile, where the model makes as many of every one. */
  readonly tokens?: number;
}

/** Tokens of a picture, or of each of its tiles; Qwen3-VL resizes 1280×720 to 1280×704 and makes 880 of it. */
export function imageTokens(
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  { factor, min_pixels, max_pixels, tokens }: ImageSizing,
): number {
  if (tokens !== undefined) return tokens;
  const sides = [heightPx, widthPx];
  const area = widthPx * heightPx;
  let units = sides.map((side) => Math.max(1, roundHalfEven(side / factor)));
  const resized = units[0]! * units[1]! * factor * factor;
  if (resized > max_pixels) {
    const shrink = Math.sqrt(area / max_pixels);
    units = sides.map((side) => Math.max(1, Math.floor(side / shrink / factor)));
  } else if (resized < min_pixels) {
    const grow = Math.sqrt(min_pixels / area);
    units = sides.map((side) => Math.ceil(side * grow / factor));
  }
  return units[0]! * units[1]!;
}

/** As Python rounds: 22.5 becomes 22, 23.5 becomes 24. */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  return x - below === 0.5 ? below + below % 2 : Math.round(x);
}
