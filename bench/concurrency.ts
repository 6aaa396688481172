/** Concurrency 4 against 1 on two real GoMail iterations, alternating: at least 1.3 times faster, with equal results. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { packageRoot } from "../core/util/package-root.ts";

const child = path.join(packageRoot(), "tests/runtime/outcome.ts");
const measure = (concurrency: number): { readonly weights: string; readonly train_s: number } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, String(concurrency)], {
    encoding: "utf8",
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
};
const rounds = Array.from({ length: 3 }, (_, i) => {
  const [one, four] = [measure(1), measure(4)];
  console.log(`round ${i}: concurrency 1 ${one.train_s.toFixed(1)} s, concurrency 4 ${four.train_s.toFixed(1)} s`);
  return { ratio: one.train_s / four.train_s, isEqual: one.weights === four.weights };
});
const ratio = rounds.map((r) => r.ratio).sort((a, b) => a - b)[1]!;
const isEqual = rounds.every((r) => r.isEqual);
const ok = ratio >= 1.3 && isEqual;
console.log(
  `${ok ? "ok" : "MISSED"} concurrency: 4 is ${ratio.toFixed(2)} times as fast as 1 (bar 1.3), results ${
    isEqual ? "equal" : "DIFFER"
  }`,
);
process.exitCode = ok ? 0 : 1;
