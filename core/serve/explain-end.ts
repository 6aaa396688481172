import type { Service } from "../domain/service.ts";
import { plainText } from "../util/plain-text.ts";
import type { Exit } from "./service-process.ts";

/** What any program may die of: a pattern in its log, the cause, and what to do. Groups of the pattern fill $1, $2. */
const known: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [/No module named '?([\w.]+)'?/, "the Python module $1 is not installed in the Python that starts it"],
  [/unrecognized arguments?: (.*)/, "this version does not know $1: install the version that docs/operations.md names"],
  [/Address already in use|address already in use/, "its port was taken while it started: halo serve again"],
  [/No space left on device/, "the disk is full: df -h"],
  [/Permission denied: '?([^'\n]+)'?/, "it may not open $1"],
];

/** Why a service ended or did not start, in one or two lines: its own explanation, a known failure, else the end of its log. */
export function explainEnd(service: Service, o: { readonly output: string; readonly exit?: Exit }): string {
  const { output, exit } = o;
  const own = service.explain?.({ log: output, ...(exit?.code !== undefined && { exit: exit.code }) });
  const cause = own ?? knownCause(output) ?? killedCause(exit);
  return hideSecrets(cause ?? lastLines(output), service);
}

function knownCause(output: string): string | undefined {
  for (const [pattern, cause] of known) {
    const found = output.match(pattern);
    if (found) return cause.replace(/\$(\d)/g, (_, n: string) => found[Number(n)]?.trim() ?? "");
  }
  return undefined;
}

function killedCause(exit: Exit | undefined): string | undefined {
  return exit?.signal === "SIGKILL" || exit?.code === 137
    ? "it was killed from outside; where nobody did, the system ran out of memory: dmesg | tail, free -h"
    : undefined;
}

function lastLines(output: string): string {
  const lines = plainText(output).split("\n").filter((line) => line.trim() !== "").slice(-3);
  return lines.length === 0 ? "it wrote nothing" : lines.map((line) => line.slice(0, 300)).join(" | ");
}

/** How it ended, for a message. */
export function exitText({ code, signal }: Exit): string {
  return signal === undefined ? `status ${code}` : signal;
}

function hideSecrets(text: string, { env }: Service): string {
  const secrets = Object.entries(env).filter(([name, v]) => /TOKEN|KEY|SECRET/i.test(name) && v.length >= 6);
  return secrets.reduce((hidden, [name, value]) => hidden.replaceAll(value, `[${name}]`), text);
}
