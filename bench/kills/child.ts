import process from "node:process";
import { endBrowsers } from "../../core/browser/temp-folder.ts";
import { attempt, type Work } from "./attempt.ts";

/** `child.ts WORK`: makes one attempt, says when it has begun, and prints how it ended. */
const work = JSON.parse(process.argv[2]!) as Work;
const { exit } = await attempt(work, { onLaunch: () => console.log("launched") });
const { orphans } = await endBrowsers({ limitMs: 3_000 });
console.log(JSON.stringify({ exit, orphans }));
process.exitCode = exit;
