import { originOf } from "../../config/load.ts";
import type { Pipeline } from "../../config/pipeline.ts";
import { taskPath } from "../../config/task-path.ts";
import type { TaskSource } from "../../domain/task.ts";
import { factsOf } from "../../util/error-facts.ts";
import { HaloError } from "../../util/errors.ts";
import { throwerOf } from "../../util/thrown.ts";
import { errorBehind } from "../../world/fault.ts";

/** What an error is placed in. */
export interface Placing {
  readonly pipeline: Pipeline;
  readonly tasks: Pick<TaskSource, "optionOf">;
}

/**
 * What stopped a run, with the place in the pipeline that the error behind it names: "shop.yaml:7:12: …", or the path where the
 * pipeline is a recorded one. Anything else as it is.
 */
export function placedError(error: unknown, o: Placing): unknown {
  if (!(error instanceof HaloError)) return error;
  const behind = errorBehind(error);
  const { isLasting } = behind;
  const path = error.at ? undefined : pathOf(behind, o);
  if (path === undefined && isLasting === error.isLasting) return error;
  const span = path === undefined ? undefined : originOf(o.pipeline, path);
  const isWritten = span !== undefined && !span.source.name.startsWith("(");
  const place = isWritten ? `${span.source.name}:${span.line}:${span.col}` : path;
  const hint = behind.hint ?? (isLasting ? factsOf(behind.code)?.fix : error.hint);
  return new HaloError(error.code, place === undefined ? error.message : `${place}: ${error.message}`, {
    ...(hint !== undefined && { hint }),
    isLasting,
    cause: error,
  });
}

/** Where a pipeline says what an error is about: "environment.options.url"; undefined where the error does not tell. */
function pathOf(e: HaloError, { tasks }: Placing): string | undefined {
  if (e.task !== undefined) return taskPath(tasks, e.task, e.option);
  const path = throwerOf(e)?.path;
  return path === undefined || e.option === undefined ? undefined : `${path}.options.${e.option}`;
}
