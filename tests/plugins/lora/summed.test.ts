import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type HaloError, isHaloError } from "halo-agent";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { batchOf, trainerFor } from "./trainer-for.ts";

const test = suite("lora/summed");

/** Tinker's routes without a model: every log-probability is -1, and the gradient is as long as is said. */
async function serverThatSays(t: TestContext, metrics: object | null): Promise<string> {
  const results: object[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const route = request.url!.split("/").at(-1)!;
    const body = JSON.parse(Buffer.concat(chunks).toString() || "{}");
    const passed = body.forward_input ?? body.forward_backward_input;
    const answer = (value: object) => response.end(JSON.stringify(value));
    if (route === "get_server_capabilities") return answer({ supported_models: [{ model_name: "fake" }] });
    if (route === "retrieve_future") return answer(results[Number(body.request_id)]!);
    results.push(
      passed
        ? {
          loss_fn_outputs: passed.data.map((datum: { loss_fn_inputs: { target_tokens: { data: number[] } } }) => ({
            logprobs: { data: datum.loss_fn_inputs.target_tokens.data.map(() => -1) },
          })),
        }
        : { metrics, model_id: "m", path: "tinker://m/weights/v1" },
    );
    answer({ request_id: String(results.length - 1), session_id: "s" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const open = (url: string) =>
  trainerFor({ url, alpha: 32, adapters: "copied", server_loss: "sum", serve: { device: "cuda" } });

test("update refuses a server whose gradient no sum over the batch's tokens can have", async (t) => {
  const trainer = t.use(open(await serverThatSays(t, { "skyrl.ai/grad_norm": 3.1e8 })));
  const e = await thrownBy(() => trainer.update(batchOf(1), t)) as HaloError;
  assert.ok(isHaloError(e, "HALO_LORA_SERVER"), String(e));
  assert.match(e.message, /says skyrl\.ai\/grad_norm 3\.10e\+8, a sum over these tokens has at most /);
  assert.match(e.hint!, /divides the loss of each sequence by its weights.*SkyRL's JAX backend.*server_loss: mean/);
});

test("update takes a gradient that is a sum's, and one that is not told", async (t) => {
  for (const metrics of [{ "skyrl.ai/grad_norm": 2.5 }, {}, null]) {
    const trainer = t.use(open(await serverThatSays(t, metrics)));
    const report = await trainer.update(batchOf(1), t);
    assert.equal([report.seq, report.metrics["skyrl.ai/grad_norm"]], [1, Object.values(metrics ?? {})[0]]);
  }
});
