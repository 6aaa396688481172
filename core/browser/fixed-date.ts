/**
 * Runs in a page before its own scripts: `Date` and what formats dates tell one time, milliseconds since 1970, that stands still.
 * Timers and frames run as ever; what waits for a page can tell its work from a ticker.
 */
export function fixDate(at: number): void {
  const { Date: Real, Intl: { DateTimeFormat } } = globalThis;
  const Fixed = new Proxy(Real, {
    construct: (real, args, target) => Reflect.construct(real, args.length === 0 ? [at] : args, target) as object,
    apply: () => new Real(at).toString(),
    get: (real, key) => key === "now" ? () => at : Reflect.get(real, key) as unknown,
  });
  Real.prototype.constructor = Fixed;
  globalThis.Date = Fixed;
  const { formatToParts } = DateTimeFormat.prototype;
  const { get } = Object.getOwnPropertyDescriptor(DateTimeFormat.prototype, "format")!;
  Object.defineProperty(DateTimeFormat.prototype, "format", {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const format = get!.call(this) as Intl.DateTimeFormat["format"];
      return (date?: number) => format(date ?? at);
    },
  });
  DateTimeFormat.prototype.formatToParts = function (date) {
    return formatToParts.call(this, date ?? at);
  };
}
