/** What models of others took: tokens in and out, and dollars by a price table. */
export interface Spending {
  readonly tokens: number;
  readonly usd: number;
}

/** What one run may pay for models of others; all its plugins share it. */
export interface Budget {
  /** Limits of the run; 0 is none. */
  readonly limits: Spending;
  /** All attempts of the run together. */
  readonly spent: Spending;
  /** Throws HALO_LIMIT_TOKENS or HALO_LIMIT_USD once a limit is reached: ask before each call. */
  check(): void;
  /** Adds what a call took; resolves when the run keeps it. */
  spend(o: Spending): Promise<void>;
}
