import { treeOf } from "../config/load.ts";
import type { Pipeline } from "../config/pipeline.ts";
import { treeAt } from "../config/tree.ts";
import { usesOf } from "../config/uses-of.ts";
import type { Service } from "../domain/service.ts";
import type { Use } from "../plugin/use.ts";
import { HaloError } from "../util/errors.ts";
import { Secret } from "../util/secret.ts";

/** An option of a pipeline that a variable sets: `${env:NAME…}` or `${secret:NAME}` in its YAML. */
export interface Setting {
  readonly variable: string;
  /** Where it stands: "policy.options.url". */
  readonly path: string;
  readonly value: unknown;
}

/** A program to start, with the plugin that asks for it. */
export interface Planned {
  readonly service: Service;
  /** Place of the plugin in the pipeline: "policy", "trainer". */
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly settings: readonly Setting[];
}

/**
 * The programs that a pipeline's plugins talk to, in the order of its parts, nested plugins and every arm included; a
 * program that several ask for comes once. Throws HALO_SERVICE_CONFLICT when two of them want one port.
 */
export function servicesOf(pipeline: Pipeline, o: { readonly packageRoot: string }): readonly Planned[] {
  const found: Planned[] = [];
  for (const one of pipeline.arms?.map((arm) => arm.pipeline) ?? [pipeline]) {
    for (const use of usesOf(one)) {
      for (const service of use.plugin.services?.(use.options, o) ?? []) {
        const same = found.find((f) => f.service.host === service.host && f.service.port === service.port);
        if (!same) found.push({ service, path: use.path, options: use.options, settings: settingsOf(one, use) });
        else if (same.service.name !== service.name) throw conflict(same, { service, path: use.path });
      }
    }
  }
  return found;
}

function conflict(a: Planned, b: Pick<Planned, "service" | "path">): HaloError {
  return new HaloError(
    "HALO_SERVICE_CONFLICT",
    `${a.service.name} (${a.path}) and ${b.service.name} (${b.path}) both want port ${a.service.port} of ${a.service.host}`,
    { hint: `give one of them another port: see the options of ${a.path} and ${b.path}` },
  );
}

/** The options of a use that variables set, read from the text of the pipeline itself. */
function settingsOf(pipeline: Pipeline, use: Use): readonly Setting[] {
  const tree = treeOf(pipeline);
  return Object.entries(use.options).flatMap(([name, value]) => {
    const path = `${use.path}.options.${name}`;
    if (value instanceof Secret) return [{ variable: value.name, path, value }];
    const at = tree && treeAt(tree, path.split("."))?.at;
    const written = at?.source.text.split("\n")[at.line - 1]?.slice(at.col - 1) ?? "";
    const variable = written.match(/^["']?\$\{env:([A-Za-z_]\w*)/)?.[1];
    return variable === undefined ? [] : [{ variable, path, value }];
  });
}

/** What a person changes to move a service to another port. */
export function portRemedy({ service, path, options, settings }: Planned): string {
  const port = new RegExp(`:${service.port}(?!\\d)`);
  const holds = (value: unknown) => value === service.port || (typeof value === "string" && port.test(value));
  const setting = settings.find((s) => holds(s.value));
  const changed = (value: unknown) =>
    typeof value === "string" ? value.replace(port, `:${service.port + 1}`) : String(service.port + 1);
  if (setting) return `set ${setting.variable}=${changed(setting.value)} for halo serve and halo run`;
  const [name, value] = Object.entries(options).find(([, v]) => holds(v)) ?? [];
  if (name === undefined) return `see the options of ${path}`;
  return `--set ${path}.options.${name}=${changed(value)} for halo serve and halo run`;
}
