// Staff at their desk, by the pages alone: signing in, opening a case, doing one thing on it.
import assert from "node:assert/strict";
import { look } from "./rules.mjs";

export const COUNCIL = "south-staffordshire";
export const HOME = `/staff/${COUNCIL}`;

/** The button of the page's own form that does the thing: not a preview, a draft or the sign-out. */
const DOES = "main form button[type=submit]:not([name]):not(.govuk-button--secondary)";

/** Signs in as somebody, through the council's own way in. */
export async function signIn(visitor, hands, { role, name }, see = seeing(visitor)) {
  const { page } = visitor;
  await page.goto(HOME);
  assert.match(new URL(page.url()).pathname, /\/authorize$/, "whoever is not signed in is sent to the council's issuer");
  await hands.select(page, "role", role);
  await hands.text(page, "name", name);
  await hands.press(page, 'button[type=submit]:not([name])');
  assert.equal(new URL(page.url()).pathname, HOME);
  await see("the desk");
}

/** Opens a case from an address, as from a link in a mail. */
export async function open(visitor, reference) {
  await visitor.page.goto(`${HOME}/cases/${reference}`);
}

/** Does one thing on the case that is shown: from its link to the case again. */
export async function act(visitor, hands, command, fields = [], see = seeing(visitor)) {
  await begin(visitor, hands, command);
  await fill(visitor, hands, fields);
  await see(`${command}, filled in`);
  await send(visitor, hands);
  assert.match(visitor.page.url(), /\/cases\/[^/]+\?done=/, await visitor.page.innerText("main"));
}

/** Opens the page of a command from the case. */
export async function begin({ page }, hands, command) {
  const reference = page.url().match(/\/cases\/([^/?#]+)/)[1];
  await hands.press(page, `main a[href="${HOME}/cases/${reference}/${command}"]`);
}

/** Fills in what is given. */
export async function fill({ page }, hands, fields) {
  for (const [kind, name, value] of fields) await hands[kind](page, name, value);
}

/** Presses the button that does it. */
export const send = ({ page }, hands) => hands.press(page, DOES);

/** Presses another button of the form, such as a preview. */
export const press = ({ page }, hands, name) => hands.press(page, `main form button[name="${name}"]`);

/** A picture of the page, and everything a page must keep. */
export const seeing = (visitor) => async (what) => {
  await visitor.shoot(what);
  await look(visitor, what);
};
