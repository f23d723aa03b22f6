// Every other page that a resident can come to: notices, the way to a case, what can be done there, what went
// wrong, and all of it in a council's second language.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { councils } from "../support/councils.mjs";
import { SUBMIT, WORDS, answerAll, begin, send } from "../support/journey.mjs";
import { mouse } from "../support/keyboard.mjs";
import { opened } from "../support/opening.mjs";
import { look } from "../support/rules.mjs";
import { WIDTHS } from "../support/visit.mjs";

const UNKNOWN = "WCC-0000-0000";

describe("every page", () => {
  const open = opened();

  const visiting = (how, act) =>
    open.visiting(how, (visitor) => {
      const see = async (what) => {
        await look(visitor, what);
        await visitor.shoot(what);
      };
      return act(visitor.page, see, visitor);
    });

  for (const width of WIDTHS) {
    for (const council of councils) {
      it(`can be read at ${council}, ${width} px wide`, () =>
        visiting({ width, name: `${council}-pages-${width}` }, async (page, see) => {
          for (const path of ["accessibility", "privacy", "track", "track/lost", "nothing-here"]) {
            await page.goto(`/${council}/${path}`);
            await see(path);
          }
          await page.goto(`/${council}/track/${UNKNOWN}?key=wrong`);
          await see("a link that opens nothing");
          await page.goto(`/${council}/feedback/what`);
          await see("a draft that is gone");
        }));
    }

    it(`says what is wrong on the way to a case, ${width} px wide`, () =>
      visiting({ width, name: `track-${width}` }, async (page, see) => {
        await page.goto("/");
        await see("home");
        await page.goto("/no-such-council");
        await see("no such council");
        await page.goto("/westminster/track");
        await mouse.press(page, SUBMIT);
        await see("track with nothing entered");
        assert.match(await page.title(), /^Error: /);
        await mouse.text(page, "reference", "WCC-7QK4");
        await mouse.text(page, "key", "wrong");
        await mouse.press(page, SUBMIT);
        await see("track with a wrong reference");
        assert.equal(await page.inputValue("[name=reference]"), "WCC-7QK4");
        await page.goto("/westminster/track/lost");
        await mouse.press(page, SUBMIT);
        await see("lost with nothing entered");
        await mouse.text(page, "reference", UNKNOWN);
        await mouse.press(page, SUBMIT);
        await see("lost with an unknown reference");
      }));

    it(`lets a person add, withdraw and come back, ${width} px wide`, () =>
      visiting({ width, name: `case-${width}` }, async (page, see, visitor) => {
        await begin(visitor, mouse, "lichfield-traded-services");
        await answerAll(visitor, mouse);
        const { reference, key, at } = await send(visitor, mouse);
        const followed = `${at}?key=${key}`;
        const saved = page.waitForEvent("download");
        await page.click(`main a[href*="/save"]`);
        assert.equal((await saved).suggestedFilename(), `${reference}.txt`);
        await page.goto("/lichfield-traded-services/track");
        await mouse.text(page, "reference", reference.toLowerCase());
        await mouse.text(page, "key", key);
        await mouse.press(page, SUBMIT);
        assert.ok(page.url().includes(reference), "reference and key lead to the case");
        await page.goto("/lichfield-traded-services/track/lost");
        await mouse.text(page, "reference", reference);
        await mouse.press(page, SUBMIT);
        await see("link sent again");
        await page.goto(`${at}/files?key=${key}`);
        await see("files");
        await page.setInputFiles("#file", { name: "bin.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
        await mouse.press(page, SUBMIT);
        await see("a file came");
        await page.waitForTimeout(1500);
        await page.goto(`${at}/files?key=${key}`);
        await see("the file is there");
        assert.match(await page.innerText("main"), /bin\.pdf/);
        for (const [step, done] of [
          ["message", false],
          ["request-review", false],
          ["withdraw", true],
        ]) {
          await page.goto(`${at}/${step}?key=${key}`);
          await see(step);
          if ((await page.locator(SUBMIT).count()) === 0) continue;
          await mouse.press(page, SUBMIT);
          await see(done ? `${step} done` : `${step} with errors`);
        }
        await page.goto(followed);
        await see("withdrawn");
        assert.ok((await page.innerText("main")).includes("not collected"), "the words are still there");
      }));
  }

  it("stands in Welsh where the council speaks it, from the first page to the case", () =>
    visiting({ width: 360, name: "welsh" }, async (page, see, visitor) => {
      await page.goto("/westminster");
      await mouse.press(page, 'a[hreflang="cy"]');
      assert.equal(await page.getAttribute("html", "lang"), "cy");
      await begin(visitor, mouse, "westminster", see);
      await mouse.press(page, SUBMIT);
      await see("kind with errors");
      await answerAll(visitor, mouse, see);
      assert.ok((await page.innerText("main")).includes(WORDS.split("\n")[0]), "their own words are as they were");
      const { reference, key, at } = await send(visitor, mouse, see);
      await page.goto(`${at}?key=${key}`);
      await see("tracking");
      await page.goto(`${at}/message?key=${key}`);
      await mouse.press(page, SUBMIT);
      await see("message with errors");
      for (const path of ["track", "track/lost", "accessibility", "privacy", "nothing-here"]) {
        await page.goto(`/westminster/${path}`);
        await see(path);
        assert.equal(await page.getAttribute("html", "lang"), "cy", `${path} is in Welsh too`);
      }
      await page.goto(`${at}?key=${key}`);
      await mouse.press(page, 'a[hreflang="en"]');
      assert.ok(page.url().includes(reference), "the switch stays on the page");
      assert.equal(await page.getAttribute("html", "lang"), "en");
    }));
});
