// Hands that have a keyboard and nothing else: Tab, arrows, Space, Enter, and letters.
import assert from "node:assert/strict";

const TABS_MAX = 120;

export const keyboard = {
  async text(page, name, value) {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(value);
  },
  async radio(page, name, value) {
    await tabTo(page, `input[type=radio][name="${name}"]`);
    const now = () => page.evaluate(() => ({ value: document.activeElement.value, checked: document.activeElement.checked }));
    for (let n = 0; n < 40; n += 1) {
      const at = await now();
      if (at.value === value) {
        if (!at.checked) await page.keyboard.press("Space");
        return;
      }
      await page.keyboard.press("ArrowDown");
    }
    assert.fail(`the arrows never reached ${name}=${value}`);
  },
  async checkbox(page, name, value) {
    const which = `input[type=checkbox][name="${name}"][value="${value}"]`;
    await tabTo(page, which);
    if (!(await page.isChecked(which))) await page.keyboard.press("Space");
  },
  async select(page, name, value) {
    await tabTo(page, `select[name="${name}"]`);
    await page.keyboard.press("Home");
    for (let n = 0; n < 60; n += 1) {
      if ((await page.evaluate(() => document.activeElement.value)) === value) return;
      await page.keyboard.press("ArrowDown");
    }
    assert.fail(`the arrows never reached ${name}=${value}`);
  },
  async press(page, selector) {
    await tabTo(page, selector);
    await arriving(page, () => page.keyboard.press("Enter"));
  },
};

/** Hands with a mouse, or a finger. */
export const mouse = {
  text: (page, name, value) => page.fill(`[name="${name}"]`, value),
  radio: (page, name, value) => page.check(`input[type=radio][name="${name}"][value="${value}"]`),
  checkbox: (page, name, value) => page.check(`input[type=checkbox][name="${name}"][value="${value}"]`),
  select: (page, name, value) => page.selectOption(`select[name="${name}"]`, value),
  press: (page, selector) => arriving(page, () => page.click(selector)),
};

/** Does something that leads to another page, and waits until it is there. */
export async function arriving(page, act) {
  const arrived = page.waitForNavigation({ waitUntil: "load" });
  await act();
  await arrived;
}

/** Tabs until the keyboard is at what is looked for, as a person does who cannot use a mouse. */
export async function tabTo(page, selector) {
  for (let n = 0; n < TABS_MAX; n += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate((wanted) => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      return {
        found: element.matches(wanted),
        seen: style.outlineStyle !== "none" || style.boxShadow !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)",
        what: element.outerHTML.slice(0, 120),
      };
    }, selector);
    if (at.found) {
      assert.ok(at.seen, `one can see where the keyboard is: ${at.what}`);
      return;
    }
  }
  assert.fail(`Tab never reached ${selector} on ${page.url()}`);
}
