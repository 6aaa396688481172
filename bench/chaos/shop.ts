import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { keyedRng } from "halo-agent/kit";
import { planted } from "./planter.ts";

/** The shop of shop.yaml, and when its server fails. */
export interface Shop {
  readonly origin: string;
  /** One document in `every` fails from now on; 0: none. */
  plant(o: { readonly every: number; readonly seed: number }): void;
  close(): void;
}

type Fail = (response: ServerResponse) => void;
const withStatus = (status: number): Fail => (response) => void response.writeHead(status, html).end("<h1>Sorry</h1>");
const html = { "content-type": "text/html" };

/** What a server does in the place of an answer. Later documents may fail in such ways only as are no page of the site. */
const ways: Readonly<Record<string, Fail>> = {
  "server: 429": withStatus(429),
  "server: 502": withStatus(502),
  "server: 503": withStatus(503),
  "server: 504": withStatus(504),
  "server: connection reset": (response) => void response.destroy(),
};
const firstOnly: Readonly<Record<string, Fail>> = {
  "server: 401": withStatus(401),
  "server: 404": withStatus(404),
  "server: 500": withStatus(500),
  "server: refresh loop": (response) =>
    void response.writeHead(200, html).end("<script>location.replace('/?again=' + Math.random())</script>"),
};

const pages: Readonly<Record<string, string>> = {
  "/": pageOf("Shop", { goods: ["Tea", "Milk", "Rice", "Soap"], link: ["More goods", "/more"] }),
  "/more": pageOf("More goods", { goods: ["Salt", "Oil", "Figs", "Peas"], link: ["Back to the shop", "/"] }),
};

export async function openShop(): Promise<Shop> {
  let every = 0;
  let rng = keyedRng("shop", 0);
  const isDue = new Map<string, boolean>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://shop");
    const page = pages[url.pathname];
    if (page === undefined) return void response.writeHead(404, html).end();
    // A page that leads to itself does so until its session is given up.
    if (url.searchParams.has("again")) return firstOnly["server: refresh loop"]!(response);
    if (every > 0 && isDue.get(url.pathname) !== false && rng.int(every) === 0) {
      isDue.set(url.pathname, false);
      const fitting = Object.entries({ ...ways, ...request.headers.referer === undefined ? firstOnly : {} });
      const [name, fail] = fitting[rng.int(fitting.length)]!;
      planted.kinds.add(name);
      planted.total++;
      return fail(response);
    }
    isDue.set(url.pathname, true);
    response.writeHead(200, html).end(page);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plant(o) {
      every = o.every;
      rng = keyedRng("shop", o.seed);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pageOf(
  title: string,
  { goods, link: [text, href] }: { readonly goods: readonly string[]; readonly link: readonly [string, string] },
): string {
  const items = goods.map((name) => `<li>${name} <button aria-label="Add ${name}">Add</button></li>`).join("");
  return `<!doctype html><title>${title}</title><h1>${title}</h1><ul>${items}</ul><p><a href="${href}">${text}</a></p>
<p>Cart: <output id="cart"></output></p>
<script>
for (const button of document.querySelectorAll("li button")) {
  button.onclick = () => document.querySelector("#cart").textContent += button.parentElement.firstChild.data;
}
</script>`;
}
