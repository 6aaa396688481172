import { type Batch, type Example, HaloError, type Sample } from "halo-agent";
import { inParts } from "./parts.ts";

/** One completion as Tinker's API takes it, with what only halo's sidecar knows under `x_halo`. */
export interface Datum {
  readonly model_input: { readonly chunks: readonly Chunk[] };
  readonly loss_fn_inputs: Readonly<Record<string, Tensor>>;
  readonly x_halo: {
    readonly group: string;
    readonly role: "policy" | "imitate" | "chosen" | "rejected";
    readonly policy_version: number;
    readonly pair?: string;
    /** Ids that each token of the completion was chosen among. */
    readonly among?: readonly (readonly number[])[];
  };
}

export type Chunk =
  | { readonly type: "encoded_text"; readonly tokens: readonly number[] }
  | {
    readonly type: "image_asset_pointer";
    readonly location: string;
    readonly format: "png";
    readonly expected_tokens: number;
  };

/** `TensorData` of one axis. */
export interface Tensor {
  readonly data: readonly number[];
  readonly dtype: "int64" | "float32";
  readonly shape: readonly [number];
}

/** A datum and what the trainer itself knows of it. */
export interface Sent {
  readonly datum: Datum;
  /** The sampler's log-probabilities. */
  readonly logprobs: readonly number[];
  readonly weight: number;
  /** 0 where the example has none. */
  readonly advantage: number;
}

export interface DatumOptions {
  readonly model: string;
  /** Id of the token that stands for a part of a picture. */
  readonly imageToken: number;
  /** A picture is several runs of placeholders, as many for each. */
  readonly isTiled?: boolean;
}

/**
 * The batch's examples as datums, in order, a pair as two. Throws HALO_LORA_BATCH for an example without token ids, of
 * another model, or whose picture placeholders do not match its pictures.
 */
export function datumsOf({ examples, policyVersion }: Batch, o: DatumOptions): readonly Sent[] {
  const make = (example: Example, sample: Sample, more: Pick<Datum["x_halo"], "role" | "pair">): Sent => {
    const { prompt, group, weight } = example;
    const { trace } = sample;
    if (prompt.kind !== "tokens" || trace.kind !== "tokens" || trace.ids.length === 0) {
      throw wrong(group, "expected token ids of prompt and sample", `${prompt.kind} and ${trace.kind}`);
    }
    if (prompt.model !== o.model) throw wrong(group, `expected a sample of "${o.model}"`, `"${prompt.model}"`);
    if (trace.logprobs.length !== trace.ids.length) {
      throw wrong(group, `expected ${trace.ids.length} log-probabilities`, String(trace.logprobs.length));
    }
    // The model reads all but the last token and is asked for the one after each.
    const ids = [...prompt.ids, ...trace.ids];
    const before = prompt.ids.length - 1;
    const perToken = (values: readonly number[]) => tensor([...Array<number>(before).fill(0), ...values], "float32");
    const constant = (value: number) => perToken(trace.ids.map(() => value));
    const { advantage = 0 } = example as { readonly advantage?: number };
    return {
      datum: {
        model_input: { chunks: chunksOf(ids.slice(0, -1), { ...o, images: prompt.images, group }) },
        loss_fn_inputs: {
          target_tokens: tensor(ids.slice(1), "int64"),
          mask: constant(1),
          weights: constant(weight),
          logprobs: perToken(trace.logprobs),
          ...(example.kind === "advantage" && { advantages: constant(advantage) }),
        },
        x_halo: { group, policy_version: policyVersion, ...more, ...(trace.among && { among: trace.among }) },
      },
      logprobs: trace.logprobs,
      weight,
      advantage,
    };
  };
  return examples.flatMap((example, i) => {
    switch (example.kind) {
      case "advantage":
        return [make(example, example.sample, { role: "policy" })];
      case "imitate":
        return [make(example, example.sample, { role: "imitate" })];
      case "pair":
        return (["chosen", "rejected"] as const).map((role) => make(example, example[role], { role, pair: String(i) }));
    }
  });
}

/** Every picture that the batch's prompts show, once each. */
export function imagesOf({ examples }: Batch): readonly string[] {
  return [...new Set(examples.flatMap(({ prompt }) => prompt.kind === "tokens" ? prompt.images : []))];
}

/**
 * Splits at pictures: a run of placeholders is one picture, or one of as many tiles as every picture of the prompt has;
 * each names its picture.
 */
function chunksOf(
  ids: readonly number[],
  { imageToken, images, group, isTiled = false }: DatumOptions & {
    readonly images: readonly string[];
    readonly group: string;
  },
): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < ids.length;) {
    const isImage = ids[at] === imageToken;
    let end = at;
    while (end < ids.length && (ids[end] === imageToken) === isImage) end++;
    chunks.push(
      isImage
        ? { type: "image_asset_pointer", location: "", format: "png", expected_tokens: end - at }
        : { type: "encoded_text", tokens: ids.slice(at, end) },
    );
    at = end;
  }
  const runs = chunks.filter(({ type }) => type === "image_asset_pointer").length;
  const isSound = isTiled && images.length > 0 ? runs > 0 && runs % images.length === 0 : runs === images.length;
  if (!isSound) {
    throw wrong(group, `expected placeholders for ${images.length} pictures`, String(runs));
  }
  let shown = 0;
  return chunks.map((chunk) =>
    chunk.type === "encoded_text"
      ? chunk
      : { ...chunk, location: `sha256:${images[Math.floor(shown++ * images.length / runs)]}` }
  );
}

/** Of one axis. */
export function tensor(data: readonly number[], dtype: Tensor["dtype"]): Tensor {
  return { data, dtype, shape: [data.length] };
}

function wrong(group: string, expected: string, got: string): HaloError {
  return new HaloError("HALO_LORA_BATCH", `an example of group ${group}: ${expected}, got ${got}`, {
    hint: "the policy and the trainer must be of one model: policy vllm with trainer lora",
  });
}

/** Cuts into parts of at most `maxBytes` as JSON; a group is never cut. */
export function partsOf(sent: readonly Sent[], maxBytes: number): readonly (readonly Sent[])[] {
  const groups = Map.groupBy(sent, ({ datum }) => datum.x_halo.group);
  return inParts(groups.values(), maxBytes, ({ datum }) => datum);
}
