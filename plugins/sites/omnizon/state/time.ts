import { dayAfter, dayText, siteClock, weekdayAndDay, weekdayName } from "halo-agent/site";

/** The shop's time: Thursday morning in California, a minute an action. */
export const clock = siteClock({ start: "2024-07-18T10:00:00-07:00", timezone: "America/Los_Angeles" });

export const today = "2024-07-18";

/** Days on which an order can come, the usual one first. */
export const deliveries: readonly string[] = [1, 2, 3].map((days) => dayAfter(today, days));

/** "Saturday, Jul 20" from "2024-07-20". */
export function deliveryText(day: string): string {
  return `${weekdayName(day)}, ${dayText(day)}`;
}

/** Day "Sat, Jul 20" on which something comes that takes so many days. */
export function arrival(days: number): string {
  return weekdayAndDay(dayAfter(today, days));
}
