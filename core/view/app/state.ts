import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { answers, AnswerTo } from "../answers.ts";
import { addressOf, ask } from "./client.ts";
import { isStatic } from "./static.ts";

/** A value on its way from the server. */
export interface Asked<T> {
  readonly value?: T;
  readonly error?: string;
}

/** Asks for a value when the question changes, and again with each `round`; the old value stays until the new one is there. */
export function useAnswer<K extends keyof typeof answers>(
  name: K,
  query: Readonly<Record<string, string>>,
  round = 0,
): Asked<AnswerTo<K>> {
  const key = JSON.stringify([name, query]);
  const [asked, setAsked] = useState<Asked<AnswerTo<K>> & { readonly key: string }>({ key });
  useEffect(() => {
    let isCurrent = true;
    ask(name, query).then(
      (value) => isCurrent && setAsked({ key, value }),
      (e: unknown) => isCurrent && setAsked({ key, error: e instanceof Error ? e.message : String(e) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key, round]);
  return asked.key === key ? asked : {};
}

/** Counts how often a run's journal grew while the page looked; `isLive` false looks no more. */
export function useGrowth(run: string, isLive: boolean): number {
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!isLive || isStatic) return;
    const source = new EventSource(addressOf("live", { run }));
    source.addEventListener("grown", () => setRound((n) => n + 1));
    return () => source.close();
  }, [run, isLive]);
  return round;
}

/** The part of the address behind "#", and what it becomes. */
export function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return hash;
}

/** Width of an element in CSS pixels, as it changes. */
export function useWidth<T extends HTMLElement>(): readonly [(el: T | null) => void, number] {
  const [width, setWidth] = useState(0);
  const [el, setEl] = useState<T | null>(null);
  useLayoutEffect(() => {
    if (!el) return;
    const measure = () => setWidth(el.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(el);
    return () => observer.disconnect();
  }, [el]);
  return [setEl, width];
}

/** Calls `act` for keys pressed while no text is being written. */
export function useKeys(act: (key: string) => boolean | void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      const isWriting = e.target instanceof HTMLElement && e.target.matches("input, textarea, select");
      if (isWriting || e.ctrlKey || e.metaKey || e.altKey) return;
      if (latest.current(e.key)) e.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
