import { logSoftmax } from "halo-agent/kit";

/** A place in the answers where more than one token may follow. */
export interface Fork {
  /** Tokens before it. */
  readonly path: readonly number[];
  /** What may follow, ascending. */
  readonly next: readonly number[];
}

/** An answer's tokens as a policy over these answers alone draws them. */
export interface ScoredAnswer {
  /** Natural log of its probability among the answers. */
  readonly logprob: number;
  /** One a token, normalised over `among`; 0 where no other token could follow. */
  readonly logprobs: readonly number[];
  readonly among: readonly (readonly number[])[];
}

/**
 * The forks of a set of answers, by what was written so far. Answers are token ids, none the beginning of another: ends of
 * lines see to that.
 */
export function forksOf(answers: readonly (readonly number[])[]): readonly Fork[] {
  const found: Fork[] = [];
  const walk = (members: readonly (readonly number[])[], depth: number): void => {
    if (members.length < 2) return;
    const byToken = Map.groupBy(members, (ids) => ids[depth]!);
    if (byToken.size > 1) {
      found.push({ path: members[0]!.slice(0, depth), next: [...byToken.keys()].sort((a, b) => a - b) });
    }
    for (const some of byToken.values()) walk(some, depth + 1);
  };
  walk(answers, 0);
  return found;
}

/**
 * Probabilities of answers from log-probabilities of what may follow at each fork, in the order of `forks`: at a fork they
 * are normalised over its tokens at `temperature`, and an answer's is the product along its way.
 */
export function scoreAnswers(
  answers: readonly (readonly number[])[],
  { forks, values, temperature }: {
    readonly forks: readonly Fork[];
    readonly values: readonly (readonly number[])[];
    readonly temperature: number;
  },
): readonly ScoredAnswer[] {
  const at = new Map(forks.map(({ path, next }, i) => {
    const logprobs = logSoftmax(values[i]!, temperature);
    return [path.join(" "), { next, logprobs }] as const;
  }));
  return answers.map((ids) => {
    const steps = ids.map((id, depth) => {
      const fork = at.get(ids.slice(0, depth).join(" "));
      if (!fork) return { logprob: 0, among: [id] };
      return { logprob: fork.logprobs[fork.next.indexOf(id)]!, among: fork.next };
    });
    return {
      logprob: steps.reduce((sum, { logprob }) => sum + logprob, 0),
      logprobs: steps.map(({ logprob }) => logprob),
      among: steps.map(({ among }) => among),
    };
  });
}
