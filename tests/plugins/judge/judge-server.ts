// A judge of a given accuracy behind the wire form of the chat route, for steps whose order is known.
import type { RecordedTrack } from "../../../core/run/rescore/recorded-tracks.ts";
import { keyedRng } from "../../../core/stats/rng.ts";
import { sayingOf } from "../../../plugins/judge/question.ts";
import { completion, type Received, type Script } from "../openai/test-server.ts";

/** What a question is about, as its text says it: the task, how much was done before, the last action. */
function about(text: string): { readonly key: string; readonly before: number } {
  const [, task] = /^Task: (.*)$/m.exec(text)!;
  const [, before] = /^Progress before the last action: (\d+) %$/m.exec(text)!;
  const [, action] = /^Last action: (.*)$/m.exec(text)!;
  const done = [...text.matchAll(/^\d+\. /gm)].length;
  return { key: JSON.stringify([task, done, action]), before: Number(before) };
}

/** The steps that are right, as questions name them. */
function rightSteps(tracks: readonly RecordedTrack[]): ReadonlySet<string> {
  return new Set(tracks.flatMap(({ goal, first, points }) =>
    points.flatMap(({ candidates }, depth) => {
      const from = depth === 0 ? first : points[depth - 1]!.candidates[points[depth - 1]!.taken]!.to;
      const least = Math.min(...candidates.map(({ left }) => left));
      return candidates.filter(({ left }) => left === least).map(({ action }) =>
        JSON.stringify([goal.text, depth, sayingOf({ from, parsed: { ok: true, action, repairs: 0 } })])
      );
    })
  ));
}

/** Raises progress by 10 points for a step that it takes for right, which it is so often as `accuracy` says. */
export function scriptedJudge(
  tracks: readonly RecordedTrack[],
  { accuracy, seed }: { readonly accuracy: number; readonly seed: number },
): Script {
  const right = rightSteps(tracks);
  return ({ body }: Received) => {
    const { key, before } = about(body.messages.at(-1).content[0].text);
    const isMistaken = keyedRng("judge", seed, key).next() >= accuracy;
    const progress = right.has(key) !== isMistaken ? before + 10 : before;
    return completion([JSON.stringify({ reason: "", progress })]);
  };
}
