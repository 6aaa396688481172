/**
 * A runtime that trains, commits and may kill itself: node runtime-child.ts URL FOLDER UPDATES [CALL before|after]
 *
 * Goes on from the last commit in FOLDER, does UPDATES updates in all, each with checkpoint, publish and commit, and ends
 * itself at its CALL-th HTTP call. Prints the adapter's sha256 of each commit.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { batchOf, trainerFor } from "./trainer-for.ts";

const [url = "", folder = "", updates = "", killCall = "", when = ""] = process.argv.slice(2);
const call = { signal: AbortSignal.timeout(60_000) };
let calls = 0;
const plain = globalThis.fetch;
globalThis.fetch = async (...args: Parameters<typeof fetch>) => {
  const isLast = String(++calls) === killCall;
  if (isLast && when === "before") process.kill(process.pid, "SIGKILL");
  const reply = await plain(...args);
  if (isLast) process.kill(process.pid, "SIGKILL");
  return reply;
};

const trainer = trainerFor({ url, chunk_mb: 1e-6 });
const commits = readdirSync(folder).filter((name) => /^\d+$/.test(name)).map(Number);
let seq = Math.max(0, ...commits);
const batch = () => Promise.reject(new Error("no replay"));
if (seq > 0) await trainer.restore(join(folder, String(seq)), { ...call, batch });
while (seq < Number(updates)) {
  seq++;
  const dir = join(folder, `${seq}.partial`);
  if (existsSync(dir)) rmSync(dir, { recursive: true });
  mkdirSync(dir);
  await trainer.update(batchOf(seq), call);
  await trainer.checkpoint(dir, call);
  const { sha256 } = await trainer.publish(dir, call);
  writeFileSync(join(dir, "sha256"), sha256);
  renameSync(dir, join(folder, String(seq)));
}
const hashes = Array.from({ length: seq }, (_, i) => readFileSync(join(folder, String(i + 1), "sha256"), "utf8"));
console.log(JSON.stringify({ calls, hashes }));
process.exit(0);
