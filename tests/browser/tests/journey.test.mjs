// From the council's page to the confirmation, then to an answer and a review: for each council, with script
// and without, on a telephone and on a desk, and where there is script with the keyboard alone.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { councils } from "../support/councils.mjs";
import { SUBMIT, WORDS, answerAll, begin, caseShown, send } from "../support/journey.mjs";
import { keyboard, mouse } from "../support/keyboard.mjs";
import { opened } from "../support/opening.mjs";
import { look } from "../support/rules.mjs";
import { WIDTHS } from "../support/visit.mjs";

const TELLING = ["council", "start", "check", "confirmation", "answered"];

describe("the journey", () => {
  const open = opened();

  for (const council of councils) {
    for (const width of WIDTHS) {
      for (const script of [true, false]) {
        const how = script ? "by keyboard alone" : "without script";
        it(`leads from the first page to a review at ${council}, ${width} px wide, ${how}`, async () => {
          const name = `${council}-${width}-${script ? "script" : "plain"}`;
          await open.visiting({ width, script, name }, (visitor) => live(visitor, script ? keyboard : mouse, council));
        });
      }
    }
  }

  async function live(visitor, hands, council) {
    const { page } = visitor;
    const see = async (what) => {
      await look(visitor, `${council} ${what}`);
      // All pictures of one council, and of the others those that differ.
      if (council === "westminster" || TELLING.includes(what)) await visitor.shoot(what);
    };
    await begin(visitor, hands, council, see);
    const asked = await answerAll(visitor, hands, see);
    for (const step of ["kind", "whose", "other", "what", "wanted", "service", "contact", "adjustments"]) {
      assert.ok(asked.includes(step), `${step} is asked`);
    }
    const { reference, key, at } = await send(visitor, hands, see);
    const said = await page.innerText("main");
    assert.ok(said.includes(reference), "the confirmation says the reference");
    assert.match(said, /\d{1,2} (March|April) 2026/, "and the dates that are promised");
    assert.match(said, /Ombudsman/, "and who is there beyond the council");

    const staff = await open.service.staff(council, "complaints-manager");
    const filed = await staff.read(`cases/${reference}`);
    assert.equal(filed.about, WORDS);
    assert.equal(filed.contact.on_behalf_of.name, "Ada Okafor");

    await page.goto(`${at}?key=${key}`);
    await see("tracking");
    await hands.press(page, `main a[href*="/message"]`);
    await see("message");
    await hands.text(page, "text", "It was missed again today.");
    await hands.press(page, SUBMIT);
    await see("message sent");
    assert.equal(caseShown(page).reference, reference);

    await staff.act(reference, "accept", { points: [{ text: "Missed bins" }], definition: "Three missed Mondays" });
    await staff.act(reference, "respond", {
      outcome: "not-upheld",
      findings: [{ point: 1, outcome: "not-upheld", reason: "The bins were collected." }],
      text: "The bins were collected.",
    });
    await page.goto(`${at}?key=${key}`);
    await see("answered");
    await hands.press(page, `main a[href*="/request-review"]`);
    await see("request review");
    await hands.text(page, "reasons", "I have photographs of the full bin.");
    await hands.text(page, "wanted", "Look at them.");
    await hands.press(page, SUBMIT);
    await see("review requested");
    const asks = await staff.read(`cases/${reference}`);
    assert.equal(asks.stage, 2, "the review is asked for");
  }
});
