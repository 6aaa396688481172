import type { Built } from "../plugin/container.ts";
import { factsOf } from "../util/error-facts.ts";
import { HaloError } from "../util/errors.ts";
import { didYouMean } from "../util/nearest.ts";
import { criticFindings } from "./critic-findings.ts";
import type { Finding } from "./finding.ts";
import type { EvaluateStage, Pipeline, Stage } from "./pipeline.ts";
import { taskPath } from "./task-path.ts";
import { pairHint, recommended } from "./recommend.ts";

type Parts = Pick<Pipeline, "stages" | "rewards"> & { readonly algorithm?: unknown; readonly trainer?: unknown };

/** What can be said about the stages without any plugin instance. */
export function checkStages(pipeline: Parts): readonly Finding[] {
  return [
    ...labelFindings(pipeline.stages),
    ...decodingFindings(pipeline.stages),
    ...compareFindings(pipeline.stages),
    ...trainFindings(pipeline),
  ];
}

/** What two plugin instances say about each other. Opens no page and starts no server; asks the task source for its lists. */
export async function crosscheck(
  { pipeline, built }: { readonly pipeline: Pipeline; readonly built: Built },
): Promise<readonly Finding[]> {
  const trains = pipeline.stages.some((stage) => stage.kind === "train");
  return [
    ...await splitFindings(pipeline, built),
    ...await taskFindings(built),
    ...(trains ? await learningFindings(pipeline, built) : []),
  ];
}

/** Label of the episodes that a train stage plays. */
const trainLabel = "train";

function labelFindings(stages: readonly Stage[]): Finding[] {
  const seen = new Set<string>();
  return stages.flatMap((stage, i) => {
    if (stage.kind !== "evaluate" && stage.kind !== "collect") return [];
    const isNew = !seen.has(stage.label);
    seen.add(stage.label);
    if (stage.label === trainLabel) {
      return [{
        code: "HALO_STAGE_LABEL",
        message: `the label "${trainLabel}" is kept for the episodes of train stages`,
        hint: "choose another label",
        path: `stages.${i}.${stage.kind}.label`,
      }];
    }
    if (isNew) return [];
    const message = `two stages have the label "${stage.label}"`;
    return [{
      code: "HALO_STAGE_LABEL",
      message,
      hint: "give each evaluate and collect stage its own label",
      path: `stages.${i}.${stage.kind}.label`,
    }];
  });
}

function decodingFindings(stages: readonly Stage[]): Finding[] {
  return stages.flatMap((stage, i) => {
    if (stage.kind !== "evaluate" || stage.decoding === "sample" || stage.temperature === undefined) return [];
    const message = `"${stage.label}" decodes greedily, so its temperature is not used; decoding: sample uses it`;
    return [{ message, path: `stages.${i}.evaluate.temperature` }];
  });
}

function compareFindings(stages: readonly Stage[]): Finding[] {
  return stages.flatMap((stage, i): Finding[] => {
    if (stage.kind !== "compare") return [];
    const earlier = stages.slice(0, i).filter((s) => s.kind === "evaluate");
    const labels = [...new Set(earlier.map((s) => s.label))];
    const path = `stages.${i}.compare`;
    const unknown = (["a", "b"] as const).filter((side) => !labels.includes(stage[side]));
    if (unknown.length > 0) {
      const hint = labels.length > 0
        ? `evaluations before it: ${labels.join(", ")}`
        : "put two evaluate stages before it";
      return unknown.map((side) => ({
        code: "HALO_STAGE_LABEL",
        message: `no evaluate stage before this one has the label "${stage[side]}"${didYouMean(stage[side], labels)}`,
        hint,
        path: `${path}.${side}`,
      }));
    }
    if (stage.a === stage.b) {
      return [{
        code: "HALO_STAGE_LABEL",
        message: `"${stage.a}" is compared with itself`,
        hint: "name two evaluations",
        path: `${path}.b`,
      }];
    }
    const [a, b] = [stage.a, stage.b].map((label) => earlier.find((s) => s.label === label)!);
    const differing = differingChoice(a!, b!);
    if (differing.length === 0) return [];
    const pairs = !differing.includes("split") && !differing.includes("task_seed");
    const message = `"${stage.a}" and "${stage.b}" differ in ${differing.join(", ")}`;
    return pairs ? [{ message: `${message}: only tasks that both met are compared`, path }] : [{
      code: "HALO_COMPARE_UNPAIRED",
      message: `${message}, so no task pairs up`,
      hint: "evaluate both on the same split and task_seed",
      path,
    }];
  });
}

/** In what two evaluations choose their tasks differently. */
export function differingChoice(a: EvaluateStage, b: EvaluateStage): readonly string[] {
  return (["split", "task_seed", "tasks", "sample_size"] as const).filter((field) => a[field] !== b[field]);
}

function trainFindings(pipeline: Parts): Finding[] {
  const i = pipeline.stages.findIndex((stage) => stage.kind === "train");
  if (i < 0) return [];
  const lacks = [
    ...(pipeline.algorithm ? [] : ["algorithm"]),
    ...(pipeline.trainer ? [] : ["trainer"]),
    ...(pipeline.rewards.length > 0 ? [] : ["rewards"]),
  ];
  if (lacks.length === 0) return [];
  const message = `a train stage needs ${lacks.map((part) => `\`${part}:\``).join(", ")}, which this pipeline lacks`;
  return [{ code: "HALO_STAGE_NEEDS", message, hint: "halo plugins", path: `stages.${i}.train` }];
}

async function splitFindings({ stages, tasks }: Pipeline, built: Built): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { splits } = built.tasks;
  for (const [i, stage] of stages.entries()) {
    if (stage.kind === "compare") continue;
    const path = `stages.${i}.${stage.kind}`;
    const match = stage.kind === "train" ? undefined : stage.tasks;
    if (!splits.includes(stage.split)) {
      const message = `the task source "${tasks.plugin.name}" has no split "${stage.split}"${
        didYouMean(stage.split, splits)
      }`;
      findings.push({
        code: "HALO_TASK_SPLIT_UNKNOWN",
        message,
        hint: `its splits: ${splits.join(", ")}`,
        path: `${path}.split`,
      });
    } else if (
      match !== undefined && (await built.tasks.list({ split: stage.split, match })).length === 0
    ) {
      const message = `no task of the split "${stage.split}" has a key that matches "${match}"`;
      findings.push({
        code: "HALO_TASKS_EMPTY",
        message,
        hint: `halo tasks <pipeline> --split ${stage.split}`,
        path: `${path}.tasks`,
      });
    }
  }
  return findings;
}

/** Tasks that the environment cannot play, each with what it says of it. */
async function taskFindings({ tasks, environment }: Built): Promise<Finding[]> {
  if (!environment.checkTask) return [];
  const isGraded = tasks.grade !== undefined;
  return (await tasks.list({})).flatMap((task) => {
    try {
      environment.checkTask!(task, { isGraded });
      return [];
    } catch (e) {
      if (!(e instanceof HaloError)) throw e;
      const { code, message, hint = factsOf(code)?.fix, option } = e;
      return [{ code, message, ...(hint !== undefined && { hint }), path: taskPath(tasks, task.key, option) }];
    }
  });
}

async function learningFindings(
  pipeline: Pipeline,
  { algorithm, trainer, policy, environment, critic }: Built,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const name = (part: "policy" | "trainer" | "algorithm" | "environment") => `${part} "${pipeline[part]?.plugin.name}"`;
  if (!algorithm || !trainer) return findings;
  const loads = policy.can.adapters;
  const learns = loads && (policy.can.trace !== "none" || trainer.accepts === "none");
  if (!learns) {
    const lack = loads ? "records nothing that a trainer learns from" : "loads nothing that a trainer publishes";
    findings.push({
      code: loads ? "HALO_MATCH_TRACE" : "HALO_MATCH_ADAPTER",
      message: `${name("policy")} only evaluates: it ${lack}, and this pipeline trains`,
      hint: "to evaluate with it, leave out what trains: --set 'stages=[{ evaluate: { label: only } }]'",
      path: "policy",
    });
  } else if (trainer.accepts !== policy.can.trace) {
    const message = `${name("trainer")} learns from ${trainer.accepts}, ${name("policy")} records ${policy.can.trace}`;
    findings.push({
      code: "HALO_MATCH_TRACE",
      message,
      hint: pairHint(pipeline),
      path: "trainer",
    });
  }
  if (!trainer.losses.includes(algorithm.loss.kind)) {
    const message = `${name("algorithm")} asks for the loss ${algorithm.loss.kind}, ${name("trainer")} has ${
      trainer.losses.join(", ")
    }`;
    findings.push({
      code: "HALO_MATCH_LOSS",
      message,
      hint: "choose another trainer, or another loss in the algorithm's options",
      path: "algorithm",
    });
  }
  if (algorithm.episodePairs && !trainer.episodePairs) {
    findings.push({
      code: "HALO_MATCH_LOSS",
      message: `${name("algorithm")} compares whole episodes, ${name("trainer")} learns from pairs of single steps`,
      hint: `${await recommended("trainer", "episode_pairs")}, or let the algorithm compare single steps`,
      path: "algorithm",
    });
  }
  if (learns && (loads.format !== trainer.adapters.format || loads.base !== trainer.adapters.base)) {
    const adapter = (a: { readonly format: string; readonly base: string }) => `${a.format} adapters of "${a.base}"`;
    const message = `${name("trainer")} publishes ${adapter(trainer.adapters)}, ${name("policy")} loads ${
      adapter(loads)
    }`;
    findings.push({
      code: "HALO_MATCH_ADAPTER",
      message,
      hint: `give policy and trainer one model; ${pairHint(pipeline)}`,
      path: "policy",
    });
  }
  if (algorithm.forks && (environment.forking === "none" || environment.sideEffects !== "none")) {
    const reason = environment.forking === "none"
      ? "cannot return to an earlier page"
      : "changes a server when it is stepped";
    const message = `${name("algorithm")} steps several times from one page, ${name("environment")} ${reason}`;
    findings.push({
      code: "HALO_MATCH_FORKING",
      message,
      hint: await recommended("environment", "forks"),
      path: "environment",
    });
  }
  findings.push(...await criticFindings(pipeline, { algorithm, critic }));
  const n = algorithm.numGenerations;
  const generations = "algorithm.options.num_generations";
  if (n < 2) {
    const message = `${name("algorithm")} draws ${n} sample a group; fewer than 2 have no differing rewards`;
    findings.push({ code: "HALO_MATCH_GENERATIONS", message, hint: "set num_generations to 8", path: generations });
  } else if (n < 8 && algorithm.emits.includes("advantage")) {
    findings.push({
      message: `num_generations is ${n}: groups under 8 often hold equal rewards only and teach nothing`,
      path: generations,
    });
  }
  const isWeighted = algorithm.loss.kind !== "dpo" && algorithm.loss.kind !== "cross_entropy";
  if (isWeighted && algorithm.temperature !== 1) {
    const message =
      `temperature is ${algorithm.temperature}: importance weights use log-probabilities at temperature 1, so they are biased`;
    findings.push({ message, path: "algorithm.options.temperature" });
  }
  return findings;
}

/** The parts that keep equal seeds from giving equal results; a run is `reproducible` when there is none. */
export function nondeterministicParts({ environment, policy, critic, trainer, rewards }: Built) {
  const parts = [
    ["environment", environment.deterministic],
    ["policy", policy.can.deterministic],
    ["critic", critic?.deterministic ?? true],
    ["trainer", trainer?.deterministic ?? true],
    ["rewards", rewards.every(({ shaper }) => shaper.deterministic ?? true)],
  ] as const;
  return parts.filter(([, isDeterministic]) => !isDeterministic).map(([part]) => part);
}
