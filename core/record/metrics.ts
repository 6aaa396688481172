import { fileFormat } from "./file-format.ts";
import { count, mapOf, nullable, number, object, text } from "./shape.ts";

/** A line of metrics.jsonl; a value that was not finite reads null. */
export interface MetricsRecord {
  readonly step: number;
  readonly ts: string;
  readonly values: Readonly<Record<string, number | null>>;
}

export const metricsFormat = fileFormat<MetricsRecord>(
  "halo.metrics/1",
  object<MetricsRecord>({ step: count, ts: text, values: mapOf(nullable(number)) }),
);
