/** The browser layer, for environments: find and launch Chromium behind the guard, warm pages, act, settle, look, fork. */
export { act, type Acted, type ActOptions, pixelOf } from "./browser/act.ts";
export { type EpisodeParts, PageEpisode } from "./browser/episode.ts";
export { findChromium } from "./browser/find.ts";
export { foreignEnvironment, type ForeignOptions } from "./browser/foreign.ts";
export { diffFingerprint, forkOnPage, replay, verifyFork } from "./browser/fork.ts";
export { glance, type Glanced, type GlanceOptions } from "./browser/glance.ts";
export { lookScript } from "./browser/inside/script.ts";
export { screenshotOf, stateKeyOf } from "./browser/observation.ts";
export { isOnHosts } from "./browser/hosts.ts";
export { launchBrowser, type LaunchOptions, type Viewport, viewport } from "./browser/launch.ts";
export { HaloPage, type Spot } from "./browser/page.ts";
export { pageOptions } from "./browser/page-options.ts";
export { perform, type Performed } from "./browser/perform.ts";
export { PagePool, type PoolOptions, type StorageState } from "./browser/pool.ts";
export { type AssetServer, listenApart, serveAssets } from "./browser/serve.ts";
export { type Stance, stanceAt } from "./browser/stance.ts";
