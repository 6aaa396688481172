import { isOnHosts } from "../../../core/browser/hosts.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("browser/hosts");

test("isOnHosts takes a name for all of its ports, and name:port for that one, the scheme's own included", () => {
  const hosts = ["a.test", "b.test:80", "b.test:8443", "localhost:3000"];
  const on = [
    "http://a.test/",
    "https://a.test:9/x",
    "http://b.test/",
    "https://b.test:8443/",
    "http://LOCALHOST:3000/?q",
  ];
  const off = [
    "https://b.test/",
    "http://b.test:81/",
    "http://localhost/",
    "http://127.0.0.1:3000/",
    "http://c.a.test/",
    "http://a.test.evil/",
    "http://a.test@evil.test/",
    "ftp://a.test/",
    "javascript:a.test",
    "about:blank",
    "",
  ];
  assert.equal([...on, ...off].filter((url) => isOnHosts(url, hosts)), on);
});
