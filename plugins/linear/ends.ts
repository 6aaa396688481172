import type { Element, Point } from "halo-agent";
import { hashOf, join } from "./hashing.ts";
import { wordsOf } from "./spans.ts";

/** What was done so far, as far as it says what is left to do. */
export interface Past {
  /** The last control and verb. */
  readonly last: number;
  /** How often that control was used, at most 3. */
  readonly times: number;
  /** Controls used before it, each once. */
  readonly before: readonly number[];
}

/** Looks at an episode's steps. */
export function pastOf({ history }: Point): Past {
  const used = history.map(({ target, parsed }) =>
    `${parsed.ok ? parsed.action.action : "(none)"} ${plainControl(target)}`
  );
  const last = used.at(-1) ?? "(start)";
  return {
    last: hashOf(last),
    times: Math.min(3, used.filter((one) => one === last).length),
    before: [...new Set(used.slice(0, -1))].map(hashOf),
  };
}

/** A control's role and the first words of its name, as what follows is often a value; "" for none. */
export function plainControl(of: Pick<Element, "role" | "name"> | undefined): string {
  return of === undefined ? "" : `${of.role} ${wordsOf(of.name).slice(0, 2).join(" ")}`;
}

const family = (name: string): number => hashOf(`ends ${name}`);
const F = {
  last: family("last, times, what"),
  word: family("goal word, last, times, what"),
  past: family("past, what"),
  pastLast: family("past, last, what"),
} as const;

/** Emits how an action follows what was done, also with the goal's words: `what` stands for the action. */
export function emitPast(
  what: number,
  { past: { last, times, before }, words }: { readonly past: Past; readonly words: readonly number[] },
  emit: (hash: number, value?: number) => void,
): void {
  const now = join(last, times);
  emit(join(join(F.last, now), what));
  for (const word of words) emit(join(join(F.word, word), join(now, what)), 0.5);
  for (const one of before) {
    emit(join(join(F.past, one), what), 0.5);
    emit(join(join(F.pastLast, one), join(now, what)), 0.5);
  }
}
