import inspector from "node:inspector";
import process from "node:process";
import { workerData } from "node:worker_threads";

/** The thread of watchdog.ts: counts the time without a sign of life of the main thread, then has the process ended. */
const { shared, beatMs, pid } = workerData as {
  /** Signs of life of the main thread; milliseconds that it may be silent. */
  readonly shared: Int32Array;
  readonly beatMs: number;
  readonly pid: number;
};
let last = -1;
let silentMs = 0;
let at = performance.now();
const timer = setInterval(() => {
  const now = performance.now();
  const beat = Atomics.load(shared, 0);
  // Time in which this thread did not run either, a machine that slept, is nobody's fault.
  silentMs = beat === last ? silentMs + Math.min(now - at, 4 * beatMs) : 0;
  [last, at] = [beat, now];
  if (silentMs < Atomics.load(shared, 1)) return;
  clearInterval(timer);
  end().catch(kill);
}, beatMs);

/** Stops the main thread where it is, and lets it end there. */
async function end(): Promise<void> {
  setTimeout(kill, 10_000);
  const session = new inspector.Session();
  session.connectToMainThread();
  const urls = new Map<string, string>();
  session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
  session.on("Debugger.paused", ({ params: { callFrames } }) => {
    const frames = callFrames.map(({ functionName, location: { scriptId, lineNumber, columnNumber = 0 } }) =>
      `    at ${functionName} (${urls.get(scriptId)}:${lineNumber + 1}:${columnNumber + 1})`
    );
    session.post("Debugger.evaluateOnCallFrame", {
      callFrameId: callFrames[0]!.callFrameId,
      expression: `globalThis[Symbol.for("halo.stalled")](${JSON.stringify(["stalled", ...frames].join("\n"))})`,
    });
  });
  await posted(session, "Debugger.enable");
  await posted(session, "Debugger.pause");
}

function posted(session: inspector.Session, method: "Debugger.enable" | "Debugger.pause"): Promise<void> {
  return new Promise((resolve, reject) => session.post(method, (e) => e ? reject(e) : resolve()));
}

/** Where the runtime has no such way in; a run's record then reads STOPPED. */
function kill(): void {
  console.error(
    `error HALO_PLUGIN_STALLED\n  some plugin has run for ${
      Atomics.load(shared, 1) / 1000
    } s without waiting for anything; ` +
      "what runs cannot be seen on this runtime, Node names the line\n  try: mend its loop; a run that had begun goes on with " +
      "halo run --resume latest --accept-changes",
  );
  process.kill(pid, "SIGKILL");
}
