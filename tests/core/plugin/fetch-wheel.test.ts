import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchWheel, type WheelFetch } from "../../../core/plugin/fetch-wheel.ts";
import { HaloError } from "../../../core/util/errors.ts";
import { sha256 } from "../../../core/util/sha256.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";

const test = suite("plugin/fetch-wheel");

const makeWheel = "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').writestr('pack/html/page.txt', sys.argv[2])";

/** A folder with a wheel that holds one page, and how it is fetched. */
async function wheelIn(t: TestContext, o: Partial<WheelFetch> = {}) {
  const dir = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(dir, { recursive: true }));
  const file = join(dir, "pack-1.0-py3-none-any.whl");
  execFileSync("python3", ["-c", makeWheel, file, "hello"]);
  const request: WheelFetch = {
    wheel: { name: "pack", version: "1.0", sha256: sha256(await readFile(file)) },
    folder: join(dir, "in", "place"),
    command: "halo tasks fetch pack",
    codes: { failed: "HALO_TEST_FAILED", content: "HALO_TEST_CONTENT" },
    copy: (from, to) => cp(from, to, { recursive: true }),
    async verify(folder) {
      if (await readFile(join(folder, "page.txt"), "utf8") !== "hello") {
        throw new HaloError("HALO_TEST_CONTENT", "page");
      }
    },
    part: "pack/html",
    signal: t.signal,
    ...o,
  };
  return { dir, file, request };
}

/** Code, message and hint of a refusal, which leaves nothing behind. */
async function refusal({ dir, request }: { readonly dir: string; readonly request: WheelFetch }) {
  const e = await thrownBy(() => fetchWheel(request)) as HaloError;
  assert.equal(await readdir(join(dir, "in")), []);
  return [e.code, e.message.replaceAll(dir, "DIR"), e.hint?.replaceAll(dir, "DIR")];
}

test("fetchWheel unpacks the part of a local wheel, and finds it the second time", async (t) => {
  const { file, request } = await wheelIn(t);
  const fetch = () => fetchWheel({ ...request, from: file });
  assert.equal([(await fetch()).isNew, (await fetch()).isNew], [true, false]);
  assert.equal([await readdir(request.folder), await readdir(join(request.folder, ".."))], [["page.txt"], ["place"]]);
  await writeFile(join(request.folder, "page.txt"), "other");
  assert.is((await thrownBy(fetch) as HaloError).code, "HALO_TEST_CONTENT");
});

test("fetchWheel refuses a local wheel by its sha256, even one with the right pages", async (t) => {
  const one = await wheelIn(t);
  const wheel = { ...one.request.wheel, sha256: "0".repeat(64) };
  assert.equal(await refusal({ ...one, request: { ...one.request, wheel, from: one.file } }), [
    "HALO_TEST_CONTENT",
    `DIR/pack-1.0-py3-none-any.whl is not the wheel of pack 1.0: expected sha256 ${wheel.sha256}, got ${one.request.wheel.sha256}`,
    "download it anew, or let pip do it: halo tasks fetch pack",
  ]);
});

test("fetchWheel compares what pip brought, too", async (t) => {
  const one = await wheelIn(t);
  const python = join(one.dir, "python");
  const ways = `*sys.executable*) echo "3 $0";; *pip*) cp "${one.file}" "\${11}";; *) exec python3 "$@";;`;
  await writeFile(python, `#!/bin/sh\ncase "$*" in ${ways} esac\n`, { mode: 0o755 });
  const wheel = { ...one.request.wheel, sha256: "0".repeat(64) };
  assert.equal(await refusal({ ...one, request: { ...one.request, python, wheel } }), [
    "HALO_TEST_CONTENT",
    `pip brought another pack 1.0: expected sha256 ${wheel.sha256}, got ${one.request.wheel.sha256}`,
    "look at pip's index; it may be a mirror with other files",
  ]);
  assert.is((await fetchWheel({ ...one.request, python })).isNew, true);
});
