// A case at the desk, from triage to the final answer, by three people in three roles; and two at once.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "../support/chromium.mjs";
import { COUNCIL, HOME, act, begin, fill, open, press, seeing, send, signIn } from "../support/desk.mjs";
import { keyboard, mouse } from "../support/keyboard.mjs";
import { nothingFound } from "../support/rules.mjs";
import { startService } from "../support/service.mjs";
import { visit } from "../support/visit.mjs";

const OONA = { role: "officer", name: "Oona Reilly" };
const MARK = { role: "manager", name: "Mark Price" };
const INES = { role: "investigator", name: "Ines Duarte" };
const CARA = { role: "complaints-manager", name: "Cara Lowe" };

const complaint = { kind: "complaint", about: "The bin was missed three weeks running.", name: "Ada Resident", email: "ada@example.org" };
const finding = [
  ["radio", "findings.0.outcome", "upheld"],
  ["text", "findings.0.reason", "The crew's log shows that the street was left out on three Mondays."],
  ["text", "findings.0.references", "Waste collection standard, part 2"],
  ["radio", "outcome", "upheld"],
];

describe("the desk", () => {
  let service, browser;
  before(async () => {
    service = await startService();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });

  const at = async (who, hands, options, act) => {
    const visitor = await visit(browser, service.base, options);
    try {
      await signIn(visitor, hands, who);
      await act(visitor);
      nothingFound(visitor);
    } finally {
      await visitor.close();
    }
  };

  for (const [hands, how, script] of [[mouse, "with script", true], [mouse, "without script", false], [keyboard, "by keyboard alone", true]]) {
    it(`takes a case from triage to the final answer by three people, ${how}`, async () => {
      const { reference, key } = await service.post(`/api/${COUNCIL}/feedback`, complaint);
      const name = `desk-${how.replaceAll(" ", "-")}`;
      await at(OONA, hands, { script, name: `${name}-1-officer` }, async (visitor) => {
        const see = seeing(visitor);
        await open(visitor, reference);
        await see("a new case");
        await act(visitor, hands, "accept", [["text", "definition", "The bin of 3 Mill Lane was missed three times."]]);
        await act(visitor, hands, "assign", []);
        await act(visitor, hands, "acknowledge", [["text", "wanted", "The bin collected each week."]]);
        await see("acknowledged");
      });
      await at(MARK, hands, { script, name: `${name}-2-manager` }, async (visitor) => {
        const see = seeing(visitor);
        await open(visitor, reference);
        await begin(visitor, hands, "respond");
        await see("an empty response");
        await send(visitor, hands);
        await see("a response with everything missing");
        assert.match(await visitor.page.title(), /^Error: /);
        await fill(visitor, hands, finding);
        await press(visitor, hands, "_preview");
        await see("a response without an apology");
        assert.match(await visitor.page.innerText("main"), /Remedies must have an apology: the outcome is upheld \(5\. /);
        await fill(visitor, hands, [["select", "remedies.0.kind", "apology"], ["text", "remedies.0.what", "We are sorry that we missed your bin."]]);
        await press(visitor, hands, "_preview");
        await see("a response previewed");
        assert.match(await visitor.page.innerText("#preview"), /left out on three Mondays/);
        await press(visitor, hands, "_save");
        await see("a draft kept");
        await open(visitor, reference);
        await begin(visitor, hands, "respond");
        assert.equal(await visitor.page.inputValue('[name="findings.0.reason"]'), finding[1][2], "the draft is in the form");
        await send(visitor, hands);
        assert.match(visitor.page.url(), /done=respond/, await visitor.page.innerText("main"));
        await see("answered");
      });
      await service.post(`/api/${COUNCIL}/track/${reference}/request-review`, { reasons: "It was missed again." }, { "x-case-key": key });
      await at(CARA, hands, { script, name: `${name}-3-complaints-manager` }, async (visitor) => {
        await open(visitor, reference);
        await seeing(visitor)("a review asked for");
        await visitor.page.goto(`${HOME}/cases/${reference}/why-not`);
        await seeing(visitor)("why not");
      });
      await at(INES, hands, { script, name: `${name}-4-investigator` }, async (visitor) => {
        const see = seeing(visitor);
        await open(visitor, reference);
        await act(visitor, hands, "acknowledge", [["text", "definition", "The bin was missed again after the first answer."]]);
        await act(visitor, hands, "respond", [
          ...finding,
          ["select", "remedies.0.kind", "apology"],
          ["text", "remedies.0.what", "We are sorry that it went on."],
        ]);
        await see("the final answer is given");
      });
      const staff = await service.staff(COUNCIL, "complaints-manager");
      const read = await staff.read(`cases/${reference}`);
      assert.equal(read.stage, 2);
      assert.equal(read.responses.length, 2, "two people answered, one at each stage");
    });
  }

  it("shows two officers in collision what the other did, and loses nothing that was typed", async () => {
    const { reference } = await service.post(`/api/${COUNCIL}/feedback`, complaint);
    await at(OONA, mouse, { name: "desk-collision-1" }, async (first) => {
      await open(first, reference);
      await begin(first, mouse, "note");
      await fill(first, mouse, [["text", "text", "She rang at nine."]]);
      await at(MARK, mouse, { name: "desk-collision-2" }, async (second) => {
        await open(second, reference);
        await act(second, mouse, "accept", []);
      });
      await send(first, mouse);
      await seeing(first)("the other was first");
      assert.match(await first.page.innerText("main"), /Mark Price/);
      assert.equal(await first.page.inputValue('[name="text"]'), "She rang at nine.");
      await send(first, mouse);
      assert.match(first.page.url(), /done=note/);
    });
  });

  it("gives several cases to somebody, with a look before and a result for each", async () => {
    const made = await Promise.all([1, 2, 3].map(() => service.post(`/api/${COUNCIL}/feedback`, complaint)));
    await at(MARK, mouse, { name: "desk-bulk-0" }, async () => {});
    await at(CARA, mouse, { name: "desk-bulk" }, async (visitor) => {
      const { page } = visitor;
      await page.goto(`${HOME}?owner=nobody`);
      for (const { reference } of made) await page.check(`input[type=checkbox][value="${reference}"]`);
      await page.selectOption("#give-owner", { label: "Mark Price" });
      await mouse.press(page, 'button:text("Look before giving")');
      await seeing(visitor)("before giving");
      assert.match(await page.innerText("main"), /3 cases will be given/);
      await mouse.press(page, 'button:text("Give these 3 cases")');
      await seeing(visitor)("given");
      assert.match(await page.innerText("main"), /3 cases were given/);
    });
  });

  it("is moved through with single keys, which can be switched off", async () => {
    const { reference } = await service.post(`/api/${COUNCIL}/feedback`, complaint);
    await at(CARA, keyboard, { name: "desk-keys" }, async (visitor) => {
      const { page } = visitor;
      await page.goto(`${HOME}?owner=all&q=${reference}`);
      const tick = page.locator(`input[type=checkbox][value="${reference}"]`);
      await page.keyboard.press("x");
      assert.equal(await tick.isChecked(), false, "nobody is on a line yet");
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      assert.equal(await tick.isChecked(), true, "the line somebody is on is ticked");
      await page.keyboard.press("x");
      assert.equal(await tick.isChecked(), false, "and unticked");
      await Promise.all([page.waitForURL(`**/cases/${reference}`), page.keyboard.press("o")]);
      await Promise.all([page.waitForURL(`**/keys`), page.keyboard.press("?")]);
      await seeing(visitor)("the keys");
      await Promise.all([page.waitForURL(`**/search`), page.keyboard.press("/")]);
      await seeing(visitor)("search");
    });
  });
});
