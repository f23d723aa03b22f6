// A service and a browser for a suite's tests, and each visit ended whether it went well or not.
import { after, before } from "node:test";
import { startBrowser } from "./chromium.mjs";
import { nothingFound } from "./rules.mjs";
import { startService } from "./service.mjs";
import { visit } from "./visit.mjs";

// Opens both before the tests of a suite and ends them after. What it gives is filled in by then.
export function opened(options) {
  const open = {
    service: undefined,
    browser: undefined,
    // A visit in which nothing may be found to be wrong.
    visiting: async (how, act) => {
      const visitor = await visit(open.browser, open.service.base, how);
      try {
        await act(visitor);
        nothingFound(visitor);
      } finally {
        await visitor.close();
      }
    },
  };
  before(async () => {
    [open.service, open.browser] = await Promise.all([startService(options), startBrowser()]);
  });
  after(async () => {
    await open.browser?.close();
    await open.service?.stop();
  });
  return open;
}
