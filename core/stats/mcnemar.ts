import { binomial } from "./binomial.ts";

/**
 * McNemar's two-sided test of paired binary outcomes, from the two discordant counts. `midP` counts half of the observed
 * table and is the one to read: the exact test is over-conservative (Fagerland, Lydersen, Laake, BMC MRM 13:91, 2013).
 */
export function mcnemar(aOnly: number, bOnly: number): { readonly exact: number; readonly midP: number } {
  const n = aOnly + bOnly;
  if (n === 0) return { exact: 1, midP: 1 };
  const fewer = Math.min(aOnly, bOnly);
  const probability = binomial(n, 0.5);
  const observed = probability[fewer]!;
  if (aOnly === bOnly) return { exact: 1, midP: 1 - observed / 2 };
  let tail = 0;
  for (let k = 0; k <= fewer; k++) tail += probability[k]!;
  return { exact: 2 * tail, midP: 2 * tail - observed };
}
