import { type Action, HaloError, type Observation, type OptionsOf } from "halo-agent";
import { type HaloPage, perform } from "halo-agent/browser";

/** JSON Schema of what is done on a page before its task begins. */
export const startSchema = {
  type: "array",
  default: [],
  items: {
    type: "object",
    additionalProperties: false,
    properties: {
      goto: { type: "string", description: "Load this address, relative to `url`." },
      click: { type: "string", description: "Click the control of this accessible name." },
      type: { type: "string", description: "Type this text into the field named by `into`, replacing what it holds." },
      into: { type: "string", description: "Accessible name of the field to type into." },
      key: { type: "string", description: "Press this key or chord, for example Enter." },
      wait_ms: { type: "integer", minimum: 1, maximum: 5000, description: "Wait." },
      role: { type: "string", description: "Role of the control, where its name alone is not clear." },
      optional: { type: "boolean", default: false, description: "Go on when there is no such control." },
    },
  },
  description: "Done in this order on the loaded page before the agent sees it: a banner to close, a view to open.",
} as const;

/** One action that leads to the start. */
export type StartAction = OptionsOf<typeof startSchema.items>;

const verbs = ["goto", "click", "type", "key", "wait_ms"] as const;

/** Throws HALO_WEB_OPTION for an action that names no verb or several, or types into nothing. */
export function checkStart(actions: readonly StartAction[]): void {
  for (const [i, action] of actions.entries()) {
    const named = verbs.filter((verb) => action[verb] !== undefined);
    const option = `start.${i}`;
    if (named.length !== 1) {
      const got = named.length === 0 ? "none" : named.join(" and ");
      throw new HaloError("HALO_WEB_OPTION", `a start action has one of ${verbs.join(", ")}, got ${got}`, { option });
    }
    if ((action.type === undefined) !== (action.into === undefined)) {
      throw new HaloError("HALO_WEB_OPTION", "`type` and `into` belong together", { option });
    }
  }
}

interface Call {
  readonly signal: AbortSignal;
}

/** Does the actions on a loaded page. Throws HALO_WEB_START naming the one that failed and what the page shows instead. */
export async function doStart(page: HaloPage, actions: readonly StartAction[], o: Call): Promise<void> {
  let seen: Observation | undefined;
  for (const [i, step] of actions.entries()) {
    seen ??= await look(page, o);
    const action = actionOf(step, seen);
    if (action === undefined && step.optional) continue;
    if (action === undefined) throw failed(i, `the page has no ${inWords(step)}; it shows ${controlsOf(seen)}`);
    const { error, observation } = await perform(page, action, { ...o, observation: seen, state: "", need: {} });
    if (error) throw failed(i, `${inWords(step)}: ${error.code}, ${error.message}`);
    seen = observation;
  }
}

async function look(page: HaloPage, o: Call): Promise<Observation> {
  await page.settle(o);
  return await page.observe({}, o);
}

/** The action as the agent would give it; undefined when its control is not on the page. */
function actionOf(step: StartAction, { elements }: Observation): Action | undefined {
  if (step.goto !== undefined) return { action: "goto", url: step.goto };
  if (step.key !== undefined) return { action: "key", keys: [step.key] };
  if (step.wait_ms !== undefined) return { action: "wait", ms: step.wait_ms };
  const name = step.click ?? step.into;
  const found = elements.find((e) => e.name === name && (step.role === undefined || e.role === step.role));
  if (!found) return undefined;
  return step.type === undefined
    ? { action: "click", el: found.id }
    : { action: "type", el: found.id, text: step.type, clear: true };
}

function inWords({ goto, click, into, key, wait_ms, role }: StartAction): string {
  if (goto !== undefined) return `address "${goto}"`;
  if (key !== undefined) return `key "${key}"`;
  if (wait_ms !== undefined) return `wait of ${wait_ms} ms`;
  return `${role ?? (into === undefined ? "control" : "field")} "${click ?? into}"`;
}

const controlsOf = ({ elements }: Observation): string =>
  elements.slice(0, 12).map(({ role, name }) => `${role} "${name}"`).join(", ") || "no control";

const failed = (index: number, message: string) =>
  new HaloError("HALO_WEB_START", `start action ${index + 1}: ${message}`, {
    option: `start.${index}`,
    hint:
      "name the control as the page does; `optional: true` lets what is not there be skipped, `wait_ms` waits before it",
    isLasting: true,
  });
