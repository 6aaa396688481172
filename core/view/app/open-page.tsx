import { useState } from "preact/hooks";
import { openPage } from "./client.ts";
import { isStatic } from "./static.ts";

/** A button that starts a browser at this very page, and what came of it. */
export function OpenPage({ run, of, point }: { readonly run: string; readonly of: string; readonly point: string }) {
  const [state, setState] = useState<{ readonly point: string; readonly text: string; readonly isWrong?: boolean }>();
  if (isStatic) return null;
  const open = async () => {
    setState({ point, text: "a browser is starting …" });
    try {
      const { isVisible, debug } = await openPage({ run, of, point });
      const where = isVisible ? "it stands in a window of its own" : `chrome://inspect, with the target ${debug}`;
      setState({ point, text: `opened: ${where}` });
    } catch (e) {
      setState({ point, text: e instanceof Error ? e.message : String(e), isWrong: true });
    }
  };
  return (
    <span class="open-page">
      <button type="button" class="quiet" onClick={() => void open()}>Open this very page</button>
      {state?.point === point && <span class={state.isWrong ? "bad" : "dim"} role="status">{state.text}</span>}
    </span>
  );
}
