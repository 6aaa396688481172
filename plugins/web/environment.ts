import { type Call, definePlugin, type Environment, HaloError, type Task } from "halo-agent";
import { foreignEnvironment, type HaloPage, isOnHosts, pageOptions } from "halo-agent/browser";
import { webErrors } from "./codes.ts";
import { type Condition, successSchema } from "./condition-schema.ts";
import { checkConditions, judgeBy, type Rule } from "./conditions.ts";
import { hostMap, hostOf } from "./hosts.ts";
import { Met } from "./met.ts";
import { checkStart, doStart, startSchema } from "./start-actions.ts";
import { readStorageState } from "./storage-state.ts";

/** Any http or https site as it is, described in a pipeline: where it is, what it may reach, when a task is achieved. */
export default definePlugin({
  kind: "environment",
  name: "web",
  summary: "Any http or https site, described in the pipeline alone (docs/web.md).",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["url"],
    properties: {
      url: { type: "string", minLength: 1, description: "Address of the site; the start of a task is relative to it." },
      allowed_hosts: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Hosts the agent may also be at, as name or name:port. Nothing else is reached.",
      },
      asset_hosts: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Hosts that pages may load scripts, styles and pictures from; the agent is brought back from them.",
      },
      success: successSchema,
      stop: pageOptions.stop,
      start: startSchema,
      storage_state: {
        type: "string",
        "x-path": true,
        description: "JSON file of cookies and local storage that every episode begins with: a login.",
      },
      forking: {
        type: "string",
        enum: ["replay", "none"],
        default: "none",
        description:
          "replay: repeat the actions in a fresh page, for sites that keep nothing on their server; none: never go back.",
      },
      deterministic: {
        type: "boolean",
        default: false,
        description: "The site shows the same to the same actions each time, so that a run repeats bit for bit.",
      },
      timezone: { type: "string", default: "UTC", description: "Time zone of the page, for example Europe/Berlin." },
      clock: { type: "string", description: "ISO time that the page's clock shows, standing still; runs when absent." },
      dialogs: {
        type: "string",
        enum: ["shown", "answered"],
        default: "shown",
        description: "shown: the next action answers a native dialog; answered: alerts accepted, questions declined.",
      },
      pages: { type: "integer", minimum: 1, maximum: 64, default: 4, description: "Episodes open at once." },
      viewport: pageOptions.viewport,
      chromium: pageOptions.chromium,
    },
  },
  offers: ["forks"],
  errors: webErrors,
  async create(o): Promise<Environment> {
    const { viewport, chromium, clock } = o;
    const hosts = { ...hostMap(o.allowed_hosts, "allowed_hosts"), ...hostMap([hostOf(o.url)], "url") };
    checkStart(o.start);
    const names = Object.keys(hosts);
    checkConditions(o.success ?? [], "success", { hosts: names });
    checkTimes(o);
    const met = new Met();
    const rule = (task: Task): Rule | undefined =>
      ownRule(task) ?? (o.success && { conditions: o.success, place: { option: "success" } });
    const judge = (page: HaloPage, asked: Rule, { task, signal }: Call & { readonly task: Task }) =>
      judgeBy(page, asked, { signal, onMet: (indexes) => met.add(task.key, asked.conditions, indexes) });
    const urlPlace = ({ key, goal }: Task) => goal.startUrl === "" ? { option: "url" } : { task: key, option: "url" };
    const urlOf = (task: Task): string => {
      const url = new URL(task.goal.startUrl, o.url).href;
      if (isOnHosts(url, names)) return url;
      throw new HaloError("HALO_WEB_OPTION", `${task.key} starts at ${url}, which the agent may not be at`, {
        ...urlPlace(task),
        hint: "add its host to `allowed_hosts`",
        isLasting: true,
      });
    };
    const checkTask: Environment["checkTask"] = (task, { isGraded }) => {
      urlOf(task);
      const own = ownRule(task);
      checkConditions(own?.conditions ?? [], "success", { hosts: names, task: task.key });
      if (own || o.success || isGraded) return;
      throw new HaloError("HALO_WEB_RULE", `nothing says when ${task.key} is achieved`, {
        task: task.key,
        isLasting: true,
      });
    };
    const environment = foreignEnvironment({
      hosts,
      assetHosts: hostMap(o.asset_hosts, "asset_hosts"),
      pages: o.pages,
      forking: o.forking,
      sideEffects: o.forking === "replay" ? "none" : "server",
      deterministic: o.deterministic,
      stopsWhenSolved: o.stop === "solved",
      dialogs: o.dialogs,
      timezone: o.timezone,
      ...(clock !== undefined && { clock }),
      ...(viewport && { viewport }),
      ...(chromium !== undefined && { chromium }),
      ...(o.storage_state !== undefined && { storage: await readStorageState(o.storage_state) }),
      url: urlOf,
      urlPlace,
      prepare(_page, { task, isGraded }) {
        checkTask(task, { isGraded });
        return Promise.resolve();
      },
      async start(page, { task, signal }) {
        refuseStray(page, urlPlace(task));
        await doStart(page, o.start, { signal });
        const asked = rule(task);
        // A page that asks at once answers nothing yet.
        if (!asked || page.question || !(await judge(page, asked, { task, signal })).success) return;
        throw new HaloError("HALO_WEB_RULE", `${task.key} is achieved before anything is done`, {
          ...asked.place,
          hint:
            "give it a condition that the start does not fulfil; reset a site that keeps what was done on its server",
          isLasting: true,
        });
      },
      async judge(page, { task, signal }) {
        const asked = rule(task);
        if (asked) return await judge(page, asked, { task, signal });
        return { success: false, by: "web", reason: "no condition is given; the task source decides" };
      },
    });
    return { ...environment, checkTask, doubts: (keys) => met.doubts(keys) };
  },
});

/** The conditions that a task brings along, in `success` of its parameters. */
function ownRule({ key, params }: Task): Rule | undefined {
  if (typeof params !== "object" || params === null || !("success" in params)) return undefined;
  const conditions = params["success"] as readonly Condition[] | undefined;
  if (!Array.isArray(conditions) || conditions.length === 0) return undefined;
  return { conditions, place: { task: key, option: "success" } };
}

function checkTimes({ timezone, clock }: { readonly timezone: string; readonly clock?: string }): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch (cause) {
    const message = `"${timezone}" is no time zone such as Europe/Berlin`;
    throw new HaloError("HALO_WEB_OPTION", message, { option: "timezone", cause });
  }
  if (clock === undefined || !Number.isNaN(Date.parse(clock))) return;
  throw new HaloError("HALO_WEB_OPTION", `"${clock}" is no time such as 2026-07-18T09:00:00Z`, { option: "clock" });
}

/** Throws HALO_WEB_START when the first page led out of the task: a login elsewhere, another name of the site. */
function refuseStray({ strayed }: HaloPage, place: Rule["place"]): void {
  if (strayed === undefined) return;
  throw new HaloError("HALO_WEB_START", `the first page led to ${strayed}, outside this task`, {
    ...place,
    hint: "add its host to `allowed_hosts`, or begin logged in: `storage_state`",
    isLasting: true,
  });
}
