// What happens when something is missing or wrong: said at once, first and at its field, with every answer kept.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { councils } from "../support/councils.mjs";
import { SUBMIT, answers, begin, fill, send, stepOf } from "../support/journey.mjs";
import { arriving, keyboard, mouse } from "../support/keyboard.mjs";
import { opened } from "../support/opening.mjs";
import { look } from "../support/rules.mjs";

const LONG = "x".repeat(50_001);

/** What is wrong on each page that can be wrong: nothing at all, or these answers. */
const mistakes = {
  kind: [],
  whose: [],
  other: [["text", "on_behalf_of.relationship", "Daughter"]],
  what: [],
  when: [
    ["text", "happened_on-day", "31"],
    ["text", "happened_on-month", "2"],
    ["text", "happened_on-year", "2026"],
    ["text", "aware_on-year", "2026"],
  ],
  late: [
    ["text", "late_reason", "I was in hospital."],
    ["text", "first_reported_on-day", "1"],
    ["text", "first_reported_on-month", "1"],
    ["text", "first_reported_on-year", "2999"],
  ],
  wanted: [["text", "wanted", LONG]],
  contact: [
    ["text", "email", "nadia"],
    ["text", "phone", "07700 900123"],
    ["radio", "reply_by", "post"],
  ],
  adjustments: [["text", "adjustments", LONG]],
};

describe("when something is wrong", () => {
  const open = opened();

  const visiting = (how, act) => open.visiting(how, (visitor) => act(visitor, visitor.page));

  for (const council of councils) {
    for (const [width, script] of [
      [360, true],
      [1280, false],
    ]) {
      const name = `${council}-errors-${width}-${script ? "script" : "plain"}`;
      it(`each page says so and keeps the answers at ${council}, ${width} px wide`, () =>
        visiting({ width, script, name }, async (visitor, page) => {
          await begin(visitor, mouse, council);
          while (stepOf(page) !== "check") {
            const step = stepOf(page);
            if (mistakes[step]) await mistaken(visitor, step);
            await fill(page, mouse, step);
            await mouse.press(page, SUBMIT);
            assert.notEqual(stepOf(page), step, `${step} is mended: ${await page.locator("main").innerText()}`);
          }
        }));
    }
  }

  async function mistaken(visitor, step) {
    const { page } = visitor;
    const typed = mistakes[step];
    for (const [how, name, value] of typed) await mouse[how](page, name, value);
    await mouse.press(page, SUBMIT);
    assert.equal(stepOf(page), step, "it stays where it was");
    await look(visitor, `${step} with errors`);
    if (visitor.width === 360) await visitor.shoot(`${step} with errors`);
    assert.match(await page.title(), /^Error: /);
    for (const [how, name, value] of typed) await kept(page, how, name, value);
    await saidTwice(visitor);
    await linksLead(visitor);
    for (const [how, name] of typed) if (how === "text") await mouse.text(page, name, "");
  }

  async function kept(page, how, name, value) {
    if (how === "radio") return assert.ok(await page.isChecked(`[name="${name}"][value="${value}"]`), `${name} is kept`);
    assert.equal(await page.inputValue(`[name="${name}"]`), value, `${name} is kept`);
  }

  /** Each error stands in the summary, which is first and has the focus, and in the same words at its field. */
  async function saidTwice({ page, script }) {
    const summary = page.locator(".govuk-error-summary");
    assert.equal(await summary.locator("h2").innerText(), "There is a problem");
    if (script) assert.ok(await summary.evaluate((element) => element === document.activeElement), "it has the focus");
    const first = await page.evaluate(() => {
      const [summary, heading] = [".govuk-error-summary", "h1"].map((which) => document.querySelector(which));
      return Boolean(summary.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    assert.ok(first, "it stands before the page's heading");
    const said = await summary.locator("li").allInnerTexts();
    assert.ok(said.length > 0);
    const beside = (await page.locator(".govuk-error-message").allTextContents()).map((text) =>
      text.replace("Error:", "").trim(),
    );
    assert.deepEqual([...said].sort(), [...beside].sort(), "the same words stand at the fields");
  }

  /** Each link of the summary leads into the field it is about. */
  async function linksLead({ page, script }) {
    const links = page.locator(".govuk-error-summary a");
    assert.equal(await links.count(), await page.locator(".govuk-error-summary li").count(), "each error is a link");
    for (let n = 0; n < (await links.count()); n += 1) {
      const id = (await links.nth(n).getAttribute("href")).slice(1);
      const target = page.locator(`[id="${id}"]`);
      assert.equal(await target.count(), 1, `#${id} is there`);
      assert.ok(await target.evaluate((element) => element.matches("input, textarea, select")), `#${id} is a field`);
      await links.nth(n).click();
      if (script) assert.equal(await page.evaluate(() => document.activeElement.id), id, "the keyboard is in the field");
    }
  }

  it("what is missing is found at the end as well, with a link to its page", () =>
    visiting({ width: 360, name: "check-errors" }, async (visitor, page) => {
      await begin(visitor, mouse, "westminster");
      await fill(page, mouse, "kind");
      await mouse.press(page, SUBMIT);
      await page.goto("/westminster/feedback/check");
      await mouse.press(page, SUBMIT);
      await look(visitor, "check with errors");
      await visitor.shoot("check with errors");
      assert.match(await page.title(), /^Error: /);
      const link = page.locator('.govuk-error-summary a[href*="/what"]');
      await arriving(page, () => link.click());
      assert.equal(stepOf(page), "what");
      await fill(page, mouse, "what");
      await mouse.press(page, SUBMIT);
    }));

  it("Back and refresh lose nothing and send nothing twice, and a change comes back to the check", () =>
    visiting({ width: 360, name: "back" }, async (visitor, page) => {
      const before = (await (await open.service.staff("south-staffordshire", "complaints-manager")).read("cases")).cases.length;
      await begin(visitor, keyboard, "south-staffordshire");
      while (stepOf(page) !== "check") {
        const step = stepOf(page);
        await fill(page, mouse, step);
        await mouse.press(page, SUBMIT);
        if (step === "what") {
          await page.goBack();
          assert.equal(stepOf(page), "what");
          await kept(page, "text", "about", answers.what[0][2]);
          await page.reload();
          await kept(page, "text", "about", answers.what[0][2]);
          await page.goForward();
        }
      }
      await arriving(page, () => page.locator('.govuk-summary-list a[href*="/contact"]').first().click());
      await mouse.text(page, "name", "Nadia B. Okafor");
      await mouse.press(page, SUBMIT);
      assert.equal(stepOf(page), "check", "one change leads back to the check");
      assert.ok((await page.innerText("main")).includes("Nadia B. Okafor"));
      await page.reload();
      const { reference, key, at } = await send(visitor, mouse);
      await page.reload();
      assert.ok((await page.innerText("main")).includes(reference), "the confirmation can be read again");
      await page.goBack();
      await page.goto("/south-staffordshire/feedback/check");
      assert.ok(page.url().includes(reference), "what was sent is not asked for again");
      await page.goto(`${at}?key=${key}`);
      const staff = await open.service.staff("south-staffordshire", "complaints-manager");
      assert.equal((await staff.read("cases")).cases.length, before + 1);
    }));

  for (const script of [true, false]) {
    it(`a double click is one case, ${script ? "with" : "without"} script`, () =>
      visiting({ script, name: "double" }, async (visitor, page) => {
        const staff = await open.service.staff("together-for-children", "complaints-manager");
        const before = (await staff.read("cases")).cases.length;
        await begin(visitor, mouse, "together-for-children");
        while (stepOf(page) !== "check") {
          await fill(page, mouse, stepOf(page));
          await mouse.press(page, SUBMIT);
        }
        await page.dblclick(SUBMIT);
        await page.waitForURL(/equality$/);
        assert.equal((await staff.read("cases")).cases.length, before + 1);
      }));
  }
});
