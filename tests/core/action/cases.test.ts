import { readFileSync } from "node:fs";
import type { Action } from "../../../core/domain/action.ts";
import { canonicalAction } from "../../../core/action/canonical.ts";
import { type DialectName, type ReadOptions, readOutput } from "../../../core/action/output.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("action/cases");

type Expected = "REFUSE" | Action;

/** An output as a model or a tool wrote it, and what may come of it. */
interface Case {
  readonly id: string;
  readonly source: string;
  readonly dialect: DialectName;
  readonly options: ReadOptions;
  readonly input: string;
  readonly expected: Expected | { readonly any: readonly Expected[] };
}

const cases = JSON.parse(
  readFileSync(new URL("../../fixtures/cases/outputs.json", import.meta.url), "utf8"),
) as readonly Case[];

test("readOutput makes of every output that others reported what it means, or refuses it", () => {
  assert.is(cases.length, 92);
  const wrong = cases.flatMap(({ id, dialect, options, input, expected }) => {
    const { parsed } = readOutput(input, { ...options, dialect, repair: true });
    const wanted = typeof expected === "object" && "any" in expected ? expected.any : [expected];
    const got = parsed.ok ? canonicalAction(parsed.action) : "REFUSE";
    const isRight = wanted.some((one) => got === (one === "REFUSE" ? one : canonicalAction(one)));
    return isRight ? [] : [`${id}: ${got}`];
  });
  assert.equal(wrong, []);
});
