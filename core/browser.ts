/** The browser layer, for environments: find and launch Chromium behind the guard, warm pages, act, settle, look, fork. */
export { act, type Acted, type ActOptions, pixelOf } from "./browser/act.ts";
export { findChromium } from "./browser/find.ts";
export { diffFingerprint, verifyFork } from "./browser/fork.ts";
export { launchBrowser, type LaunchOptions, viewport } from "./browser/launch.ts";
export { HaloPage, type Spot, type Stance } from "./browser/page.ts";
export { PagePool, type PoolOptions } from "./browser/pool.ts";
export { type AssetServer, serveAssets } from "./browser/serve.ts";
