// `node --import …/bin/register.mjs --test my-reward.test.ts`: lets files anywhere on disk import "halo-agent".
import { existsSync } from "node:fs";

const source = new URL("../core/plugin/own-imports.ts", import.meta.url);
const built = new URL("../core/plugin/own-imports.js", import.meta.url);
const { mapOwnImports } = await import((existsSync(source) ? source : built).href);
mapOwnImports();
