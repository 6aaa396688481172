import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HaloError } from "halo-agent";
import { sha256Folder } from "halo-agent/kit";
import { checkFolder, readManifest } from "../../../plugins/vllm/manifest.ts";
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

test("checkFolder takes what can work: a manifest alone, and PEFT files whose base goes by another name", (t) => {
  const warned: string[] = [];
  const check = (files: Readonly<Record<string, string>>) =>
    checkFolder(folder(t, files), { model: "Qwen/tiny", log: { warn: (line) => warned.push(line) } });
  check({ "halo.json": JSON.stringify({ ...manifest, base: "Qwen/tiny" }) });
  check({ "adapter_model.safetensors": "", "adapter_config.json": '{"base_model_name_or_path":"/models/tiny"}' });
  assert.equal(warned, []);
  check({ "adapter_model.safetensors": "", "adapter_config.json": '{"base_model_name_or_path":"Qwen/other"}' });
  assert.match(warned.join(), /names the base "Qwen\/other", the policy's model is "Qwen\/tiny"/);
});

for (
  const [what, files, message] of [
    ["holds nothing", {}, /found neither$/],
    [
      "is of another base",
      { "halo.json": JSON.stringify(manifest) },
      /an adapter for "tiny", the policy's model is "8b"$/,
    ],
    ["lacks its config", { "adapter_model.safetensors": "" }, /adapter_config\.json: expected PEFT's JSON beside/],
  ] as const
) {
  test(`checkFolder refuses a folder that ${what}, and names the option`, async (t) => {
    const log = { warn: (line: string) => assert.unreachable(line) };
    const e = await thrownBy(() => Promise.resolve().then(() => checkFolder(folder(t, files), { model: "8b", log })));
    const { code, option, message: said } = e as HaloError;
    assert.equal([code, option], ["HALO_ADAPTER_INVALID", "adapter"]);
    assert.match(said, message);
  });
}
