import { type Environment, HaloError, type Task } from "halo-agent";
import { foreignEnvironment, type HaloPage, type Viewport } from "halo-agent/browser";
import { configure, finish, type HostedCall, type Mode, type Patience, patienceOf, preflight } from "./protocol.ts";

/** A server that answers in place of every hosted site: for tests without a network. */
export interface StandIn {
  /** "ip:port" of its TLS. */
  readonly address: string;
  /** Its public key, base64 of the SHA-256 of the SPKI. */
  readonly spki: string;
}

export interface HostedOptions {
  readonly mode: Mode;
  readonly stop: "solved" | "declared";
  readonly forking: "replay" | "none";
  readonly pages: number;
  readonly timezone: string;
  readonly clock?: string;
  /** Further hosts by `name:port`, which pages load parts from. */
  readonly assetHosts: readonly string[];
  readonly viewport?: Viewport;
  readonly chromium?: string;
  readonly standIn?: StandIn;
  /** How long the site may take; by the mode when absent. */
  readonly patience?: Patience;
}

/**
 * The hosted sites of REAL: `/config` and `/finish` in a window beside the episode's, the report as it is written there
 * for the benchmark's own script. Each host has a browser of its own that reaches nothing else. Submits nothing.
 */
export function hostedEnvironment(o: HostedOptions): Environment {
  const hosts = new Map<string, Environment>();
  const at = ({ goal: { startUrl }, key }: Task): Environment => {
    const host = hostOf(startUrl, key);
    let environment = hosts.get(host);
    if (environment === undefined) hosts.set(host, environment = environmentAt(host, o));
    return environment;
  };
  return {
    forking: o.forking,
    sideEffects: o.forking === "replay" ? "none" : "server",
    deterministic: false,
    capacity: o.pages,
    open: (task, call) => at(task).open(task, call),
    fork: (mark, call) => at(mark.task).fork(mark, call),
    async close() {
      await Promise.all([...hosts.values()].map((environment) => environment.close()));
    },
  };
}

/** Host and port of a task's first page. Throws HALO_REAL_TASK for one that begins nowhere on the web. */
function hostOf(startUrl: string, key: string): string {
  const url = URL.canParse(startUrl) ? new URL(startUrl) : undefined;
  if (url?.protocol === "https:") return `${url.hostname}:${url.port || 443}`;
  throw new HaloError("HALO_REAL_TASK", `${key} begins at "${startUrl}", which is no https address of a hosted site`, {
    hint: "tasks: { use: real, options: { hosted: gomail } }",
  });
}

function environmentAt(host: string, o: HostedOptions): Environment {
  const patience = o.patience ?? patienceOf[o.mode];
  const callOf = ({ goal: { startUrl } }: Task, signal: AbortSignal): HostedCall => ({
    signal,
    mode: o.mode,
    patience,
    url: startUrl,
  });
  const reached = (name: string) => o.standIn?.address ?? name;
  return foreignEnvironment({
    hosts: { [host]: reached(host) },
    assetHosts: Object.fromEntries(o.assetHosts.map((name) => [name, reached(name)])),
    ...(o.standIn && { trusted: [o.standIn.spki] }),
    pages: o.pages,
    forking: o.forking,
    sideEffects: o.forking === "replay" ? "none" : "server",
    deterministic: false,
    stopsWhenSolved: o.stop === "solved",
    timezone: o.timezone,
    ...(o.clock !== undefined && { clock: o.clock }),
    ...(o.viewport && { viewport: o.viewport }),
    ...(o.chromium !== undefined && { chromium: o.chromium }),
    url: ({ goal }) => goal.startUrl,
    async prepare(page: HaloPage, { task, signal }) {
      const call = callOf(task, signal);
      await configure(page, realId(task), call);
      await preflight(page, call);
    },
    judge: (_, { task, isGraded }) => {
      if (isGraded) return Promise.resolve({ success: false, by: "real", reason: "the task's own script decides" });
      throw new HaloError("HALO_REAL_TASK", `${task.key} has no script that a report could be given to`, {
        hint: "tasks: { use: real, options: { hosted: gomail } }",
      });
    },
    report: (page, { task, signal }) => finish(page, callOf(task, signal)),
  });
}

/** Id of the benchmark's task: "v2.gomail-1". */
function realId({ params, template }: Task): string {
  return (params as { readonly real?: string } | null)?.real ?? template;
}
