import { traceOf } from "./choice.ts";
import { type At, type ExampleOf, push, type Sums } from "./linear-loss.ts";

/** Imitation under any loss: ascends w · log p of the sample. */
export function imitate({ sample, weight }: ExampleOf<"imitate">, { logps }: At, sums: Sums): void {
  const { index } = traceOf(sample);
  push(sums, index, weight);
  sums.objective += weight * logps[index]!;
}
