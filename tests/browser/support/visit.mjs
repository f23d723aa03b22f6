// One person's visit: a page that writes down everything a page of ours must not do.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { target } from "./service.mjs";

export const WIDTHS = [360, 1280];
export const pictures = join(target, "browser");

/** Opens a browser context with what went wrong in it, in `faults`. */
export async function visit(browser, base, { width = 1280, script = true, name = "visit" } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 740 : 900 },
    javaScriptEnabled: script,
    baseURL: base,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  const sources = new Map();
  await watch(page, base, faults, sources);
  mkdirSync(pictures, { recursive: true });
  let shots = 0;
  const shoot = async (what) => {
    shots += 1;
    const file = `${name}-${String(shots).padStart(2, "0")}-${what.replace(/[^a-z0-9]+/gi, "-")}.png`;
    await page.screenshot({ path: join(pictures, file), fullPage: true });
  };
  return {
    page,
    faults,
    found: [],
    script,
    width,
    shoot,
    /** The HTML of the page shown, as it came. */
    source: () => sources.get(bare(page.url())),
    close: () => context.close(),
  };
}

const bare = (url) => url.split("#")[0];

async function watch(page, base, faults, sources) {
  const fault = (what) => faults.push(`${new URL(page.url(), base).pathname}: ${what}`);
  page.on("pageerror", (error) => fault(`script error: ${error.message}`));
  page.on("console", (message) => {
    // A refused form is answered 422, and the browser's console says so of every such answer.
    const refused = /the server responded with a status of (401|403|404|409|412|422)/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !refused) fault(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    // A file goes from the person's own form straight to the store, which sends them back: nothing else leaves us.
    const sent = request.isNavigationRequest() && new URL(page.url(), base).pathname.endsWith("/files");
    if (new URL(request.url()).origin !== base && !sent) fault(`asked another origin: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // Going on before a page's pictures have come ends their loading; that is no fault of the page.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") {
      fault(`${request.url()} failed: ${request.failure()?.errorText}`);
    }
  });
  page.on("response", async (answer) => {
    if (answer.status() >= 500) fault(`${answer.request().method()} ${answer.url()}: ${answer.status()}`);
    const request = answer.request();
    if (!request.isNavigationRequest() || answer.status() >= 300 && answer.status() < 400) return;
    sources.set(bare(answer.url()), answer.text().catch(() => undefined));
  });
  const session = await page.context().newCDPSession(page);
  session.on("Audits.issueAdded", ({ issue }) => {
    if (issue.code === "ContentSecurityPolicyIssue") {
      const found = issue.details.contentSecurityPolicyIssueDetails;
      fault(`content security policy: ${found.violatedDirective} ${found.blockedURL ?? ""}`);
    }
  });
  await session.send("Audits.enable");
}
