import type { Call } from "halo-agent";

const most = 10_000;

/** Asks once for each text; all is forgotten when `most` texts are known. A question that failed is asked again. */
export function remembered<T>(ask: (text: string, call: Call) => Promise<T>): typeof ask {
  const known = new Map<string, T>();
  return async (text, call) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const answer = await ask(text, call);
    if (known.size >= most) known.clear();
    known.set(text, answer);
    return answer;
  };
}
