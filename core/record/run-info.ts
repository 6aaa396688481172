import type { Json } from "../domain/json.ts";
import { fileFormat } from "./file-format.ts";
import type { ProcessId } from "../util/process-id.ts";
import { anything, count, mapOf, number, object, oneOf, optional, text } from "./shape.ts";

/** run.json: what a resume starts from. */
export interface RunInfo {
  readonly schema: string;
  readonly id: string;
  readonly name: string;
  readonly seed: number;
  /** ISO time, UTC. */
  readonly created: string;
  /** The merged pipeline as plain JSON, secrets as references. */
  readonly document: Json;
  /** Absolute folder that relative `use:` paths in `document` start from. */
  readonly base: string;
  readonly versions: Readonly<Record<string, string>>;
}

export const runFormat = fileFormat<RunInfo>(
  "halo.run/1",
  object<RunInfo>({
    schema: text,
    id: text,
    name: text,
    seed: number,
    created: text,
    document: anything,
    base: text,
    versions: mapOf(text),
  }),
);

export type RunStatus = "RUNNING" | "DONE" | "FAILED" | "STOPPED";

/** state.json. */
export interface RunState {
  readonly schema: string;
  readonly status: RunStatus;
  /** ISO time of the last change. */
  readonly since: string;
  /** Process that wrote it. */
  readonly owner: ProcessId;
}

export const stateFormat = fileFormat<RunState>(
  "halo.state/1",
  object<RunState>({
    schema: text,
    status: oneOf<RunStatus>({ RUNNING: true, DONE: true, FAILED: true, STOPPED: true }),
    since: text,
    owner: object<ProcessId>({ host: text, pid: count, started: optional(text) }),
  }),
);
