import type { Deal } from "./state.ts";

const steps = (from: number, to: number, by: number): readonly number[] =>
  Array.from({ length: Math.round((to - from) / by) + 1 }, (_, i) => from + i * by);

const buying = [...steps(50_000, 2_000_000, 50_000), 2_500_000, 3_000_000, 4_000_000, 5_000_000];
const renting = [...steps(500, 8_000, 250), 9_000, 10_000, 12_000, 15_000];

/** The prices that a limit can be set to. */
export function pricesFor(deal: Deal): readonly number[] {
  return deal === "rent" ? renting : buying;
}
