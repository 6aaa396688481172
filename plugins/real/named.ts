import { HaloError } from "halo-agent";
import { nearest } from "halo-agent/kit";
import type { RealTask } from "./agisdk.ts";

/** Among which tasks ids are looked up. */
export interface Named {
  /** Every task that can be asked for. */
  readonly all: readonly RealTask[];
  /** Sites whose tasks are played. */
  readonly sites: readonly string[];
  /** Tasks of the same version that are not played, and why. */
  readonly others?: ReadonlyMap<string, string>;
}

/** The tasks of these ids, in their order. Throws HaloError for one that is not there, or not for these sites, or stands twice. */
export function tasksNamed(ids: readonly string[], o: Named): readonly RealTask[] {
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw new HaloError("HALO_REAL_LIST", `${twice} is named twice; a task that is played twice is no second task`, {
      hint: "leave one out; `episodes_per_task` of a stage plays each several times",
    });
  }
  return ids.map((id) => {
    const task = o.all.find((t) => t.id === id);
    if (task !== undefined && o.sites.includes(task.site)) return task;
    throw task === undefined ? unknown(id, o) : new HaloError(
      "HALO_REAL_TASK_UNKNOWN",
      `${id} is a task of ${task.site}, not of ${o.sites.join(", ")}`,
      { hint: `halo tasks --source real says whether the site has a replica; if so, name it in \`sites\`` },
    );
  });
}

function unknown(id: string, { all, sites, others }: Named): HaloError {
  const of = sites.join(", ");
  const own = all.filter(({ site }) => sites.includes(site));
  const version = versionOf(own[0]);
  const [, given, bare] = /^(?:(v[12])\.)?([a-z-]+-\d+)$/.exec(id.trim().toLowerCase()) ?? [];
  const meant = bare === undefined ? undefined : all.find((task) => task.id === `${version}.${bare}`);
  const refused = (message: string, hint: string): HaloError =>
    new HaloError("HALO_REAL_TASK_UNKNOWN", message, { hint });
  const reason = others?.get(id);
  if (reason !== undefined) {
    return refused(`${id} is not played: ${reason}`, "halo tasks --source real says it of each");
  }
  if (bare !== undefined && given === undefined) {
    const same = meant === undefined
      ? `${version} has no ${bare}`
      : version === "v1"
      ? `${meant.id} is the task of v1`
      : `${meant.id} is another task with the same number`;
    return refused(
      `"${id}" names no version; ${same}`,
      `write ids as ${version}.SITE-NUMBER, such as ${own[0]?.id}; agisdk itself takes a bare id for one of v1`,
    );
  }
  if (given !== undefined && given !== version) {
    const where = given === "v1" ? "`version: v1` plays where it can" : "`version: v1` does not play";
    const same = meant === undefined ? `${version} has no ${bare}` : `${meant.id} is another task with the same number`;
    return refused(`"${id}" is a task of ${given}, which ${where}; ${same}`, "one source plays tasks of one version");
  }
  if (meant !== undefined) {
    return refused(`there is no task "${id}"; did you mean "${meant.id}"?`, "ids are lower case");
  }
  return refused(
    `there is no task "${id}" for ${of}; nearest: ${nearestIds(own, id).join(", ")}`,
    `ids look like ${own[0]?.id} and are not numbered without gaps; halo tasks lists them`,
  );
}

/** Version of a task's id; v2 where there is none. */
const versionOf = (task: RealTask | undefined): string => task?.id.split(".")[0] ?? "v2";

/** The three ids whose numbers are closest, of the same site, or of one that is spelled nearly so. */
function nearestIds(all: readonly RealTask[], id: string): readonly string[] {
  const numberOf = (text: string): number => Number(text.match(/(\d+)$/)?.[1] ?? 0);
  const meant = nearest(id.replace(/^v\d\./i, "").replace(/-?\d*$/, ""), [...new Set(all.map(({ site }) => site))]);
  const isSame = ({ site }: RealTask): boolean => site === meant;
  const distance = (task: RealTask): number => Math.abs(numberOf(task.id) - numberOf(id)) + (isSame(task) ? 0 : 1e6);
  return [...all].sort((a, b) => distance(a) - distance(b)).slice(0, 3).map((task) => task.id);
}
