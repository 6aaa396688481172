// The mail site's parts as the tests call them: tasks, reward, solution, reader and judge of its one definition.
import type { Json } from "../../../../core/domain/json.ts";
import type { RewardShaper } from "../../../../core/domain/reward.ts";
import type { Task, TaskSource } from "../../../../core/domain/task.ts";
import type { Verdict } from "../../../../core/domain/verdict.ts";
import {
  type Finished,
  finishReport as reportOf,
  judgeStrictly as strictly,
  judgeTask,
  milestoneReward,
  type MilestoneRewardOptions,
  oracleOf,
  readGoal as readWith,
  type SiteTaskOptions,
  siteTasks,
  templatesOf,
} from "../../../../core/site.ts";
import type { MailMilestone } from "../../../../plugins/sites/gomail/families/mail.ts";
import type { MailWish } from "../../../../plugins/sites/gomail/families/mail-wish.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import type { GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";

export const templates = templatesOf(gomail);
export const sets = gomail.sets;
/** Families in the order in which a goal is tried for them. */
export const kinds = gomail.families.map(({ name }) => name);
export const nextAction = oracleOf(gomail);
export const gomailTasks = (options: SiteTaskOptions): TaskSource => siteTasks(gomail, options);
export const gomailReward = (options: MilestoneRewardOptions): RewardShaper => milestoneReward(gomail, options);
export const readGoal = (text: string): MailWish | undefined => readWith(gomail.readers, text);

/** What pays for a wish, in the order of the shortest way. */
export function milestonesFor(wish: MailWish): readonly MailMilestone[] {
  return gomail.families.find(({ name }) => name === wish.kind)!.milestones(wish);
}

/** What the site's own predicate says of a task. */
export function judge(task: Task, start: Json, now: Json): Verdict {
  return judgeTask(gomail, task, { before: start as unknown as GoMailState, after: now as unknown as GoMailState });
}

/** What the strict rule of a REAL task says. */
export function judgeStrictly(taskId: string, before: GoMailState, after: GoMailState): Verdict {
  return strictly(gomail, taskId, { before, after });
}

/** What `/finish` shows. */
export const finishReport = (finished: Finished<GoMailState>): Json => reportOf(gomail.official!, finished);
