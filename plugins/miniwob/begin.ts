import { HaloError, type Task } from "halo-agent";
import type { HaloPage } from "halo-agent/browser";

interface Call {
  readonly signal: AbortSignal;
}

/** What decides how a page begins. */
export interface Start {
  readonly name: string;
  readonly seed: number;
  readonly mode: string;
}

/** Longest episode in the page's own time: the reward without the time that passed is what counts. */
const dayMs = 86_400_000;
/** Longest wait for a page to say that its task is ready. */
const readyLimitMs = 5_000;

/**
 * Begins the page's episode on a seed and returns what it asks for. The first end counts: no further episode can be started. What
 * only a recorder needs, the count-down and the marks of clicks, is taken away, so that equal seeds stay equal pages. Throws
 * HALO_MINIWOB_PAGE when the page is no task, or is never ready.
 */
export async function begin(page: HaloPage, { name, seed, mode }: Start, o: Call): Promise<string> {
  const script = `(async () => {
    core.EPISODE_MAX_TIME = ${dayMs};
    if (core.setDataMode) core.setDataMode(${JSON.stringify(mode)});
    Math.seedrandom(${seed});
    core.startEpisodeReal();
    const limit = Date.now() + ${readyLimitMs};
    while (!WOB_TASK_READY && Date.now() < limit) await new Promise((done) => setTimeout(done, 10));
    if (!WOB_TASK_READY) throw new Error("the task is not ready");
    core.clearTimer();
    core.startEpisode = () => {};
    core.hideDisplay();
    document.body.removeEventListener("click", core.canvasDrawClick);
    const asked = core.getUtterance();
    return typeof asked === "string" ? asked : asked.utterance;
  })()`;
  const asked = await page.main<string>(script, o).catch((cause: unknown) => {
    o.signal.throwIfAborted();
    if (page.lost) throw page.lost;
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new HaloError("HALO_MINIWOB_PAGE", `${name} did not begin: ${reason}`, { cause });
  });
  if (typeof asked === "string" && asked.trim() !== "") return asked.trim();
  throw new HaloError("HALO_MINIWOB_PAGE", `${name} asks for nothing on seed ${seed}`);
}

/** How an episode stands: `raw` is the reward without the time that passed, −1 to 1, of a page that ended it. */
export interface Standing {
  readonly isDone: boolean;
  readonly raw: number;
}

/** Reads the page's own variables, which no typed text and no element can set. */
export async function standing(page: HaloPage, o: Call): Promise<Standing> {
  return await page.main<Standing>("({ isDone: WOB_DONE_GLOBAL === true, raw: Number(WOB_RAW_REWARD_GLOBAL) })", o);
}

/** What a task's parameters say of its start. Throws HALO_MINIWOB_PAGE for a task of another source. */
export function startOf({ key, params }: Task): Start {
  const { name, seed, mode } = (params ?? {}) as Partial<Start>;
  if (typeof name === "string" && typeof seed === "number" && typeof mode === "string") return { name, seed, mode };
  throw new HaloError("HALO_MINIWOB_PAGE", `${key} is no task of MiniWoB++`, {
    hint: "use: miniwob for the tasks, too",
  });
}
