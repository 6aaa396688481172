import { Lifecycle } from "../../../core/plugin/lifecycle.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("plugin/lifecycle");

test("Lifecycle closes in reverse, once, however often it is asked", async () => {
  const closed: string[] = [];
  const lifecycle = new Lifecycle();
  for (const name of ["a", "b", "c"]) lifecycle.use(name, { close: async () => void closed.push(name) });
  await Promise.all([lifecycle.close(), lifecycle.close()]);
  await lifecycle.close();
  assert.equal(closed, ["c", "b", "a"]);
});

test("Lifecycle closes the rest when one fails and one hangs, and names both", async () => {
  const closed: string[] = [];
  const lifecycle = new Lifecycle({ limitMs: 30 });
  lifecycle.use("first", { close: async () => void closed.push("first") });
  lifecycle.use("broken", { close: () => Promise.reject(new Error("no such page")) });
  lifecycle.use("stuck", { close: () => new Promise(() => {}) });
  const error = await thrownBy(() => lifecycle.close());
  assert.ok(isHaloError(error, "HALO_CLOSE_FAILED"));
  assert.is(error.message, "could not close stuck: still open after 0.03 s; broken: no such page");
  assert.equal(closed, ["first"]);
});
