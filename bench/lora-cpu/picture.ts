import type { Rng } from "halo-agent";
import { pick } from "halo-agent/kit";

/** Size of the page, CSS pixels: 6 × 4 image tokens. */
export const size = { width: 192, height: 128 } as const;

/** Places in reading order; the place opposite `i` is `3 - i`. */
export const places = ["upper left", "upper right", "lower left", "lower right"] as const;

/** What a page shows: four grey buttons, one of them reddish. Colours are 0..255, lengths CSS pixels. */
export type Picture = {
  readonly background: number;
  readonly buttons: readonly { readonly x: number; readonly y: number; readonly colour: string }[];
  /** The place of the reddish button, 0..3. */
  readonly mark: number;
  /** The buttons are there but cannot be seen. */
  readonly isBlank: boolean;
};

export type Family = "train" | "eval";

const button = { width: 44, height: 28 } as const;
const jitter = { x: 12, y: 8 } as const;

/** Values of a band of 36: the middle third belongs to eval, the rest to train. */
function band(from: number, family: Family): readonly number[] {
  const values = Array.from({ length: 36 }, (_, i) => from + i);
  return values.filter((_, i) => (i >= 12 && i < 24) === (family === "eval"));
}

const shades = (family: Family) => ({
  backgrounds: band(208, family),
  greys: band(120, family),
  reds: band(184, family),
  rests: band(40, family),
  shifts: shifts(family),
});

/** Offsets from a quadrant's middle; a third of them belong to eval. A button always covers its quadrant's middle. */
function shifts(family: Family): readonly (readonly [number, number])[] {
  const span = (n: number) => Array.from({ length: 2 * n + 1 }, (_, i) => i - n);
  return span(jitter.x).flatMap((x) => span(jitter.y).map((y) => [x, y] as const))
    .filter(([x, y]) => ((x + y + 30) % 3 === 0) === (family === "eval"));
}

const values = { train: shades("train"), eval: shades("eval") } as const;

/** A picture of a family. Train and eval have no offset, grey or shade in common. */
export function drawPicture(
  rng: Rng,
  o: { readonly family: Family; readonly mark: number; readonly isBlank: boolean },
): Picture {
  const { backgrounds, greys, reds, rests, shifts } = values[o.family];
  const buttons = places.map((_, i) => {
    const [dx, dy] = pick(rng, shifts);
    const grey = pick(rng, greys);
    const rest = pick(rng, rests);
    const rgb = i === o.mark ? [pick(rng, reds), rest, rest] : [grey, grey, grey];
    return {
      x: (i % 2 + 0.5) * size.width / 2 - button.width / 2 + dx,
      y: (Math.floor(i / 2) + 0.5) * size.height / 2 - button.height / 2 + dy,
      colour: `rgb(${rgb.join(", ")})`,
    };
  });
  return { background: pick(rng, backgrounds), buttons, mark: o.mark, isBlank: o.isBlank };
}
