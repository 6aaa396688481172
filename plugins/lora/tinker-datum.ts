import { type Chunk, type Sent, type Tensor, tensor } from "./datums.ts";

/** One completion with nothing but what Tinker's API knows. */
export interface TinkerDatum {
  readonly model_input: { readonly chunks: readonly (Chunk | Picture)[] };
  readonly loss_fn_inputs: { readonly target_tokens: Tensor; readonly weights: Tensor };
}

/** A screenshot as it is, in base64. */
interface Picture {
  readonly type: "image";
  readonly data: string;
  readonly format: "png";
  readonly expected_tokens: number;
}

/** The datum with screenshots in it, its completion's tokens weighed by `weights`; `pictures` by their location. */
export function tinkerDatum(
  { datum: { model_input, loss_fn_inputs } }: Sent,
  { pictures, weights }: { readonly pictures: ReadonlyMap<string, string>; readonly weights: readonly number[] },
): TinkerDatum {
  const target_tokens = loss_fn_inputs["target_tokens"]!;
  const prompt = Array<number>(target_tokens.data.length - weights.length).fill(0);
  const chunks = model_input.chunks.map((chunk): Chunk | Picture => {
    if (chunk.type === "encoded_text") return chunk;
    const { location, format, expected_tokens } = chunk;
    return { type: "image", data: pictures.get(location)!, format, expected_tokens };
  });
  return {
    model_input: { chunks },
    loss_fn_inputs: { target_tokens, weights: tensor([...prompt, ...weights], "float32") },
  };
}
