#!/usr/bin/env node
// Plain JavaScript on purpose: it has to run, and say what is wrong, on runtimes that cannot read the rest.
import { existsSync } from "node:fs";
import process from "node:process";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `halo needs Node 22.18 or newer (or Deno 2), this is Node ${process.versions.node}.\n` +
      "Install a current Node from https://nodejs.org, or run halo through npm, which brings one: npm run -s halo -- …",
  );
  process.exit(3);
}
// The package has the build in the place of the sources: Node strips no types below node_modules.
const source = new URL("../core/cli/main.ts", import.meta.url);
const built = new URL("../core/cli/main.js", import.meta.url);
await import((existsSync(source) ? source : built).href);
