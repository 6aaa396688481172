import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Environment } from "../../../core/domain/environment.ts";
import type { Json } from "../../../core/domain/json.ts";
import type { Task } from "../../../core/domain/task.ts";
import { createPlugin } from "../../../core/testing.ts";
import web from "../../../plugins/web/environment.ts";
import type { TestContext } from "../../harness.ts";

/** A little shop whose cart lives in the page; `/list` is another page of it, `/login` sets a cookie it greets by. */
const html = `<!doctype html><meta charset=utf-8><title>Shop</title><link rel=icon href=data:,>
<p id=who></p><p id=time></p>
<div id=banner><button>Accept all</button></div>
<label>Note <input id=note></label> <label><input type=checkbox id=gift> Gift</label>
<ul><li>Tea <button data-add=Tea>Add Tea</button><li>Milk <button data-add=Milk>Add Milk</button></ul>
<p>In the cart: <span id=cart>nothing</span></p><button id=ask>Order</button> <a href=/list>List</a> <a href=/gone>Gone</a>
<script>
const cart = [];
const show = () => document.getElementById("cart").textContent = cart.join(", ") || "nothing";
document.querySelector("#banner button").onclick = () => document.getElementById("banner").remove();
for (const b of document.querySelectorAll("[data-add]")) b.onclick = () => { cart.push(b.dataset.add); show(); };
document.getElementById("ask").onclick = () => { if (confirm("Order now?")) document.title = "Ordered"; };
document.getElementById("who").textContent = document.cookie || localStorage.getItem("user") || "nobody";
document.getElementById("time").textContent = new Date().toString();
</script>`;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of the shop on a free port of this machine. */
export async function serveShop(
  t: TestContext,
  others: Readonly<Record<string, Answer>> = {},
): Promise<{ readonly url: string; readonly port: number }> {
  const server = createServer((request, response) => {
    const own = others[request.url ?? "/"];
    if (own) return own(request, response);
    if (request.url === "/list") return response.writeHead(200, page).end("<title>List</title><p>All goods</p>");
    response.writeHead(request.url === "/" ? 200 : 404, page).end(request.url === "/" ? html : "nothing here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.defer(() =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    })
  );
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, port };
}

export const page = { "content-type": "text/html; charset=utf-8" };
export const shopHtml = html;

/** The environment over the shop, closed by the test. */
export async function openWeb(t: TestContext, options: Readonly<Record<string, unknown>>): Promise<Environment> {
  return t.use(await createPlugin(web, options as never) as Environment);
}

export function taskAt(startUrl: string, params: Json = null): Task {
  const goal = { id: "t", text: "Put tea into the cart.", startUrl, maxSteps: 5 };
  return { id: "t", key: "t", goal, site: "shop", template: "t", split: "eval", optimum: 1, params };
}
