import { type FileSign, fileSign, isUntouched } from "../record/file-sign.ts";

/** Reads a file, or gives what was made of it before; `read` makes it now. */
export type KeptFiles<T> = (path: string, read: () => Promise<T>) => Promise<T>;

/**
 * Makes a memory for what was made of files, each for as long as its file stays as it is: those asked for last, `mostBytes` on
 * disk together. Who asks for one that is being read waits for it. A failure is not kept.
 */
export function keptFiles<T>(mostBytes: number): KeptFiles<T> {
  const kept = new Map<string, { readonly sign: FileSign; readonly value: Promise<T> }>();
  let bytes = 0;
  const forget = (path: string) => {
    bytes -= kept.get(path)?.sign.size ?? 0;
    kept.delete(path);
  };
  return async (path, read) => {
    const sign = await fileSign(path);
    const known = kept.get(path);
    const isFresh = known !== undefined && isUntouched(known.sign, sign);
    forget(path);
    const value = isFresh ? known.value : read();
    if (!sign) return await value;
    kept.set(path, { sign, value });
    bytes += sign.size;
    for (const oldest of kept.keys()) if (bytes > mostBytes) forget(oldest);
    value.catch(() => kept.get(path)?.value === value && forget(path));
    return await value;
  };
}
