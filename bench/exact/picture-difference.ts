import type { SeenPage } from "../../core/record/seen.ts";
import { pixelsOf } from "../../tests/png-pixels.ts";

/** How two pictures of one page differ; undefined where every pixel is equal. The words tell kinds of differences apart. */
export function pictureDifference(
  live: Uint8Array,
  shown: Uint8Array,
  { elements }: Pick<SeenPage, "elements">,
): string | undefined {
  const [a, b] = [pixelsOf(live), pixelsOf(shown)];
  if (a.widthPx !== b.widthPx || a.heightPx !== b.heightPx) {
    return `another size: ${a.widthPx} × ${a.heightPx}, then ${b.widthPx} × ${b.heightPx}`;
  }
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let i = 0; i < a.widthPx * a.heightPx; i++) {
    if (isSame(a, b, i)) continue;
    const [x, y] = [i % a.widthPx, Math.floor(i / a.widthPx)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  if (right < 0) return undefined;
  // Boxes are thousandths of the viewport.
  const [x, y] = [(left + right) / 2 / a.widthPx * 1000, (top + bottom) / 2 / a.heightPx * 1000];
  const inside =
    elements.filter(({ box }) => box && x >= box[0] && x < box[0] + box[2] && y >= box[1] && y < box[1] + box[3])
      .sort((one, two) => one.box![2] * one.box![3] - two.box![2] * two.box![3])[0];
  const where = inside ? `at a ${inside.role} in ${inside.region || "the page"}` : "outside every control";
  return `pixels ${where} (${right - left + 1} × ${bottom - top + 1} from ${left}, ${top})`;
}

function isSame(a: ReturnType<typeof pixelsOf>, b: ReturnType<typeof pixelsOf>, i: number): boolean {
  for (let channel = 0; channel < 3; channel++) {
    if (a.bytes[i * a.depth + channel] !== b.bytes[i * b.depth + channel]) return false;
  }
  return true;
}
