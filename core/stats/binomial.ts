import { exp, log } from "./exact.ts";

/** Probabilities of 0..n successes in n trials that succeed with probability p. */
export function binomial(n: number, p: number): Float64Array {
  const out = new Float64Array(n + 1);
  if (p <= 0 || p >= 1) {
    out[p <= 0 ? 0 : n] = 1;
    return out;
  }
  const logP = log(p);
  const logQ = log(1 - p);
  let logChoose = 0;
  for (let k = 0; k <= n; k++) {
    out[k] = exp(logChoose + k * logP + (n - k) * logQ);
    logChoose += log(n - k) - log(k + 1);
  }
  return out;
}
