/** The promise's result, or the signal's reason if that comes first; the promise itself is left to end unheard. */
export async function within<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  promise.catch(() => {});
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** The promise's result, or undefined after `limitMs`; the promise itself is left to end unheard. */
export async function atMost<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  promise.catch(() => {});
  try {
    return await Promise.race([
      promise,
      new Promise<undefined>((done) => timer = setTimeout(() => done(undefined), limitMs)),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
