import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { launchBrowser } from "../../../core/browser/launch.ts";
import { fontVariables, hasFonts } from "../../../core/browser/machine-fonts.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("browser/machine-fonts");

/** A machine whose fontconfig file holds `config`, with these files beside it. */
function machine(config: string, files: readonly string[], t: { defer(end: () => void): void }) {
  const home = mkdtempSync(join(tmpdir(), "halo-machine-"));
  t.defer(() => rmSync(home, { recursive: true }));
  for (const file of ["fonts.conf", ...files]) {
    mkdirSync(join(home, file, ".."), { recursive: true });
    writeFileSync(join(home, file), file === "fonts.conf" ? `<fontconfig>${config}</fontconfig>` : "");
  }
  return { home, env: { FONTCONFIG_FILE: join(home, "fonts.conf"), XDG_CACHE_HOME: home, XDG_DATA_HOME: home } };
}

const here = `<dir>fonts</dir>`;
const cases: readonly (readonly [name: string, config: string, files: readonly string[], has: boolean])[] = [
  ["no folder is named", "", ["fonts/a.ttf"], false],
  ["the folder is empty", here, [], false],
  ["the folder holds other files", here, ["fonts/fonts.dir", "fonts/a.woff2"], false],
  ["a font", here, ["fonts/a.ttf"], true],
  ["a font deep inside", here, ["fonts/truetype/dejavu/Sans.OTF"], true],
  ["a folder of the person's data", `<dir prefix="xdg">mine</dir>`, ["mine/a.ttc"], true],
];

for (const [name, config, files, has] of cases) {
  test(`a machine with fonts is told from one without: ${name}`, (t) => {
    const { env } = machine(config, files, t);
    assert.is(hasFonts(env), has);
    if (process.platform === "linux") assert.is(Object.keys(fontVariables(env)).length, has ? 0 : 1);
  });
}

test("fontconfig files that are included name folders too, also when they include each other", (t) => {
  const { home, env } = machine(`<include ignore_missing="yes">conf.d</include>`, ["fonts/a.ttf"], t);
  assert.not(hasFonts(env));
  mkdirSync(join(home, "conf.d"));
  writeFileSync(join(home, "conf.d", "1.conf"), `<include>../fonts.conf</include><dir>../fonts</dir>`);
  assert.ok(hasFonts(env));
});

test("on a machine without a font, letters of a page take room", async (t) => {
  const { env } = machine("", [], t);
  const before = { ...process.env };
  t.defer(() => {
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
  Object.assign(process.env, env);
  const browser = t.use(await launchBrowser({ hosts: {} }));
  const page = await browser.newPage();
  await page.setContent(`<button style="font-size: 100px; padding: 0; border: 0">Send</button>`);
  const { width } = await page.evaluate(() => document.querySelector("button")!.getBoundingClientRect().toJSON());
  assert.ok(width > 100, `the button is ${width} px wide`);
}, { timeoutMs: 60_000 });
