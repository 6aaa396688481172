import { isPlugin, type Plugin } from "./define.ts";
import type { PluginKind } from "./kinds.ts";

/** One loaded `use:`: what the container builds. Nested plugins stand as further uses among the option values. */
export interface Use {
  readonly kind: PluginKind;
  readonly plugin: Plugin;
  /** As the pipeline writes it. */
  readonly use?: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Where it stands in the pipeline: "algorithm", "rewards.0", "environment.options.site". */
  readonly path: string;
}

/** The uses among the option values of `use`, at any depth. */
export function nestedUses(use: Use): readonly Use[] {
  const found: Use[] = [];
  const visit = (value: unknown): void => {
    if (isUse(value)) found.push(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isPlain(value)) Object.values(value).forEach(visit);
  };
  visit(use.options);
  return found;
}

/** The option values with every nested use replaced by what `built` returns for it. */
export function withBuilt(options: unknown, built: (use: Use) => unknown): unknown {
  if (isUse(options)) return built(options);
  if (Array.isArray(options)) return options.map((item) => withBuilt(item, built));
  if (!isPlain(options)) return options;
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, withBuilt(value, built)]));
}

function isUse(value: unknown): value is Use {
  return typeof value === "object" && value !== null && isPlugin((value as Partial<Use>).plugin);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
