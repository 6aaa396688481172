import { keepLatest } from "../../../core/util/keep-latest.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("util/keep-latest");

test("keepLatest makes an answer once, and forgets the one that was not asked for the longest", async () => {
  const made: string[] = [];
  const answers = keepLatest<string | undefined>(2);
  const ask = (key: string) =>
    answers(key, () => {
      made.push(key);
      return Promise.resolve(key === "a" ? undefined : key);
    });
  for (const key of ["a", "b", "a", "c", "a", "b"]) await ask(key);
  assert.equal(made, ["a", "b", "c", "b"]);
  assert.equal([await ask("b"), await ask("a")], ["b", undefined]);
});

test("keepLatest asks anew after a failure", async () => {
  const answers = keepLatest<number>(2);
  const failure = await thrownBy(() => answers("a", () => Promise.reject(new Error("no answer")))) as Error;
  assert.is(failure.message, "no answer");
  assert.is(await answers("a", () => Promise.resolve(3)), 3);
});
