import { globTest } from "../../../core/util/glob.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("util/glob");

test("globTest matches whole texts; * stands for anything, everything else for itself", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["*", "gomail/star/eval/0@1", true],
    ["*star*", "gomail/star/eval/0@1", true],
    ["gomail/*/0@1", "gomail/star/eval/0@1", true],
    ["star", "gomail/star/eval/0@1", false],
    ["gomail", "gomail/star", false],
    ["", "", true],
    ["", "a", false],
    ["v2.*-1", "v2.gomail-1", true],
    ["v2.*-1", "v2xgomail-1", false],
    ["a+(b)[c]{2}|^$?\\", "a+(b)[c]{2}|^$?\\", true],
    ["ü*é", "üxé", true],
  ];
  for (const [glob, text, expected] of cases) assert.is(globTest(glob)(text), expected, `${glob} on ${text}`);
});
