import type { Json } from "halo-agent";

/** MLflow takes no more of one value. */
const longest = 500;

/** The values of a pipeline by their paths, "trainer.options.learning_rate", as MLflow's parameters. */
export function paramsOf(pipeline: Json): readonly { readonly key: string; readonly value: string }[] {
  const found: { key: string; value: string }[] = [];
  const visit = (value: Json, path: readonly string[]) => {
    if (Array.isArray(value)) value.forEach((item, i) => visit(item, [...path, String(i)]));
    else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, [...path, name]);
    } else found.push({ key: path.join(".").slice(0, 250), value: String(value).slice(0, longest) });
  };
  visit(pipeline, []);
  return found.map(({ key, value }) => ({ key: keyOf(key), value }));
}

/** A name as MLflow takes it: its keys know letters, digits and a few marks, any other becomes "_". */
export const keyOf = (name: string): string => name.replace(/[^\w\-. :/]/g, "_");
