import { type Chunk, type Sent, type Tensor, tensor } from "./datums.ts";

/** One completion with nothing but what Tinker's API knows. */
export interface TinkerDatum {
  readonly model_input: { readonly chunks: readonly (Chunk | Picture)[] };
  readonly loss_fn_inputs: { readonly target_tokens: Tensor } & Readonly<Record<string, Tensor>>;
}

/** Inputs of a loss, a number for each token of a completion: `weights`, and what else it takes. */
export type TokenInputs = Readonly<Record<string, readonly number[]>>;

/** A screenshot as it is, in base64. */
interface Picture {
  readonly type: "image";
  readonly data: string;
  readonly format: "png";
  readonly expected_tokens: number;
}

/** The datum with screenshots in it and these inputs, which are 0 on the prompt; `pictures` by their location. */
export function tinkerDatum(
  { datum: { model_input, loss_fn_inputs } }: Sent,
  { pictures, inputs }: { readonly pictures: ReadonlyMap<string, string>; readonly inputs: TokenInputs },
): TinkerDatum {
  const target_tokens = loss_fn_inputs["target_tokens"]!;
  const chunks = model_input.chunks.map((chunk): Chunk | Picture => {
    if (chunk.type === "encoded_text") return chunk;
    const { location, format, expected_tokens } = chunk;
    return { type: "image", data: pictures.get(location)!, format, expected_tokens };
  });
  const padded = Object.entries(inputs).map(([name, values]) => {
    const prompt = Array<number>(target_tokens.data.length - values.length).fill(0);
    return [name, tensor([...prompt, ...values], "float32")] as const;
  });
  return { model_input: { chunks }, loss_fn_inputs: { target_tokens, ...Object.fromEntries(padded) } };
}
