import type { Action, ActionError, Target } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import type { ResolvedAction } from "../domain/environment.ts";
import type { Observation } from "../domain/observation.ts";
import { viewport } from "./launch.ts";
import type { HaloPage, Spot } from "./page.ts";
import { within } from "./within.ts";

/** What became of an action's input. */
export interface Acted {
  readonly error?: ActionError;
  readonly spot?: Spot;
}

export interface ActOptions extends Call {
  /** The observation that element ids refer to. */
  readonly observation?: Observation;
  /** Replay: the pixel the action landed on, instead of its element. */
  readonly point?: ResolvedAction["point"];
}

/** Performs an action by trusted input events. Errors are observations: the page is as the action left it. */
export async function act(page: HaloPage, action: Action, o: ActOptions): Promise<Acted> {
  switch (action.action) {
    case "click":
    case "double_click":
    case "right_click":
    case "hover":
    case "drag":
    case "type":
    case "select":
      return await pointed(page, action, o);
    case "scroll": {
      const spot = await spotOf(page, action, o);
      if (!spot.spot && spot.error) return spot;
      const [x, y] = spot.spot ? [spot.spot.x, spot.spot.y] : [viewport.width / 2, viewport.height / 2];
      await page.look("scroll", [x, y, action.dx ?? 0, action.dy ?? 0], o);
      return spot;
    }
    case "key":
      return await press(page, action.keys, o);
    case "goto":
      return await go(page, action.url, o);
    case "back":
    case "forward": {
      const move = action.action === "back" ? page.page.goBack({ timeout: 5_000 }) : page.page.goForward({ timeout: 5_000 });
      const response = await within(move.then((r) => r !== null || page.page.url() !== "about:blank", () => false), o.signal);
      return response ? {} : { error: { code: "NAV_FAILED", message: `there is no page to go ${action.action} to` } };
    }
    case "wait":
      await page.main(`new Promise((done) => setTimeout(done, ${Math.min(action.ms, 5_000)}))`, o);
      return {};
    case "noop":
    case "done":
    case "infeasible":
      return {};
  }
}

type Pointed = Extract<Action, { action: "click" | "double_click" | "right_click" | "hover" | "drag" | "type" | "select" }>;

async function pointed(page: HaloPage, action: Pointed, o: ActOptions): Promise<Acted> {
  const found = await spotOf(page, action, o);
  if (found.error) return found;
  const { spot } = found;
  if (!spot && action.action !== "type") return { error: { code: "OUT_OF_VIEW", message: `${action.action} needs an element or a place` } };
  const { mouse } = page.page;
  const press = async (button: "left" | "right", clickCount: number) => {
    await within(mouse.click(spot!.x, spot!.y, { button, clickCount }), o.signal);
    page.pointer = [spot!.x, spot!.y];
  };
  switch (action.action) {
    case "click":
      await press("left", 1);
      return found;
    case "double_click":
      await within(mouse.dblclick(spot!.x, spot!.y), o.signal);
      page.pointer = [spot!.x, spot!.y];
      return found;
    case "right_click":
      await press("right", 1);
      return found;
    case "hover":
      await page.moveTo(spot!.x, spot!.y, o);
      return found;
    case "drag": {
      const [x, y] = pixelOf(action.to);
      await within(dragTo(page, spot!, { x, y }), o.signal);
      page.pointer = [x, y];
      return found;
    }
    case "select": {
      const code = await page.look<"" | "NOT_EDITABLE" | "UNKNOWN_OPTION">("select", [spot!.x, spot!.y, action.options], o);
      if (code === "") return found;
      const message = code === "UNKNOWN_OPTION" ? `not every one of ${JSON.stringify(action.options)} is an option` : "there is no native select at this place";
      return { ...found, error: { code, message } };
    }
    case "type":
      if (spot) {
        if (!spot.editable) return { ...found, error: { code: "NOT_EDITABLE", message: `${spot.role} "${spot.name}" takes no text` } };
        await press("left", 1);
      }
      return { ...found, ...await typeText(page, action, o) };
  }
}

async function typeText(page: HaloPage, action: Extract<Action, { action: "type" }>, o: Call): Promise<Acted> {
  if (!await page.look<boolean>("selectAll", [action.clear === true], o)) {
    return { error: { code: "NO_FOCUS", message: "no field has focus to type into" } };
  }
  const { keyboard } = page.page;
  if (action.text !== "") await within(keyboard.insertText(action.text), o.signal);
  else if (action.clear) await within(keyboard.press("Delete"), o.signal);
  const value = await page.look<string | undefined>("focusedValue", [], o);
  const isKept = value === undefined || squeezed(value).includes(squeezed(action.text)) || /^•+$/.test(value);
  if (action.submit) await within(keyboard.press("Enter"), o.signal);
  if (isKept) return {};
  return { error: { code: "VALUE_NOT_PERSISTED", message: `the field holds ${JSON.stringify(value)} after typing` } };
}

const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();

async function dragTo(page: HaloPage, from: Spot, to: { readonly x: number; readonly y: number }): Promise<void> {
  const { mouse } = page.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(to.x, to.y, { steps: 4 });
  await mouse.up();
}

async function press(page: HaloPage, keys: readonly string[], o: Call): Promise<Acted> {
  for (const key of keys) {
    try {
      await within(page.page.keyboard.press(key), o.signal);
    } catch (e) {
      if (!(e instanceof Error) || !e.message.includes("Unknown key")) throw e;
      return { error: { code: "UNKNOWN_KEY", message: `there is no key ${JSON.stringify(key)}; names are those of Playwright, e.g. "Enter", "Control+a"` } };
    }
  }
  return {};
}

async function go(page: HaloPage, url: string, o: Call): Promise<Acted> {
  const target = URL.canParse(url, page.page.url()) ? new URL(url, page.page.url()) : undefined;
  const isAllowed = target && (target.protocol === "http:" || target.protocol === "https:") && page.hosts.includes(target.hostname);
  if (!isAllowed) return { error: { code: "BLOCKED_URL", message: `${JSON.stringify(url)} is outside this task; allowed hosts: ${page.hosts.join(", ")}` } };
  try {
    await page.goto(target.href, o);
    return {};
  } catch (e) {
    if (page.lost || o.signal.aborted) throw e;
    return { error: { code: "NAV_FAILED", message: e instanceof Error ? e.message : String(e) } };
  }
}

/** Resolves an action's target to a pixel. No target at all gives neither a spot nor an error. */
async function spotOf(page: HaloPage, target: Target, o: ActOptions): Promise<Acted> {
  if (o.point) return { spot: await page.look<Spot>("at", [...o.point], o) };
  if (target.el !== undefined) {
    const seen = o.observation?.elements.find((e) => e.id === target.el);
    const expected = seen && { role: seen.role, name: seen.name };
    const found = o.observation && !seen ? { error: "STALE_EL" as const } : await page.look<Spot | { error: "STALE_EL" | "OCCLUDED" }>("resolve", [target.el, expected], o);
    if (!("error" in found)) return { spot: found };
    const message = found.error === "STALE_EL" ? `no element ${target.el} on the page as it is now` : `element ${target.el} is covered by another`;
    return { error: { code: found.error, message } };
  }
  if (target.at) return { spot: await page.look<Spot>("at", [...pixelOf(target.at)], o) };
  return {};
}

/** Thousandths of the viewport to CSS pixels, clamped to the last one. */
export function pixelOf([x, y]: readonly [number, number]): readonly [number, number] {
  const scale = (v: number, size: number) => Math.min(Math.round((v / 1000) * size), size - 1);
  return [scale(x, viewport.width), scale(y, viewport.height)];
}
