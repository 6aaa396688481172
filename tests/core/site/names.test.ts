import { aliasOf, styleWithAliases, withAliases } from "../../../core/site/app/names.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("site/names");

test("names are renamed in selectors alone, each seed in its own way", () => {
  assert.is(aliasOf("row", ""), "row");
  assert.is.not(aliasOf("row", "1"), aliasOf("row", "2"));
  const [row, id] = [aliasOf("row", "1"), aliasOf("search", "1")];
  assert.is(withAliases(".row:first-child > #search", "1"), `.${row}:first-child > #${id}`);
  assert.is(
    styleWithAliases("/* .row */ .row { color: #fadfad; margin: .5px; content: url(a.svg) }", "1"),
    ` .${row} { color: #fadfad; margin: .5px; content: url(a.svg) }`,
  );
});
