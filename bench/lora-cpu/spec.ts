import type { Observation, Point } from "halo-agent";
import { printAction } from "halo-agent/kit";
import { promptOf, type PromptOptions } from "../../plugins/vllm/prompt.ts";
import { places } from "./picture.ts";

/** A prompt and its answer for each place. */
interface Lesson {
  readonly messages: readonly unknown[];
  readonly answers: readonly string[];
}

/** What warmup.py reads. */
export interface WarmupSpec {
  readonly out: string;
  readonly shots: string;
  readonly seed: number;
  /** Seconds of processor time. */
  readonly limit_s: number;
  readonly learning_rate: number;
  /** Further steps, the rate falling to 0, once the model sees. */
  readonly settle_steps: number;
  /** Arguments of halo_lora.tiny. */
  readonly model: Readonly<Record<string, number>>;
  readonly see: Lesson;
  readonly act: Lesson;
}

/** The two lessons of the base: where the mark is, and a call for any place. Prompts are the policy's own. */
export async function lessonsOf(
  observation: Observation,
  o: { readonly goal: string; readonly policy: PromptOptions },
): Promise<Pick<WarmupSpec, "see" | "act">> {
  const messagesFor = async (text: string) => {
    const task = { id: "", text, startUrl: observation.url, maxSteps: 1 };
    const at: Point = { id: "", task, depth: 0, observation, history: [] };
    const { messages } = await promptOf(at, {
      ...o.policy,
      blobs: { get: () => Promise.reject(new Error("no past")) },
    });
    return messages.map(({ role, content }) => ({
      role,
      content: content.map((part) => part.type === "image" ? { type: "image" } : part),
    }));
  };
  return {
    see: { messages: await messagesFor("Where is the mark?"), answers: places },
    act: { messages: await messagesFor(o.goal), answers: places.map((_, i) => callAt(i)) },
  };
}

/** The call that clicks the middle of a quadrant, which its button always covers. */
export function callAt(place: number): string {
  const at = [250 + 500 * (place % 2), 250 + 500 * Math.floor(place / 2)] as const;
  return printAction({ action: "click", at }, { dialect: "qwen" });
}
