/** Building blocks that built-in plugins use and third parties may: exact maths, randomness, statistics, actions, files. */
export { exp, log, log1p } from "./stats/exact.ts";
export { logSoftmax, logSumExp, softmax } from "./stats/softmax.ts";
export { keyedRng } from "./stats/rng.ts";
export { categorical, gumbel, pick, shuffle } from "./stats/sampling.ts";
export { mcnemar } from "./stats/mcnemar.ts";
export { newcombe } from "./stats/newcombe.ts";
export type { PairedTable } from "./stats/newcombe.ts";
export { comparePaired } from "./stats/paired.ts";
export type { ArmRate, Pair, PairedComparison } from "./stats/paired.ts";
export { passAllK, passAtK } from "./stats/pass-at-k.ts";
export { signFlip } from "./stats/permutation.ts";
export { smallestDifference, smallestMeanDifference } from "./stats/smallest-difference.ts";
export { paymentSum, roundPayment } from "./domain/payment.ts";
export { wilson } from "./stats/wilson.ts";

export { canonicalAction } from "./action/canonical.ts";
export { formatAction } from "./action/format.ts";
export { describeActions, dialects, parseOutput, printAction, readOutput } from "./action/output.ts";
export type { DialectName, ReadOptions } from "./action/output.ts";
export { computerUseTool } from "./action/qwen.ts";
export { isAction, maxActionLength, parseAction } from "./action/parse.ts";
export type { ParseCode } from "./action/parse.ts";
export type { Repair } from "./action/repair.ts";
export { sayingOf } from "./action/saying.ts";
export { actionSchema } from "./action/schema.ts";
export { repairSteps } from "./action/steps.ts";
export type { RepairStep } from "./action/steps.ts";

export { branchOf } from "./algorithm/branch-of.ts";
export { stepGroup, trajectoryGroup } from "./algorithm/group-bodies.ts";
export { play } from "./algorithm/play.ts";
export type { PlayedStep, PlayOptions } from "./algorithm/play.ts";
export { groupFault, whole } from "./algorithm/whole.ts";
export { episodesOf } from "./domain/chains.ts";
export { isNextSeq } from "./domain/is-next-seq.ts";
export { refuseConflicts } from "./plugin/conflicts.ts";
export type { OptionConflict } from "./plugin/conflicts.ts";

export { errorInBody, hiddenIn, isContextError, retryAfterMs } from "./chat/wire.ts";
export { jsonAnswer } from "./chat/answer.ts";
export { chatCritic } from "./chat/critic.ts";
export { describePoint } from "./chat/describe.ts";
export type { DescribeOptions } from "./chat/describe.ts";
export { candidatesOf, estimateValue, rankCandidates, rankingProperties, scoresOf } from "./chat/ranking.ts";
export type { RankingOptions } from "./chat/ranking.ts";

export { canonicalJson } from "./util/canonical-json.ts";
export { decode, encode } from "./record/codec.ts";
export type { Encoded } from "./record/codec.ts";
export { appendLine, makeDir, writeWhole } from "./record/durable.ts";
export { soundRanking, soundValue } from "./chat/sound-ranking.ts";
export { globTest } from "./util/glob.ts";
export { limiter, mapLimited } from "./util/limit.ts";
export { retry } from "./util/retry.ts";
export type { RetryOptions } from "./util/retry.ts";
export { within } from "./util/within.ts";
export { sha256, sha256Folder } from "./util/sha256.ts";
