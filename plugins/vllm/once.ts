/** Runs `work` at the first call and gives its result to every later one; a failure is not kept. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    if (!running) {
      const started = work();
      running = started;
      started.catch(() => running === started && (running = undefined));
    }
    return running;
  };
}
