// What each page weighs over the wire: under 40 KB on a first visit with its styles and script, under 10 KB after.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { councils } from "../support/councils.mjs";
import { answerAll, begin, send } from "../support/journey.mjs";
import { mouse } from "../support/keyboard.mjs";
import { opened } from "../support/opening.mjs";
import { pictures, visit } from "../support/visit.mjs";

const FIRST_BYTES_MAX = 40 * 1024;
const AGAIN_BYTES_MAX = 10 * 1024;

describe("the bytes", () => {
  const open = opened();

  it("are few, on a first visit and after", async () => {
    const weighed = [["a page", "first", "again"]];
    const heavy = [];
    const weigh = async (name, path, cookies) => {
      const { first, again } = await bytes(path, cookies);
      weighed.push([name, first, again]);
      if (first >= FIRST_BYTES_MAX || again >= AGAIN_BYTES_MAX) heavy.push(`${name}: ${first} first, ${again} after`);
    };
    await weigh("/", "/");
    for (const council of councils) {
      for (const path of ["", "/feedback", "/track", "/track/lost", "/accessibility", "/privacy"]) {
        await weigh(`/${council}${path}`, `/${council}${path}`);
      }
      await walked(council, weigh);
    }
    const table = weighed.map((row) => row.map((cell, n) => (n ? String(cell).padStart(8) : cell.padEnd(60))).join(""));
    console.log(table.join("\n"));
    writeFileSync(join(pictures, "weights.txt"), `${table.join("\n")}\n`);
    assert.deepEqual(heavy, []);
  });

  /** The pages that are reached on the way, each with the cookie of somebody who is on the way. */
  async function walked(council, weigh) {
    const visitor = await visit(open.browser, open.service.base);
    const { page } = visitor;
    const here = async (what) => {
      const { cookies } = await page.context().storageState();
      const url = new URL(page.url());
      await weigh(`/${council} ${what}`, url.pathname + url.search, cookies);
    };
    await begin(visitor, mouse, council);
    await answerAll(visitor, mouse, here);
    const { reference, key, at } = await send(visitor, mouse, async (what) => what === "equality" && here(what));
    await here("confirmation");
    const staff = await open.service.staff(council, "complaints-manager");
    await staff.act(reference, "accept", { points: [{ text: "Missed bins" }], definition: "Three missed Mondays" });
    const findings = [{ point: 1, outcome: "not-upheld", reason: "The bins were collected." }];
    await staff.act(reference, "respond", { outcome: "not-upheld", findings, text: "The bins were collected." });
    await page.goto(`${at}?key=${key}`);
    await here("the case, answered");
    await page.goto(`${at}/request-review?key=${key}`);
    await here("asking for a review");
    await visitor.close();
  }

  /** What comes over the wire in a new browser, and again when it has what it may keep. */
  async function bytes(path, cookies = []) {
    const visitor = await visit(open.browser, open.service.base);
    const { page } = visitor;
    await page.context().addCookies(cookies);
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    let sum = 0;
    const loading = new Set();
    session.on("Network.requestWillBeSent", ({ requestId }) => loading.add(requestId));
    session.on("Network.loadingFailed", ({ requestId }) => loading.delete(requestId));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      loading.delete(requestId);
      sum += encodedDataLength;
    });
    const counted = async () => {
      sum = 0;
      loading.clear();
      await page.goto(path, { waitUntil: "load" });
      // The icon is asked for once the page is there, and a browser may leave it for the next one.
      for (let quiet = 0, waited = 0; quiet < 8 && waited < 100; waited += 1) {
        await setTimeout(10);
        quiet = loading.size === 0 ? quiet + 1 : 0;
      }
      return sum;
    };
    const found = { first: await counted(), again: await counted() };
    await visitor.close();
    return found;
  }
});
