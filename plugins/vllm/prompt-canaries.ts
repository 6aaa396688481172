import { HaloError } from "halo-agent";
import { type Precision, shown, widestOf } from "./canaries.ts";
import type { NextTokens } from "./probes.ts";

/** How vLLM lays out pictures. */
export interface ImageRuns {
  /** Tokens of each picture's run. */
  readonly expected: readonly number[];
  /** Every run is as long as the first of `expected`, and a picture has one or more: tiles. */
  readonly isTiled?: boolean;
}

/** Every screenshot became as many tokens as the trainer will make of it. */
export function checkImages(
  promptIds: readonly number[],
  { pad, expected, isTiled = false }: ImageRuns & { readonly pad: number },
): void {
  const runs: number[] = [];
  promptIds.forEach((id, i) => {
    if (id !== pad) return;
    if (promptIds[i - 1] === pad) runs[runs.length - 1]!++;
    else runs.push(1);
  });
  const isSound = isTiled
    ? runs.length >= expected.length && runs.length % expected.length === 0 && runs.every((run) => run === expected[0])
    : runs.length === expected.length && runs.every((length, i) => length === expected[i]);
  if (isSound || (expected.length === 0 && runs.length === 0)) return;
  throw new HaloError(
    "HALO_CANARY_IMAGE",
    `image canary: vLLM made ${listed(runs)} tokens of the screenshots, expected ${listed(expected)}${
      isTiled ? " in each tile" : ""
    }`,
    {
      hint:
        "vLLM resizes pictures in another way: compare `image` with the model's preprocessor_config.json and --mm-processor-kwargs",
    },
  );
}

/** What vLLM says about the colour of pictures. */
export interface Pictured {
  readonly truth: NextTokens;
  /** The same picture, computed anew. */
  readonly again: NextTokens;
  readonly blank: NextTokens;
  /** A picture of another colour. */
  readonly swapped: NextTokens;
}

/** Least change of a log-probability that is no rounding. */
const floor = { float32: 1e-3, bfloat16: 0.2 } as const;

/** What a picture shows changes the answer: by more than rounding, and by more than asking again. Returns by how much. */
export function checkPicture({ truth, again, blank, swapped }: Pictured, precision: Precision): number {
  const noise = widestOf(truth.logprobs, again.logprobs);
  const least = Math.max(floor[precision], 3 * noise);
  const [toBlank, toOther] = [blank, swapped].map(({ logprobs }) => widestOf(truth.logprobs, logprobs)) as [
    number,
    number,
  ];
  if (Math.min(toBlank, toOther) > least) return Math.min(toBlank, toOther);
  throw new HaloError(
    "HALO_CANARY_PICTURE",
    `picture canary: a blank picture in place of the true one changes log-probabilities by ${
      shown(toBlank)
    }, another one by ${shown(toOther)}, expected more than ${shown(least)}`,
    {
      hint:
        "vLLM does not look at pictures, or takes one for another: look at its flags for pictures, at proxies that drop them, " +
        "and at its multimodal cache; with a model that sees none set `screenshots: 0`",
    },
  );
}

/** Every word of the task is in the prompt that the model reads. `words` are the ids of the line that says it. */
export function checkWords(promptIds: readonly number[], words: readonly number[], task: string): void {
  // The first and the last token may have joined with what stands around them.
  const inner = words.slice(1, -1);
  const [first] = inner;
  for (let at = promptIds.indexOf(first!); at >= 0; at = promptIds.indexOf(first!, at + 1)) {
    if (inner.every((id, i) => promptIds[at + i] === id)) return;
  }
  if (first === undefined) return;
  throw new HaloError("HALO_CANARY_WORDS", `words canary: the prompt's tokens do not hold the task ${task}`, {
    hint:
      "vLLM's chat template, or a proxy, leaves part of the messages out: look at --chat-template and its content format",
  });
}

const listed = (counts: readonly number[]): string => counts.length === 0 ? "no" : counts.join(" and ");
