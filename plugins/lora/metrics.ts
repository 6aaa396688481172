type Metrics = Readonly<Record<string, number>>;

const summed = new Set(["loss/total", "tokens/completion", "batch/micro", "batch/examples"]);

/** The metrics of a batch sent in parts: sums, largest values, and means by the parts' tokens. */
export function mergeMetrics(parts: readonly Metrics[]): Metrics {
  const merged: Record<string, number> = {};
  for (const name of new Set(parts.flatMap((part) => Object.keys(part)))) {
    const having = parts.filter((part) => name in part);
    const weightOf = (part: Metrics) => part["tokens/completion"] ?? 1;
    const total = having.reduce((sum, part) => sum + weightOf(part), 0);
    if (summed.has(name)) merged[name] = having.reduce((sum, part) => sum + part[name]!, 0);
    else if (name.endsWith("/max")) merged[name] = Math.max(...having.map((part) => part[name]!));
    else merged[name] = having.reduce((sum, part) => sum + part[name]! * weightOf(part) / total, 0);
  }
  return merged;
}
