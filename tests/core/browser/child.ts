// Opens a page, says so, and waits to be killed.
import replica from "../../../plugins/replica/environment.ts";
import { deskSite, deskTask } from "../../fixtures/sites/desk/site.ts";

const environment = await replica.create({ site: deskSite(), stop: "declared", forking: "native", pages: 1 }, {});
const { signal } = new AbortController();
await environment.open(deskTask(), { signal, seed: 0 });
console.log("open");
setInterval(() => {}, 1_000);
