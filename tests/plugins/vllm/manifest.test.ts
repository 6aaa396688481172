import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HaloError } from "halo-agent";
import { sha256Folder } from "halo-agent/kit";
import { readManifest } from "../../../plugins/vllm/manifest.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";

const test = suite("vllm/manifest");

const manifest = {
  schema: "halo.adapter/1",
  version: 3,
  base: "tiny",
  location: "/elsewhere/v000003",
  sha256: "abc",
  dtype: "float32",
  canary: { ids: [1, 2], logprobs: [-1], base_logprobs: [-2] },
};

function folder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "halo-manifest-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

test("readManifest takes the folder on vLLM's machine from halo.json", async (t) => {
  const { schema: _, version: __, ...expected } = manifest;
  assert.equal(await readManifest(folder(t, { "halo.json": JSON.stringify(manifest) })), expected);
});

test("readManifest prefers files that lie beside the manifest", async (t) => {
  const dir = folder(t, { "halo.json": JSON.stringify(manifest), "adapter_model.safetensors": "" });
  assert.is((await readManifest(dir)).location, dir);
});

test("readManifest takes plain PEFT files as they are", async (t) => {
  const dir = folder(t, { "adapter_model.safetensors": "weights", "adapter_config.json": "{}" });
  assert.equal(await readManifest(dir), { location: dir, sha256: await sha256Folder(dir), dtype: "unknown" });
});

for (
  const [what, text, message] of [
    ["breaks off", '{"schema":', /expected JSON$/],
    [
      "is of another schema",
      '{"schema":"halo.adapter/9"}',
      /expected schema "halo\.adapter\/1", got "halo\.adapter\/9"$/,
    ],
    ["lacks a place", JSON.stringify({ ...manifest, location: undefined }), /expected "location", got undefined$/],
    [
      "has a canary of two lengths",
      JSON.stringify({ ...manifest, canary: { ids: [1, 2, 3], logprobs: [-1], base_logprobs: [-1] } }),
      /expected a canary of ids/,
    ],
  ] as const
) {
  test(`readManifest refuses a manifest that ${what}`, async (t) => {
    const e = await thrownBy(() => readManifest(folder(t, { "halo.json": text }))) as HaloError;
    assert.is(e.code, "HALO_ADAPTER_INVALID");
    assert.match(e.message, message);
  });
}

test("readManifest says what a folder without an adapter lacks", async (t) => {
  const e = await thrownBy(() => readManifest(folder(t, {}))) as HaloError;
  assert.match(e.message, /expected halo\.json or adapter_model\.safetensors, found neither$/);
});
