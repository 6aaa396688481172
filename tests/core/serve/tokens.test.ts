import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { withTokens } from "../../../core/serve/tokens.ts";
import { assert, suite } from "../../harness.ts";
import { tempDir } from "./fake.ts";

const test = suite("serve/tokens");

test("withTokens makes a token once, in a file that only its owner reads, and finds it again", (t) => {
  const cwd = tempDir(t);
  const finds = () => withTokens({}, { cwd, isMade: false })["HALO_LORA_TOKEN_FILE"];
  assert.is(finds(), undefined);
  const file = withTokens({}, { cwd, isMade: true })["HALO_LORA_TOKEN_FILE"]!;
  assert.is(file, join(cwd, "runs/services/HALO_LORA_TOKEN"));
  assert.is(statSync(file).mode & 0o777, 0o600);
  const token = readFileSync(file, "utf8");
  assert.match(token, /^[0-9a-f]{64}\n$/);
  assert.is(withTokens({}, { cwd, isMade: true })["HALO_LORA_TOKEN_FILE"], file);
  assert.equal([finds(), readFileSync(file, "utf8")], [file, token]);
});

test("withTokens leaves variables that are set, and makes up no key of somebody else", (t) => {
  const cwd = tempDir(t);
  const env = withTokens({ HALO_LORA_TOKEN_FILE: "/elsewhere", HOME: "/h" }, { cwd, isMade: true });
  assert.equal([env["HALO_LORA_TOKEN_FILE"], env["HOME"], env["OPENAI_API_KEY_FILE"], env["HALO_LORA_TOKEN"]], [
    "/elsewhere",
    "/h",
    undefined,
    undefined,
  ]);
  assert.equal(Object.keys(env), ["HALO_LORA_TOKEN_FILE", "HOME"]);
});
