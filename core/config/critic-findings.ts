import type { Algorithm } from "../domain/algorithm.ts";
import type { Critic } from "../domain/critic.ts";
import type { Finding } from "./finding.ts";
import type { Pipeline } from "./pipeline.ts";
import { recommended } from "./recommend.ts";

/** Whether an algorithm has the critic that its options ask for, and asks the one it has. */
export async function criticFindings(
  pipeline: Pick<Pipeline, "algorithm" | "critic">,
  { algorithm: { critic: asks }, critic }: { readonly algorithm: Algorithm; readonly critic?: Critic | undefined },
): Promise<readonly Finding[]> {
  const [asking, asked] = [
    `algorithm "${pipeline.algorithm?.plugin.name}"`,
    `critic "${pipeline.critic?.plugin.name}"`,
  ];
  if (critic && !asks) return [{ message: `${asked} is never asked: ${asking} asks none`, path: "critic" }];
  if (!asks?.must || (asks.must === "value" ? critic?.value : critic)) return [];
  const because = asks.because === undefined ? "" : `${asks.because} `;
  const kind = asks.must === "value" ? "a critic that values states" : "a critic";
  return [{
    code: "HALO_MATCH_CRITIC",
    message: `${asking}: ${because}needs ${kind}, ${
      critic ? `${asked} ranks proposals and values none` : "this pipeline has none"
    }`,
    hint: `set \`critic: { use: … }\` in the pipeline${
      asks.must === "value" ? `: ${await recommended("critic", "values")}` : " (halo plugins)"
    }`,
    path: critic ? "critic" : "algorithm",
  }];
}
