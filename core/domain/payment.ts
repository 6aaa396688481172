/**
 * A sum rounded to 12 decimals: equal payments are an equal sum however they were added up. Without it two rewards that
 * differ in their last bit would keep a group alive that teaches nothing.
 */
export function paymentSum(values: readonly number[]): number {
  return roundPayment(values.reduce((sum, value) => sum + value, 0));
}

/** A payment rounded to 12 decimals. */
export function roundPayment(value: number): number {
  return Math.abs(value) < 1e3 ? Math.round(value * 1e12) / 1e12 : value;
}
