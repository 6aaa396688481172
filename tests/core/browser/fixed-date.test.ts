// runtime: node
import { createContext, runInContext } from "node:vm";
import { fixDate } from "../../../core/browser/fixed-date.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("browser/fixed-date");
const at = Date.UTC(2024, 6, 18, 9);

/** What a page's script comes to on which the date was fixed before. */
function onPage(script: string): unknown {
  const page = createContext({});
  runInContext(`(${fixDate})(${at})`, page);
  return runInContext(script, page);
}

test("every way to ask for the time gets the one that stands still", () => {
  for (const asked of ["Date.now()", "new Date().getTime()", "+new Date", "Reflect.construct(Date, []).getTime()"]) {
    assert.is(onPage(asked), at, asked);
  }
  assert.is(onPage("Date() === new Date().toString()"), true);
  const day = 'new Intl.DateTimeFormat("en", { timeZone: "UTC", dateStyle: "short" })';
  assert.is(onPage(`${day}.format()`), "7/18/24");
  assert.is(onPage(`[1].map(() => ${day}.format)[0]()`), "7/18/24");
  assert.is(onPage(`${day}.formatToParts().map((part) => part.value).join("")`), "7/18/24");
});

test("a time that is given is the time, and a date is one of the page's", () => {
  assert.is(onPage("new Date(5).getTime() + new Date(2020, 0).getFullYear()"), 2025);
  assert.is(onPage("Date.UTC(2020, 0) + Date.parse('1970-01-01T00:00:01Z')"), Date.UTC(2020, 0) + 1000);
  assert.is(onPage('new Intl.DateTimeFormat("en", { timeZone: "UTC" }).format(0)'), "1/1/1970");
  assert.is(onPage("new Date() instanceof Date && new Date().constructor === Date && Date.length === 7"), true);
  assert.is(onPage("new (class extends Date { get twice() { return 2 * this.getTime() } })().twice"), 2 * at);
});
