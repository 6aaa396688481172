import { unclosed } from "../../../plugins/web/unclosed.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("web/unclosed");

test("unclosed names the first bracket or quote that nothing closes", () => {
  const open = ["input[data-card=", "li:has(> a", "a[title='x]", "a[title=\"it's]", "p:not([hidden)"];
  assert.equal(open.map(unclosed), ["[", "(", "[", "[", "("]);
  const closed = [
    "#cart li",
    "a[title=']']",
    'a[title="("]',
    "#a\\[b",
    "p:not([hidden], :has(b))",
    "a[title='it\\'s']",
  ];
  assert.equal(closed.map(unclosed), closed.map(() => undefined));
});
