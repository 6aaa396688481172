import type { Spending } from "../domain/budget.ts";
import { fileFormat } from "./file-format.ts";
import { number, object, type Shape } from "./shape.ts";

export const spendingShape: Shape<Spending> = object<Spending>({ tokens: number, usd: number });

/** A line of spending.jsonl: what one call to a paid model took. */
export const spendingFormat = fileFormat<Spending>("halo.spending/1", spendingShape);
