import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Closable } from "../domain/call.ts";
import type { Service } from "../domain/service.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { exitText, explainEnd } from "./explain-end.ts";
import { untilHealthy, untilUnhealthy } from "./health.ts";
import { isPortFree, listenerOf } from "./port.ts";
import { logOf, prepareFolders, ServiceProcess, type StartOptions } from "./service-process.ts";
import { type Planned, portRemedy } from "./services-of.ts";

/** A change of state of one service. */
export interface ServiceEvent {
  readonly type: "service";
  readonly name: string;
  readonly state: "starting" | "ready" | "ended" | "restarting" | "stopped";
  readonly pid?: number;
  readonly seconds?: number;
  readonly log: string;
  /** Why it ended, or what comes next. */
  readonly text?: string;
}

export interface SupervisorOptions extends StartOptions {
  readonly signal: AbortSignal;
  onEvent(event: ServiceEvent): void;
  /** So many restarts of one service within so many seconds, the next end is final. Default 5 in 600. */
  readonly restarts?: { readonly max: number; readonly withinS: number };
  /** First pause before a restart, doubled for each further one. Default 1. */
  readonly backoffS?: number;
  /** Seconds a service has to end when it is asked to. Default 15. */
  readonly stopLimitS?: number;
  /** A service that fails so many health checks in a row is restarted. Default 6 times every 10 s. */
  readonly watch?: { readonly everyS: number; readonly failures: number };
}

/** Services that run; `close` stops them all, last started first. */
export interface Supervised extends Closable {
  /** Rejects with HALO_SERVICE_LOST when a service ends more often than it may; never resolves. */
  readonly lost: Promise<never>;
}

/**
 * Starts the services in order, each once the one before is ready, then restarts what ends. Throws before it starts
 * anything when a program is missing (HALO_SERVICE_PROGRAM) or a port taken (HALO_SERVICE_PORT), and HALO_SERVICE_START
 * with the cause, everything stopped again, when one does not come up.
 */
export async function supervise(planned: readonly Planned[], o: SupervisorOptions): Promise<Supervised> {
  for (const one of planned) checkProgram(one.service, o);
  for (const one of planned) await checkPort(one);
  prepareFolders(planned.map((one) => one.service), o);
  const closing = new AbortController();
  const signal = AbortSignal.any([o.signal, closing.signal]);
  const keepers = planned.map((one) => new Keeper(one.service, { ...o, signal }));
  let closed: Promise<void> | undefined;
  const close = () => {
    closing.abort();
    return closed ??= stopAll([...keepers].reverse());
  };
  try {
    for (const keeper of keepers) await keeper.start();
  } catch (e) {
    await close();
    o.signal.throwIfAborted();
    throw e;
  }
  const lost = Promise.race(keepers.map((keeper) => keeper.keep()));
  lost.catch(() => {}); // Nobody may be waiting for it.
  return { lost, close };
}

async function stopAll(keepers: readonly Keeper[]): Promise<void> {
  for (const keeper of keepers) await keeper.stop();
}

/** Keeps one service running. */
class Keeper {
  readonly #service: Service;
  readonly #o: SupervisorOptions;
  #process: ServiceProcess | undefined;
  #ends: number[] = [];

  constructor(service: Service, o: SupervisorOptions) {
    this.#service = service;
    this.#o = o;
  }

  /** Resolves when the service is ready. */
  async start(): Promise<void> {
    const { health, startLimitS } = this.#service;
    const began = performance.now();
    this.#o.signal.throwIfAborted();
    const process = this.#process = await ServiceProcess.start(this.#service, this.#o).catch((cause) => {
      throw programError(this.#service, cause);
    });
    this.#tell("starting", { pid: process.pid });
    const limit = AbortSignal.timeout(startLimitS * 1000);
    const waiting = new AbortController();
    const exit = await Promise.race([
      process.ended,
      untilHealthy(health, AbortSignal.any([limit, waiting.signal, this.#o.signal])).then(() => undefined),
    ]);
    waiting.abort();
    this.#o.signal.throwIfAborted();
    const seconds = (performance.now() - began) / 1000;
    if (exit === undefined && !limit.aborted) return this.#tell("ready", { pid: process.pid, seconds });
    const how = exit ? `ended with ${exitText(exit)} before it was ready` : `was not ready after ${startLimitS} s`;
    const cause = explainEnd(this.#service, { output: process.output(), ...(exit && { exit }) });
    await this.#end();
    throw new HaloError("HALO_SERVICE_START", `${this.#service.name} ${how}: ${cause}`, {
      hint: `its log: ${process.log}`,
    });
  }

  /** Starts it again whenever it ends, until it ends too often. Never resolves. */
  async keep(): Promise<never> {
    const { name, health } = this.#service;
    const { signal, restarts = { max: 5, withinS: 600 }, backoffS = 1, watch = { everyS: 10, failures: 6 } } = this.#o;
    for (;;) {
      const process = this.#process;
      const watching = new AbortController();
      const exit = process && await Promise.race([
        process.ended,
        untilUnhealthy(health, {
          everyMs: watch.everyS * 1000,
          failures: watch.failures,
          signal: AbortSignal.any([signal, watching.signal]),
        }),
      ]);
      watching.abort();
      if (signal.aborted) return await new Promise<never>(() => {});
      if (process) {
        const how = exit ? exitText(exit) : `${watch.failures} failed health checks in a row`;
        const cause = explainEnd(this.#service, { output: process.output(), ...(exit && { exit }) });
        await this.#end();
        this.#tell("ended", { pid: process.pid, text: `${how}: ${cause}` });
      }
      const now = performance.now();
      this.#ends = [...this.#ends.filter((at) => now - at < restarts.withinS * 1000), now];
      const count = this.#ends.length;
      if (count > restarts.max) {
        throw new HaloError(
          "HALO_SERVICE_LOST",
          `${name} ended ${count} times within ${restarts.withinS} s; it is not started again`,
          { hint: `its log: ${logOf(this.#service, this.#o)}` },
        );
      }
      const pauseS = Math.min(30, backoffS * 2 ** (count - 1));
      this.#tell("restarting", { text: `in ${pauseS} s, restart ${count} of at most ${restarts.max}` });
      await delay(pauseS * 1000, undefined, { signal }).catch(() => {});
      await this.start().catch((e: unknown) => {
        if (!signal.aborted) this.#tell("ended", { text: isHaloError(e) ? e.message : String(e) });
      });
    }
  }

  async stop(): Promise<void> {
    const { pid } = this.#process ?? {};
    if (pid === undefined) return;
    await this.#end();
    this.#tell("stopped", { pid });
  }

  async #end(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    await process?.stop(this.#o.stopLimitS ?? 15);
  }

  #tell(state: ServiceEvent["state"], more: Pick<ServiceEvent, "pid" | "seconds" | "text">): void {
    this.#o.onEvent({ type: "service", name: this.#service.name, state, log: logOf(this.#service, this.#o), ...more });
  }
}

function checkProgram(service: Service, { cwd, env }: StartOptions): void {
  const [program = ""] = service.command;
  const folders = program.includes("/") ? [cwd] : (env["PATH"] ?? "").split(delimiter);
  const isThere = folders.some((folder) => existsSync(program.startsWith("/") ? program : join(folder, program)));
  if (!isThere) throw programError(service);
}

function programError(service: Service, cause?: unknown): HaloError {
  const why = cause === undefined
    ? "is not there"
    : `cannot be started: ${cause instanceof Error ? cause.message : cause}`;
  return new HaloError(
    "HALO_SERVICE_PROGRAM",
    `${service.name} needs the program "${service.command[0]}", which ${why}`,
    {
      hint: service.install ?? "install it, or name another program in the plugin's options",
      cause,
    },
  );
}

async function checkPort(planned: Planned): Promise<void> {
  const { name, host, port } = planned.service;
  if (await isPortFree(host, port)) return;
  const who = listenerOf(port);
  const listener = who ? `process ${who.pid} (${who.command})` : "another process";
  throw new HaloError("HALO_SERVICE_PORT", `${name} cannot listen on ${host}:${port}: ${listener} does already`, {
    hint: `./teardown.sh stops what halo serve started and left; for another port, ${portRemedy(planned)}`,
  });
}
