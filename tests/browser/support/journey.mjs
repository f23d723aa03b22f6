// The journey as one person walks it, by the fields that each page asks for.
import assert from "node:assert/strict";

export const WORDS = "The bin was not collected on three Mondays.\nI rang twice, and nobody rang back.";

/** Somebody who writes for their mother, about something of two years ago: the longest way there is. */
export const answers = {
  kind: [["radio", "kind", "complaint"]],
  whose: [["radio", "whose", "other"]],
  other: [
    ["text", "on_behalf_of.name", "Ada Okafor"],
    ["text", "on_behalf_of.relationship", "Daughter"],
    ["radio", "on_behalf_of.authority", "consent"],
  ],
  what: [["text", "about", WORDS]],
  when: [
    ["text", "happened_on-day", "5"],
    ["text", "happened_on-month", "June"],
    ["text", "happened_on-year", "2023"],
  ],
  late: [
    ["text", "late_reason", "I was in hospital."],
    ["text", "first_reported_on-month", "7"],
    ["text", "first_reported_on-year", "2023"],
  ],
  wanted: [["text", "wanted", "Collect it every Monday, and say sorry."]],
  service: [["radio", "service", "none"]],
  home: [["radio", "tenant", "false"]],
  contact: [
    ["text", "name", "Nadia Okafor"],
    ["text", "email", "nadia@example.com"],
    ["text", "phone", "07700 900123"],
    ["radio", "reply_by", "email"],
  ],
  adjustments: [["text", "adjustments", "Large print, please."]],
};

/** The button of the page's own form, and not the one that skips it. */
export const SUBMIT = "main form button[type=submit]:not([name])";

/** Which page of the journey is shown. */
export const stepOf = (page) => new URL(page.url()).pathname.split("/").at(-1);

/** From the council's page to the first question. */
export async function begin({ page }, hands, council, see = async () => {}) {
  await page.goto(`/${council}`);
  await see("council");
  await hands.press(page, `main a[href="/${council}/feedback"]`);
  await see("start");
  await hands.press(page, SUBMIT);
  assert.equal(stepOf(page), "kind");
}

/** Answers every question there is, until the answers are to be checked. */
export async function answerAll({ page }, hands, see = async () => {}) {
  const asked = [];
  while (stepOf(page) !== "check") {
    const step = stepOf(page);
    assert.ok(answers[step], `no answer is ready for ${page.url()}`);
    assert.ok(!asked.includes(step), `${step} was asked already`);
    asked.push(step);
    await see(step);
    await fill(page, hands, step);
    await hands.press(page, SUBMIT);
  }
  await see("check");
  return asked;
}

/** Fills in one page. */
export async function fill(page, hands, step) {
  for (const [how, name, value] of answers[step]) await hands[how](page, name, value);
}

/** Sends what was checked, answers one voluntary question, and gives the reference and where the case is followed. */
export async function send({ page }, hands, see = async () => {}) {
  await hands.press(page, SUBMIT);
  assert.equal(stepOf(page), "equality", "the complaint is safe before anything voluntary is asked");
  await see("equality");
  const first = page.locator("main form input[type=radio]").first();
  await hands.radio(page, await first.getAttribute("name"), await first.getAttribute("value"));
  await hands.press(page, SUBMIT);
  await see("confirmation");
  return caseShown(page);
}

/** The reference and key of the case that the page shows. */
export function caseShown(page) {
  const url = new URL(page.url());
  const reference = url.pathname.split("/").at(-1);
  assert.match(reference, /^[A-Z]+-[0-9A-Z]{4}-[0-9A-Z]{4}$/, page.url());
  const key = url.searchParams.get("key");
  return { reference, key, at: url.pathname };
}
