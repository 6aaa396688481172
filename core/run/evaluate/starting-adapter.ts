import { relative, resolve } from "node:path";
import process from "node:process";
import type { StartingAdapter } from "../../record/events.ts";
import { nestedUses, type Use } from "../../plugin/use.ts";
import { sha256Folder } from "../../util/sha256.ts";

/** The folder in the option `adapter` of a policy, or of a policy inside it; undefined for one that starts untrained. */
export async function startingAdapter(policy: Use): Promise<StartingAdapter | undefined> {
  const { adapter } = policy.options;
  if (typeof adapter === "string") {
    const inside = relative(process.cwd(), resolve(adapter));
    const sha256 = await sha256Folder(adapter).catch(() => undefined);
    return { dir: inside.startsWith("..") ? adapter : inside, ...(sha256 !== undefined && { sha256 }) };
  }
  const inner = nestedUses(policy).find((use) => use.kind === "policy");
  return inner && await startingAdapter(inner);
}
