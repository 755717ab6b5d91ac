// Runs the real HTTP Observatory over cases from standard input and prints one result per case.
// node analyse.mjs FOLDER: FOLDER holds the package (package.json, src). No network is used.
import { pathToFileURL } from "node:url";
import path from "node:path";
import { createRequire } from "node:module";

for (const name of ["union"]) {
  if (!Set.prototype[name]) Set.prototype[name] = function (other) { return new Set([...this, ...other]); };
}
if (!Array.prototype.toReversed) Array.prototype.toReversed = function () { return [...this].reverse(); };

const folder = path.resolve(process.argv[2]);
const load = (file) => import(pathToFileURL(path.join(folder, "src", file)));
const resolve = createRequire(path.join(folder, "src", "index.js")).resolve;
const { ALL_TESTS, ALGORITHM_VERSION } = await load("constants.js");
const { Requests } = await load("types.js");
const { getGradeForScore, getScoreModifier } = await load("grader/grader.js");
const { parseHttpEquivHeaders } = await load("retriever/utils.js");
const { AxiosHeaders } = await import(pathToFileURL(resolve("axios").replace(/dist.*/, "index.js")));
const { CookieJar } = createRequire(path.join(folder, "src", "index.js"))("tough-cookie");
let Site = null;
try { ({ Site } = await load("site.js")); } catch { /* older versions take the name itself */ }

const HTML = new Set(["text/html", "application/xhtml+xml"]);

function answer(given, verified) {
  if (!given) return null;
  const headers = new AxiosHeaders(given.headers);
  if (given.cookies.length > 0) headers["set-cookie"] = given.cookies;
  return { status: given.status, headers, verified, request: { headers: new AxiosHeaders() }, data: "" };
}

function judge(one) {
  const requests = new Requests(Site ? Site.fromSiteString(one.host) : one.host);
  requests.responses.auto = answer(one.auto, one.verified);
  requests.responses.https = answer(one.https, one.verified);
  requests.responses.http = answer(one.http, one.verified);
  requests.responses.cors = answer(one.cors, one.verified);
  requests.responses.httpRedirects = one.route.map((url) => ({ url: new URL(url), status: 301 }));
  const jar = new CookieJar();
  for (const [url, raw] of one.jar) {
    try { jar.setCookieSync(raw, url, { ignoreError: true }); } catch { /* dropped */ }
  }
  requests.session = { url: new URL(one.url), jar };
  requests.resources.path = one.body;
  const type = requests.responses.auto.headers["content-type"]?.split(";")[0];
  requests.responses.auto.httpEquiv =
    HTML.has(type) && one.body ? parseHttpEquivHeaders(one.body, one.url) : new Map();
  const results = ALL_TESTS.map((test) => {
    const output = test(requests);
    return [output.constructor.name.toLowerCase(), output.result, getScoreModifier(output.result)];
  });
  const penalties = results.reduce((sum, [, , m]) => sum + Math.min(m, 0), 100);
  const all = results.reduce((sum, [, , m]) => sum + m, 100);
  const { grade, score } = getGradeForScore(penalties >= 90 ? all : penalties);
  return { results: results.map(([, result, modifier]) => [result, modifier]), grade, score };
}

let text = "";
for await (const piece of process.stdin) text += piece;
const cases = JSON.parse(text);
console.log(JSON.stringify({ algorithm: ALGORITHM_VERSION, results: cases.map(judge) }));
