/**
 * Draws a finished run's learning curve: `node bench/curve.ts [RUN] [OUT.svg]`, by default the latest run into
 * docs/img/learning-curve.svg. Dots are iterations (training episodes, sampled), the line their mean over five; the two
 * bars are the evaluations before and after (greedy, unseen tasks) with their Wilson 95 % intervals, in strips of their own.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { openRun } from "../core/record/runs.ts";
import type { Evaluation } from "../core/record/events.ts";
import { packageRoot } from "../core/util/package-root.ts";

const [which = "latest", out = path.join(packageRoot(), "docs/img/learning-curve.svg")] = process.argv.slice(2);
const run = await openRun(which, "runs");
const events = await run.readEvents();
const iterations = events.filter((e) => e.type === "iteration");
const evaluations = events.filter((e) => e.type === "evaluation");

const width = 760, height = 320, left = 56, right = 20, top = 24, bottom = 48, strip = 96;
let steps = 0;
const points = iterations.map((r) => ({ steps: steps += r.env_steps, rate: r.metrics["success_rate"] ?? 0 }));
const x = (s: number) => left + strip + (s / steps) * (width - left - right - 2 * strip);
const y = (rate: number) => height - bottom - rate * (height - top - bottom);
const smooth = points.map((p, i) => {
  const near = points.slice(Math.max(0, i - 2), i + 3);
  return { steps: p.steps, rate: near.reduce((sum, q) => sum + q.rate, 0) / near.length };
});
const n = (v: number) => v.toFixed(1);
const grid = [0, 0.25, 0.5, 0.75, 1].map((r) =>
  `<line x1="${left}" x2="${width - right}" y1="${n(y(r))}" y2="${n(y(r))}" class="grid"/><text x="${left - 8}" y="${
    n(y(r) + 4)
  }" text-anchor="end">${r * 100} %</text>`
);
const ticks = [0, 0.25, 0.5, 0.75, 1].map((f) =>
  `<text x="${n(x(f * steps))}" y="${height - bottom + 18}" text-anchor="middle">${Math.round(f * steps)}</text>`
);
const bar = ({ label, success_rate, ci95: [low, high] }: Evaluation, at: number) =>
  `<line x1="${n(at)}" x2="${n(at)}" y1="${n(y(low))}" y2="${n(y(high))}" class="bar"/><circle cx="${n(at)}" cy="${
    n(y(success_rate))
  }" r="5" class="eval"/>` +
  `<text x="${n(at)}" y="${n(low > 0.1 ? y(low) + 18 : y(high) - 10)}" text-anchor="middle" class="strong">${label} ${
    (success_rate * 100).toFixed(0)
  } %</text>`;
const [before, after] = [evaluations[0], evaluations.at(-1)];
const svg =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Success over environment steps">
<style>
  text { font: 12px system-ui, sans-serif; fill: #57606a } .strong { font-weight: 600; fill: #24292f }
  .grid { stroke: #d0d7de } .dot { fill: #0f766e; opacity: .35 } .line { fill: none; stroke: #0f766e; stroke-width: 2.5; stroke-linejoin: round }
  .bar { stroke: #b45309; stroke-width: 3 } .eval { fill: #b45309 } .paper { fill: #ffffff }
</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
${grid.join("\n")}
${ticks.join("\n")}
<text x="${(left + width - right) / 2}" y="${
    height - 10
  }" text-anchor="middle">environment steps (${run.info.name}, seed ${run.info.seed})</text>
${points.map((p) => `<circle cx="${n(x(p.steps))}" cy="${n(y(p.rate))}" r="3.5" class="dot"/>`).join("")}
<polyline class="line" points="${smooth.map((p) => `${n(x(p.steps))},${n(y(p.rate))}`).join(" ")}"/>
${before ? bar(before, left + strip / 2) : ""}
${after && after !== before ? bar(after, width - right - strip / 2) : ""}
</svg>
`;
writeFileSync(out, svg);
console.log(`${out}: ${points.length} iterations, ${steps} steps`);
