import { type Critic, definePlugin, HaloError } from "halo-agent";
import { candidatesOf, canonicalAction, scoresOf, softmax } from "halo-agent/kit";

/** What the policy itself thinks of its proposals: its probabilities, shared out among them. */
export default definePlugin({
  kind: "critic",
  name: "prior",
  summary: "The policy's probability of each proposal among those drawn: a softmax over their log-probabilities. Free.",
  options: { type: "object", additionalProperties: false, properties: {} },
  create(): Critic {
    return {
      deterministic: true,
      rank({ draw }) {
        const logprobs = candidatesOf(draw).map((action) => {
          const key = canonicalAction(action);
          const first = draw.samples.find(({ parsed }) => parsed.ok && canonicalAction(parsed.action) === key);
          if (first?.logprob !== undefined) return first.logprob;
          throw new HaloError("HALO_CRITIC_UNUSABLE", "the policy records no log-probabilities to judge by", {
            hint: "use a policy that does (linear, vllm), or another critic",
          });
        });
        const scores = logprobs.length === 0 ? [] : Array.from(softmax(logprobs));
        return Promise.resolve({ scores: scoresOf(draw, scores), by: "prior" });
      },
      close: () => Promise.resolve(),
    };
  },
});
