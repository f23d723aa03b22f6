// Every page of staff, on a telephone's width and a desk's: what axe and the HTML checker find.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { COUNCIL, HOME, seeing, signIn } from "../support/desk.mjs";
import { mouse } from "../support/keyboard.mjs";
import { opened } from "../support/opening.mjs";
import { WIDTHS } from "../support/visit.mjs";

describe("every page of staff", () => {
  const open = opened({ demo: true });
  let cases;
  before(async () => {
    const staff = await open.service.staff(COUNCIL, "complaints-manager");
    const { cases: listed } = await staff.read("cases");
    cases = await Promise.all(listed.map((line) => staff.read(`cases/${line.reference}`)));
  });

  const at = (width, who, name, act) =>
    open.visiting({ width, name: `${name}-${width}` }, async (visitor) => {
      const see = seeing(visitor);
      const go = async (path, what) => {
        await visitor.page.goto(path);
        await see(what);
      };
      if (who) await signIn(visitor, mouse, who, see);
      await act(visitor, go, see);
    });
  const CARA = { role: "complaints-manager", name: "Cara Lowe" };

  for (const width of WIDTHS) {
    it(`of the desk and beside it, ${width} px wide`, async () => {
      await at(width, CARA, "staff-desk", async ({ page }, go, see) => {
        await go(`${HOME}?owner=all`, "all");
        await go(`${HOME}?owner=nobody`, "nobody's");
        await go(`${HOME}?owner=me`, "mine, and there is none");
        await go(`${HOME}?owner=all&overdue=true&status=open&stage=1&sort=received`, "narrowed");
        await go(`${HOME}?owner=all&due_before=soon&team=moon`, "filters that are wrong");
        await page.goto(`${HOME}?owner=all`);
        await page.fill("#view", "");
        await mouse.press(page, 'button:text-is("Save")');
        await see("a view without a name");
        await go(`${HOME}/search`, "search");
        await page.fill("main input[name=q]", "bin");
        await mouse.press(page, "main form button[type=submit]");
        await see("found");
        await go(`${HOME}/print`, "letters to post");
        await go(`${HOME}/admin`, "admin");
        await go(`${HOME}/keys`, "keys");
        await go(`${HOME}/new`, "new");
        await go(`${HOME}/cases/SSC-0000-0000`, "a case that is not there");
        await go("/staff/westminster", "another council's desk");
      });
    });

    it(`of the auditor, ${width} px wide`, async () => {
      await at(width, { role: "auditor", name: "Ada Auditor" }, "staff-audit", async ({ page }, go) => {
        await go(`${HOME}/audit`, "audit");
        await go(`${HOME}/audit?reference=${cases[0].reference}`, "of a case");
        await go(`${HOME}/audit?from=yesterday&reference=x`, "wrong filters");
        await go(`${HOME}/cases/${cases[0].reference}`, "a case, for reading only");
        assert.equal(await page.locator('main a[href$="/accept"]').count(), 0);
      });
    });

    it(`of signing in, ${width} px wide`, async () => {
      await at(width, null, "staff-sign-in", async ({ page }, go, see) => {
        await go("/staff/sign-in", "which council");
        await page.goto(HOME);
        await page.selectOption("#role", "none");
        await mouse.press(page, "button[type=submit]:not([name])");
        await see("no role");
        await page.goto(HOME);
        await mouse.press(page, "button[name=cancel]");
        await see("not signed in");
      });
      await at(width, CARA, "staff-sign-out", async ({ page }, go, see) => {
        await mouse.press(page, 'button:text("Sign out")');
        await see("signed out");
      });
    });

    it(`of a case in each state, ${width} px wide`, async () => {
      const kinds = new Map(cases.map((found) => [`${found.kind} ${found.status} ${found.stage} ${found.flags.join(" ")}`, found]));
      await at(width, CARA, "staff-case", async (visitor, go) => {
        for (const [what, found] of kinds) await go(`${HOME}/cases/${found.reference}`, what);
        const some = cases[0].reference;
        await go(`${HOME}/cases/${some}/why-not`, "why not");
        await go(`${HOME}/cases/${some}/person`, "the person");
        await go(`${HOME}/cases/${some}/files`, "its files");
      });
    });

    it(`of the same complaint from many people, ${width} px wide`, async () => {
      const open = cases.filter((found) => found.kind === "complaint" && found.status === "open").map((found) => found.reference);
      const [first, ...others] = open;
      await at(width, CARA, "staff-campaign", async ({ page }, go, see) => {
        await page.goto(`${HOME}?owner=all`);
        for (const reference of others.slice(0, 2)) await page.check(`input[value="${reference}"]`, { force: true });
        await page.locator("details:has(#give-first) summary").click();
        await see("the fold of campaigns");
        await page.fill("#give-first", first);
        await mouse.press(page, `button[formaction$="/campaign"]`);
        await see("before linking");
        if ((await page.locator("main form button").count()) > 0) {
          await mouse.press(page, "main form button[type=submit]");
          await see("linked");
        }
        await go(`${HOME}/cases/${first}`, "the first of a campaign");
        await go(`${HOME}/cases/${others[0]}`, "another of a campaign");
      });
    });

    it(`of a document that is added, ${width} px wide`, async () => {
      await at(width, CARA, "staff-files", async ({ page }, go, see) => {
        await page.goto(`${HOME}/cases/${cases[0].reference}/files`);
        await page.setInputFiles("#file", { name: "letter.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
        await page.fill("#about", "What the contractor wrote");
        await mouse.press(page, "main form button[type=submit]");
        await see("a document came");
        await page.waitForTimeout(1500);
        await go(`${HOME}/cases/${cases[0].reference}/files`, "the document is there");
        assert.match(await page.innerText("main"), /letter\.pdf/);
      });
    });

    it(`of every command, ${width} px wide`, async () => {
      const first = new Map();
      for (const found of cases) for (const command of found.allowed) if (!first.has(command)) first.set(command, found);
      assert.ok(first.size > 30, `the demo's cases allow ${first.size} commands`);
      await at(width, CARA, "staff-command", async ({ page }, go, see) => {
        for (const [command, found] of first) {
          await go(`${HOME}/cases/${found.reference}/${command}`, command);
          // An earlier command went through with nothing in it, and this one is not allowed any more: the page says why.
          if ((await page.locator("main form").count()) === 0) continue;
          // Sent with nothing in it: most say what is missing.
          await mouse.press(page, "main form button[name=_preview], main form button[type=submit]:not([name])");
          await see(`${command}, sent empty`);
        }
      });
    });
  }
});
