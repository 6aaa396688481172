import { accessSync, constants } from "node:fs";
import process from "node:process";
import { findChromium } from "../../../core/browser/find.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("browser/find");

test("findChromium gives a binary that can be executed, not a script around it where Debian has one", () => {
  const found = findChromium();
  accessSync(found, constants.X_OK);
  if (found.startsWith("/usr/")) assert.match(found, /^\/usr\/lib\/chromium/);
});

test("findChromium prefers the given path, then HALO_CHROMIUM, and says which of them is wrong", async (t) => {
  const before = process.env["HALO_CHROMIUM"];
  t.defer(() => before === undefined ? delete process.env["HALO_CHROMIUM"] : process.env["HALO_CHROMIUM"] = before);
  process.env["HALO_CHROMIUM"] = process.execPath;
  assert.is(findChromium(), process.execPath);
  assert.is(findChromium("/bin/sh"), "/bin/sh");
  const given = await thrownBy(() => findChromium("/nowhere/chromium"));
  process.env["HALO_CHROMIUM"] = "/nowhere/else";
  const variable = await thrownBy(() => findChromium());
  const told = [given, variable].map((e) => isHaloError(e, "HALO_BROWSER_NOT_FOUND") && [e.message, e.hint]);
  assert.equal(told, [
    ["/nowhere/chromium is not an executable file", "correct the environment's `chromium` option"],
    ["/nowhere/else is not an executable file", "correct or unset HALO_CHROMIUM"],
  ]);
});
