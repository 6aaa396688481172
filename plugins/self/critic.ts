import { type Critic, definePlugin, HaloError, refs } from "halo-agent";
import { chatCritic, rankingProperties } from "halo-agent/kit";

/** The policy's own model as a judge of its proposals, asked as any other critic is. */
export default definePlugin({
  kind: "critic",
  name: "self",
  summary: "The policy's own model ranks its proposals, for policies whose model answers questions (vllm, openai).",
  options: { type: "object", additionalProperties: false, properties: rankingProperties },
  offers: ["values"],
  needs: { policy: refs.policy },
  create(options, { policy }): Critic {
    if (policy.chat) return chatCritic(policy.chat, { ...options, by: `self/${policy.chat.model}` });
    throw new HaloError("HALO_CRITIC_UNUSABLE", "the policy of this pipeline has no model that answers questions", {
      hint: "use the policy vllm or openai, or the critic prior or openai",
    });
  },
});
