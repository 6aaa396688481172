/** What a curve shows, in plain words, by the name of its metric. */
export const metricWords: Readonly<Record<string, string>> = {
  success_rate: "share of the episodes of the iteration that solved their task",
  mean_reward: "what a sample was paid, on average; a whole episode where episodes are compared",
  reward_std: "how much rewards differ inside a group, on average: where they do not, nothing is learned",
  frac_reward_zero_std: "share of groups whose samples were all paid the same: nothing is learned from those",
  "groups without gradient": "groups whose samples were all paid the same: nothing is learned from them",
  episode_length: "steps of an episode, on average",
  action_validity: "share of outputs of the policy that were valid actions as written",
  "refill/waves": "how often tasks were drawn until enough groups could be learned from",
  "refill/live_groups": "groups that something was learned from",
  "policy/entropy": "how undecided the policy is among its actions: near 0 it is sure, right or wrong",
  "policy/logprob": "log-probability of what was sampled, on average: near 0 the policy is sure of it",
  "loss/policy": "what the update makes smaller, without its further terms; it need not fall while the policy improves",
  "loss/total": "what the update makes smaller, with all its terms; it need not fall while the policy improves",
  "kl/mean": "how far the policy is from the one it is held to, on average",
  "clip/fraction": "share of samples that the update counts no more, since the policy has moved far enough on them",
  "ratio/mean": "how much likelier a sample is now than when it was drawn, on average: 1 is as likely",
  "ratio/max": "how much likelier a sample is now than when it was drawn, at most",
  "gap/mean": "difference between the log-probabilities of who samples and who trains, on average: near 0 is right",
  "gap/max": "difference between the log-probabilities of who samples and who trains, at most: near 0 is right",
  "importance/mean": "weight that a sample has for having been drawn from another policy, on average",
  "importance/masked": "share of samples whose weight is 0: too far from the policy that is trained",
  "grad/norm": "length of the gradient",
  "update/l2": "how far the weights moved",
  "weights/l2": "length of all trained weights together",
  "optim/learning_rate": "how large a step the update takes",
  "time/fork_ms": "milliseconds of a step for standing at its point again",
  "time/act_ms": "milliseconds of a step for its action",
  "time/settle_ms": "milliseconds of a step for waiting until the page was still",
  "time/observe_ms": "milliseconds of a step for reading the page",
  "time/update_s": "seconds that the update took",
  "search/found": "share of the trees that found a solution",
  "search/simulations": "simulations of a tree, on average",
  "search/pairs": "preference pairs that a tree gave, on average",
  "search/unreachable": "branches that could not be reached again",
  "search/critic_calls": "questions to the critic",
  "search/critic_faults": "questions that the critic failed to answer",
  "search/critic_usd": "what the critic cost, in US dollars",
};

/** Why a group taught nothing, by the name of the cause. */
export const causeWords: Readonly<Record<string, string>> = {
  same_action: "every sample was the same action",
  all_passed: "every sample solved the task",
  all_failed: "every sample failed",
  equal_reward: "the samples were different actions and were all paid the same",
  no_preference: "no sample was clearly better than another",
};

const chance = "p is how often chance alone would make a difference this large; below 0.05 it counts as shown";

/** What the test of a comparison tells, by its name. */
export const testWords: Readonly<Record<string, string>> = {
  "mcnemar mid-p": `McNemar's test: it weighs the tasks that only one of the two sides solved. ${chance}`,
  "sign-flip permutation": `a test that weighs the difference of every task. ${chance}`,
};
