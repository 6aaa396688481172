import type { Acted } from "./acted.ts";
import { setTimeout as sleep } from "node:timers/promises";
import type { Action, ActionError, Target } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import type { ResolvedAction } from "../domain/environment.ts";
import type { Observation } from "../domain/observation.ts";
import { answer } from "./answer.ts";
import type { Selecting } from "./inside/input.ts";
import { press } from "./keys.ts";
import type { Viewport } from "./launch.ts";
import type { HaloPage, Spot } from "./page.ts";
import { PageAsks } from "./question.ts";
import { typeInto } from "./typing.ts";
import { within } from "../util/within.ts";

export type { Acted } from "./acted.ts";

export interface ActOptions extends Call {
  /** The observation that element ids refer to. */
  readonly observation?: Observation;
  /** Repeats an action where it landed before; one that landed nowhere does nothing. */
  readonly replay?: Pick<ResolvedAction, "point" | "fingerprint">;
}

type Pointing = Extract<Action, { action: "click" | "double_click" | "right_click" | "hover" | "drag" | "select" }>;
type Typing = Extract<Action, { action: "type" }>;

const navigationLimitMs = 5_000;

/** Performs an action by trusted input events. Errors are observations: the page is as the action left it. */
export async function act(page: HaloPage, action: Action, o: ActOptions): Promise<Acted> {
  const { session, question } = page;
  try {
    if (question) return await (isShown(o) ? answer(question, action) : unseen(question.message));
    const id = "el" in action ? action.el : undefined;
    if (!page.tabs.lists(id)) return await carryOut(page, action, o);
    if (action.action !== "click" && action.action !== "double_click") {
      return failed("NOT_EDITABLE", `element ${id} is a tab of the browser; it takes clicks only`);
    }
    return await page.tabs.show(id!, o) ? {} : failed("STALE_EL", `the window of element ${id} is closed by now`);
  } catch (e) {
    if (!page.isInterrupted(e, session)) throw e;
    return {};
  }
}

/** Whether the agent knows of the question: an action that was meant for the page is no answer. */
const isShown = ({ replay, observation }: ActOptions): boolean =>
  (replay ? replay.fingerprint["dialog"] : observation?.dialog) !== undefined;

const unseen = (message: string): Acted =>
  failed("DIALOG_OPEN", `the page began to ask ${JSON.stringify(message)} before the action; nothing was done`);

async function carryOut(page: HaloPage, action: Action, o: ActOptions): Promise<Acted> {
  switch (action.action) {
    case "click":
    case "double_click":
    case "right_click":
    case "hover":
    case "drag":
    case "select":
      return await point(page, action, o);
    case "type":
      return await type(page, action, o);
    case "scroll": {
      const landed = await land(page, action, o);
      if (landed.error) return landed;
      const { x, y } = landed.spot ?? { x: page.viewport.width / 2, y: page.viewport.height / 2 };
      await page.inPage("scroll", [x, y, action.dx ?? 0, action.dy ?? 0], o);
      await page.inPage("frames", [1], o); // Scroll events are sent with the next frame.
      return landed;
    }
    case "key":
      return await press(page, action.keys, o);
    case "goto":
      return await go(page, action.url, o);
    case "back":
    case "forward":
      return await travel(page, action.action, o);
    case "wait":
      await sleep(Math.min(action.ms, 5_000), undefined, { signal: o.signal });
      return {};
    case "noop":
    case "done":
    case "infeasible":
      return {};
  }
}

async function point(page: HaloPage, action: Pointing, o: ActOptions): Promise<Acted> {
  const landed = await land(page, action, o);
  const { spot } = landed;
  if (landed.error) return landed;
  if (!spot) return failed("OUT_OF_VIEW", `${action.action} needs an element or a place`);
  const { session } = page;
  try {
    return { spot, ...await pointAt(page, action, spot, o) };
  } catch (e) {
    if (!page.isInterrupted(e, session)) throw e;
    return { spot };
  }
}

async function pointAt(page: HaloPage, action: Pointing, spot: Spot, o: Call): Promise<Acted> {
  switch (action.action) {
    case "click":
      await page.click(spot, o);
      break;
    case "double_click":
      await page.click(spot, { ...o, count: 2 });
      break;
    case "right_click":
      await page.click(spot, { ...o, button: "right" });
      break;
    case "hover":
      await page.moveTo(spot.x, spot.y, o);
      break;
    case "drag":
      await page.session.unlessAsked(within(drag(page, spot, pixelOf(action.to, page.viewport)), o.signal));
      break;
    case "select": {
      const { code, has } = await page.inPage<Selecting>("select", [spot.x, spot.y, action.options], o);
      if (code === "NOT_EDITABLE") return failed(code, `${inWords(spot)} is no native list`);
      if (code !== undefined) {
        return failed(code, `${inWords(spot)} ${has ? lacks(action.options, has) : "takes one option"}`);
      }
    }
  }
  return {};
}

/** Options that a message names. */
const namedOptions = 20;

function lacks(wanted: readonly string[], has: readonly string[]): string {
  const named = has.slice(0, namedOptions).map((text) => JSON.stringify(text)).join(", ");
  const more = has.length > namedOptions ? `, … (${has.length})` : "";
  return `does not have, or does not allow, all of ${JSON.stringify(wanted)}; it has ${named}${more}`;
}

async function type(page: HaloPage, action: Typing, o: ActOptions): Promise<Acted> {
  const landed = await land(page, action, o);
  const { spot } = landed;
  if (landed.error) return landed;
  if (spot && action.el !== undefined && !spot.editable) {
    return { spot, ...failed("NOT_EDITABLE", `${inWords(spot)} takes no text`) };
  }
  const { session } = page;
  try {
    if (spot) await page.click(spot, o);
    return { ...landed, ...await typeInto(page, action, spot, o) };
  } catch (e) {
    if (!page.isInterrupted(e, session)) throw e;
    return landed;
  }
}

const inWords = ({ role, name }: Spot): string => role === "" ? "what is there" : `${role} "${name}"`;
const failed = (code: ActionError["code"], message: string): Acted => ({ error: { code, message } });

/** Playwright's mouse, because it also carries native drag and drop through. */
async function drag(page: HaloPage, from: Spot, [x, y]: readonly [number, number]): Promise<void> {
  const { mouse } = page.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(x, y, { steps: 4 });
  await mouse.up();
  page.pointer = [x, y];
}

async function go(page: HaloPage, url: string, o: Call): Promise<Acted> {
  const here = page.page.url();
  const target = URL.canParse(url, here) ? new URL(url, here).href : url;
  if (!page.allows(target)) {
    return failed(
      "BLOCKED_URL",
      `${JSON.stringify(url)} is outside this task; allowed hosts: ${page.hosts.join(", ")}`,
    );
  }
  return await unlessFailed(page, page.goto(target, o), o);
}

async function travel(page: HaloPage, way: "back" | "forward", o: Call): Promise<Acted> {
  const { urls, at } = (await page.facts(o)).stance;
  const url = urls[way === "back" ? at - 1 : at + 1];
  if (url === undefined) return failed("NAV_FAILED", `there is no page to go ${way} to`);
  if (!page.allows(url)) return failed("BLOCKED_URL", `${way} leads to ${JSON.stringify(url)}, outside this task`);
  const limit = { timeout: navigationLimitMs };
  const moved = way === "back" ? page.page.goBack(limit) : page.page.goForward(limit);
  return await unlessFailed(page, page.session.unlessAsked(within(moved, o.signal)), o);
}

async function unlessFailed(page: HaloPage, moving: Promise<unknown>, o: Call): Promise<Acted> {
  try {
    await moving;
    return {};
  } catch (e) {
    if (page.lost || o.signal.aborted || e instanceof PageAsks) throw page.lost ?? e;
    return failed("NAV_FAILED", e instanceof Error ? e.message.split("\n")[0]! : String(e));
  }
}

/** Finds the pixel an action's target stands for. No target at all gives neither a spot nor an error. */
async function land(page: HaloPage, target: Target, o: ActOptions): Promise<Acted> {
  const { replay, observation } = o;
  if (replay?.point) return { spot: await page.inPage<Spot>("at", [...replay.point], o) };
  if (replay && target.el !== undefined) return failed("STALE_EL", `element ${target.el} was not there`);
  if (target.el !== undefined) {
    const seen = observation?.elements.find((e) => e.id === target.el);
    if (observation && !seen) return failed("STALE_EL", `no element ${target.el} in the last observation`);
    const expected = seen && { role: seen.role, name: seen.name };
    const found = await page.inPage<Spot | { error: keyof typeof misses }>("resolve", [target.el, expected], o);
    return "error" in found ? failed(found.error, `element ${target.el} ${misses[found.error]}`) : { spot: found };
  }
  if (target.at) return { spot: await page.inPage<Spot>("at", [...pixelOf(target.at, page.viewport)], o) };
  return {};
}

const misses = {
  STALE_EL: "is not on the page as it is now",
  OCCLUDED: "is covered by another",
  OUT_OF_VIEW: "is outside the visible part of the page; scroll first",
} as const;

/** Thousandths of the viewport to CSS pixels, clamped to the last one. */
export function pixelOf(
  [x, y]: readonly [number, number],
  { width, height }: Viewport,
): readonly [xPx: number, yPx: number] {
  const scale = (v: number, size: number) => Math.min(Math.round((v / 1000) * size), size - 1);
  return [scale(x, width), scale(y, height)];
}
