import { plainLine, plainText } from "../../../core/util/plain-text.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("util/plain-text");

test("plainText leaves control characters out and keeps line breaks", () => {
  assert.is(plainText("a\u001b[2J\nb\u202ec"), "a[2J\nbc");
});

test("plainLine stays one line and shows what was escaped", () => {
  assert.is(plainLine("a\nb\r\n\tc\u001b[2J\u009b\u2028d\u202e"), "a\\nb\\r\\n\\tc\\u001b[2J\\u009b\\u2028d");
});
