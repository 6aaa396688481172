/**
 * Builds the npm package into dist/package and packs it: JavaScript and types, site scripts bundled beforehand, and every
 * file that is no TypeScript as it stands. Node strips no types below node_modules, so sources alone would not run there.
 *
 *   npm run package    # prints the path of the tarball
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "dist/package");
const limitMs = 120_000;

/** Files of the repository that ship as they are; TypeScript under core and plugins ships built instead. */
const shipped = /^(bin|configs|pipelines|checkpoints|core|plugins)\/|^(README\.md|LICENSE)$/;
const left = /^(core|plugins)\/.*\.tsx?$|^plugins\/lora\/sidecar\/(tests\/|bench_)/;

const run = (command: string, args: readonly string[], cwd = root): string =>
  execFileSync(command, args, { cwd, encoding: "utf8", timeout: limitMs, maxBuffer: 64 << 20 });

function build(): void {
  rmSync(target, { recursive: true, force: true });
  run(join(root, "node_modules/.bin/tsc"), ["--project", "tsconfig.build.json"]);
  for (const file of run("git", ["ls-files", "-z"]).split("\0")) {
    if (!shipped.test(file) || left.test(file)) continue;
    mkdirSync(dirname(join(target, file)), { recursive: true });
    copyFileSync(join(root, file), join(target, file));
  }
}

/** Adds the scripts of the sites and of the viewer: esbuild is there in a checkout only. */
async function bundlePages(): Promise<void> {
  const { bundled } = await import("../core/site/bundle.ts");
  const viewer = join(target, "core/view/app/dist");
  mkdirSync(viewer, { recursive: true });
  writeFileSync(join(viewer, "main.js"), await bundled(new URL("../core/view/app/main.tsx", import.meta.url)));
  for (const site of readdirSync(join(root, "plugins/sites"))) {
    const folder = join(target, "plugins/sites", site, "app/dist");
    mkdirSync(folder, { recursive: true });
    for (const name of ["main.tsx", "routes.ts"]) {
      const script = await bundled(new URL(`../plugins/sites/${site}/app/${name}`, import.meta.url));
      writeFileSync(join(folder, name.replace(/\.tsx?$/, ".js")), script);
    }
  }
}

/** The manifest of the package: entries point at the build, nothing of the checkout's own work remains. */
function writeManifest(): void {
  const { private: _, scripts: __, devDependencies: ___, exports: entries, ...manifest } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const exports = Object.fromEntries(
    Object.entries(entries as Record<string, string>).map(([entry, file]) => {
      const built = file.replace(/\.ts$/, "");
      return [entry, { types: `${built}.d.ts`, default: `${built}.js` }];
    }),
  );
  writeFileSync(join(target, "package.json"), `${JSON.stringify({ ...manifest, exports }, null, 2)}\n`);
}

build();
await bundlePages();
writeManifest();
const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", join(root, "dist")], target));
const { filename, size, unpackedSize, entryCount } = packed;
const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
console.error(`${entryCount} files, ${mib(size)} packed, ${mib(unpackedSize)} unpacked`);
console.log(join(root, "dist", filename));
