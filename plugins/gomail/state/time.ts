/** Wall time at which every mailbox opens, with its zone. */
export const clockStart = { start: "2024-07-18T09:00:00-07:00", timezone: "America/Los_Angeles" } as const;

const startMs = Date.UTC(2024, 6, 18, 9, 0);
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Local date "2024-07-18" and time "09:05 AM" after `clock` minutes. */
export function nowOf(clock: number): { readonly date: string; readonly time: string } {
  const at = new Date(startMs + clock * 60_000);
  const hour = at.getUTCHours();
  const two = (n: number): string => String(n).padStart(2, "0");
  return {
    date: at.toISOString().slice(0, 10),
    time: `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(at.getUTCMinutes())} ${hour < 12 ? "AM" : "PM"}`,
  };
}

/** What a row shows: the time today ("8:05 AM"), else the day ("Jul 17"), with the year when it is another one. */
export function shortDate(mail: { readonly date: string; readonly time: string }, clock: number): string {
  const today = nowOf(clock).date;
  if (mail.date === today) return mail.time.replace(/^0/, "");
  const [year = "", month = "1", day = "1"] = mail.date.split("-");
  const text = `${months[Number(month) - 1]} ${Number(day)}`;
  return year === today.slice(0, 4) ? text : `${text}, ${year}`;
}

/** What an open mail shows: "Jul 17, 2024, 4:50 PM". */
export function longDate(mail: { readonly date: string; readonly time: string }): string {
  const [year = "", month = "1", day = "1"] = mail.date.split("-");
  return `${months[Number(month) - 1]} ${Number(day)}, ${year}, ${mail.time.replace(/^0/, "")}`;
}
