import { type Critic, definePlugin, refs } from "halo-agent";
import { chatCritic, rankingProperties } from "halo-agent/kit";
import { chatOf } from "./chat.ts";
import { modelErrors } from "./codes.ts";
import { serverProperties } from "./options.ts";
import { ModelServer } from "./server.ts";

/** GPT-4o, or any model at an OpenAI-compatible server, as a judge of proposals. */
export default definePlugin({
  kind: "critic",
  name: "openai",
  summary: "GPT-4o or any OpenAI-compatible server ranks all proposals at a page in one question; answers are kept.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: { ...serverProperties, ...rankingProperties },
  },
  offers: ["values"],
  errors: modelErrors,
  needs: { budget: refs.budget, log: refs.log },
  create(options, needs): Critic {
    const server = new ModelServer(options, needs);
    const critic = chatCritic(chatOf(server), { ...options, by: `openai/${options.model}` });
    return { ...critic, ready: (call) => server.ready(call) };
  },
});
