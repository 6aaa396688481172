/** How often and for what `retry` tries again. */
export interface RetryOptions {
  /** Further attempts after the first, at least 0. */
  readonly retries: number;
  /** Nothing is tried again once it is aborted: its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Whether another attempt may help; always, when absent. */
  readonly isRetryable?: (error: unknown) => boolean;
}

/**
 * Runs `run` until it succeeds. Throws the last attempt's error when retries are spent or the error is not retryable.
 * `attempt` counts from 0.
 */
export async function retry<T>(
  run: (attempt: number) => Promise<T>,
  { retries, signal, isRetryable = () => true }: RetryOptions,
): Promise<T> {
  for (let attempt = 0;; attempt++) {
    try {
      return await run(attempt);
    } catch (e) {
      signal?.throwIfAborted();
      if (attempt >= retries || !isRetryable(e)) throw e;
    }
  }
}
