import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileNameOf } from "../../../core/record/file-name.ts";
import { journalLine } from "../../../core/record/jsonl.ts";
import { readPages } from "../../../core/record/page-keeper.ts";
import { seenBytes, writeSeen } from "../../../core/record/seen-file.ts";
import { openRun } from "../../../core/record/runs.ts";

/** Texts that would do something if a page took them for more than texts. */
export const hostileTexts = [
  `<img src=x onerror="document.title='owned'">`,
  `</script><script>document.title='owned'</script>`,
  `"><svg onload=document.title='owned'>`,
  `javascript:document.title='owned'`,
  "\u202Egnp.exe\u202C \u0000\u0007",
  "x".repeat(3000),
];
const [img, script, svg, link, turned, long] = hostileTexts as [string, string, string, string, string, string];

/** Puts hostile texts wherever a page, a model or a task source may have written one. */
export async function makeHostile(path: string, runsDir: string): Promise<void> {
  const run = await openRun(path, runsDir);
  const edit = (file: string, change: (line: Record<string, unknown>) => unknown) => {
    const [header, ...lines] = readFileSync(join(path, file), "utf8").trimEnd().split("\n");
    const changed = lines.map((line) => {
      const { sum: _, ...record } = JSON.parse(line);
      return journalLine(change(record));
    });
    writeFileSync(join(path, file), [header, ...changed].join("\n") + "\n");
  };
  edit(
    "episodes.jsonl",
    (e) => ({
      ...e,
      goal: `${img} ${script}`,
      verdict: { success: e["success"], by: svg, reason: `${link} ${turned}` },
    }),
  );
  edit("events.jsonl", (e) => e["type"] === "launch" ? e : { ...e, ...(e["type"] === "warning" && { message: img }) });
  writeFileSync(
    join(path, "events.jsonl"),
    readFileSync(join(path, "events.jsonl"), "utf8").replace(
      '{"type":"stage"',
      `${JSON.stringify({ type: "warning", ts: new Date().toISOString(), message: img })}\n{"type":"stage"`,
    ),
  );
  for (const owner of ["i1.s0", (await run.episodes())[0]!.id]) {
    const seen = (await readPages(path, owner))!;
    const points = seen.points.map((point) => ({
      ...point,
      page: {
        ...point.page,
        title: script,
        url: link,
        elements: point.page.elements.map((e, i) => ({
          ...e,
          name: hostileTexts[i % hostileTexts.length]!,
          value: i === 1 ? long : img,
        })),
      },
    }));
    await writeSeen(join(path, "pages", `${fileNameOf(owner)}.br`), await seenBytes({ ...seen, points }));
  }
}
