import type { Branch, Decision, Group, Sample } from "halo-agent";

/** One step of an episode as tests write it: the state it was sampled in, what was said, what it was paid. */
export interface ForestStep {
  readonly state: string;
  readonly says?: string;
  readonly pays?: number;
}

/** A trajectory group of these episodes, which start in one state. `success` is the end of each. */
export function forest(episodes: readonly (readonly ForestStep[])[], success: readonly boolean[] = []): Group {
  const branch = (i: number, t: number): Branch => {
    const { says = `${i}${t}`, pays = 0 } = episodes[i]![t]!;
    const isLast = t === episodes[i]!.length - 1;
    const verdict = { success: success[i] ?? false, by: "t", reason: "" };
    return { sample: saying(says), reward: pays, ...(isLast && { end: { stop: "declared", verdict } }) };
  };
  const decisions: Decision[] = [
    {
      id: 0,
      stateKey: episodes[0]![0]!.state,
      prompt: { kind: "none" },
      branches: episodes.map((_, i) => branch(i, 0)),
    },
  ];
  for (const [i, episode] of episodes.entries()) {
    let parent = { decision: 0, branch: i };
    for (let t = 1; t < episode.length; t++) {
      const id = decisions.length;
      decisions.push({
        id,
        parent,
        stateKey: episode[t]!.state,
        prompt: { kind: "none" },
        branches: [branch(i, t)],
      });
      parent = { decision: id, branch: 0 };
    }
  }
  return { id: "g", taskKey: "t", policyVersion: 0, temperature: 1, shape: "trajectory", decisions };
}

const saying = (text: string): Sample => ({
  text,
  parsed: { ok: false, code: "PARSE", message: "" },
  trace: { kind: "none" },
});
