import { fileURLToPath } from "node:url";
import type { Environment } from "../../../core/domain/environment.ts";
import type { Task, TaskSource } from "../../../core/domain/task.ts";
import { createPlugin } from "../../../core/testing.ts";
import environment from "../../../plugins/miniwob/environment.ts";
import tasks from "../../../plugins/miniwob/tasks.ts";
import type { TestContext } from "../../harness.ts";

/** Pages of our own with the interface of MiniWoB++. */
export const standIn = fileURLToPath(new URL("../../fixtures/miniwob", import.meta.url));

export async function sourceOn(path: string, o: Readonly<Record<string, unknown>> = {}): Promise<TaskSource> {
  return await createPlugin(tasks, { path, ...o } as never) as TaskSource;
}

export async function pagesOn(t: TestContext, path: string): Promise<Environment> {
  return t.use(await createPlugin(environment, { path, pages: 2 } as never) as Environment);
}

/** A task of one page on its n-th evaluation seed. */
export async function taskOn(path: string, name: string, n = 0): Promise<Task> {
  return (await sourceOn(path, { tasks: [name] })).draw({ split: "eval", index: n, seed: 0 });
}
