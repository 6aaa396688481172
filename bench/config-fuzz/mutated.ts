import type { Rng } from "../../core/domain/rng.ts";

/** What people and tools put into files by mistake. */
const odd: readonly string[] = [
  "\t¦\u200b¦\ufeff¦\u00a0¦\u2028¦\0¦é¦\ud83d\ude00¦'¦\"¦`¦\\¦%¦@",
  "&x ¦*x¦!!binary ¦!x ¦|¦>¦- ¦: ¦?¦#¦{¦}¦[¦]¦,¦---\n¦...\n¦<<: ¦~",
  "null¦true¦1e999¦.nan¦-1¦0x1F¦9007199254740993¦${env:NO_SUCH}¦${secret:NO_SUCH}¦${¦$${",
].flatMap((texts) => texts.split("¦"));

type Mutation = (lines: string[], rng: Rng) => void;

const any = (lines: readonly string[], rng: Rng): number => rng.int(Math.max(1, lines.length));
const anyOdd = (rng: Rng): string => odd[rng.int(odd.length)]!;

/** A change of one line. */
const inLine = (change: (line: string, rng: Rng) => string): Mutation => (lines, rng) => {
  const i = any(lines, rng);
  lines[i] = change(lines[i] ?? "", rng);
};

const mutations: readonly Mutation[] = [
  (lines, rng) => void lines.splice(any(lines, rng), 1),
  (lines, rng) => {
    const i = any(lines, rng);
    lines.splice(any(lines, rng), 0, lines[i] ?? "");
  },
  (lines, rng) => {
    const [i, j] = [any(lines, rng), any(lines, rng)];
    [lines[i], lines[j]] = [lines[j] ?? "", lines[i] ?? ""];
  },
  inLine((line, rng) => {
    const at = rng.int(line.length + 1);
    return line.slice(0, at) + anyOdd(rng) + line.slice(at);
  }),
  inLine((line, rng) => {
    const at = rng.int(line.length + 1);
    return line.slice(0, at) + line.slice(at + 1);
  }),
  inLine((line, rng) => line.replace(/:\s.*$/, `: ${anyOdd(rng)}`)),
  inLine((line, rng) => `${" ".repeat(1 + rng.int(3))}${line}`),
  (lines, rng) => void lines.splice(any(lines, rng)),
  inLine((line) => line.replace(/[a-z]/, (c) => c.toUpperCase())),
];

/** The text with one to four mistakes in it. Equal generators give equal mistakes. */
export function mutated(text: string, rng: Rng): string {
  const lines = text.split("\n");
  for (let n = 1 + rng.int(4); n > 0; n--) mutations[rng.int(mutations.length)]!(lines, rng);
  return lines.join("\n");
}
