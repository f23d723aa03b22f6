// What every page for residents must keep, whatever it shows. Each rule gives what it found, so that one run
// tells everything that is wrong.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import htmlRules from "../html-rules.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const html = new HtmlValidate(new StaticConfigLoader(htmlRules));
const sound = new Set();

/** Looks at the page shown, and remembers in the visit what is wrong with it. */
export async function look(visit, what) {
  const found = [
    ...(await width(visit)),
    ...(await names(visit)),
    ...(await markup(visit, what)),
    ...(visit.script ? await barriers(visit) : []),
    ...visit.faults.splice(0),
  ];
  visit.found.push(...found.map((wrong) => `${what}: ${wrong}`));
}

/** The end of a visit: nothing was found on any page. */
export function nothingFound(visit) {
  const all = [...new Set([...visit.found, ...visit.faults])];
  assert.ok(all.length === 0, `${all.length} things are wrong:\n${all.join("\n")}`);
}

/** Nothing is wider than the window: nobody scrolls sideways to read. */
async function width({ page }) {
  const { wide, window, culprits } = await page.evaluate(() => ({
    wide: document.scrollingElement.scrollWidth,
    window: window.innerWidth,
    culprits: [...document.querySelectorAll("main *, header *, footer *")]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 3)
      .map((element) => element.outerHTML.slice(0, 120)),
  }));
  return wide <= window ? [] : [`${wide} px wide in a window of ${window}: ${culprits.join(" ")}`];
}

/** A title that names the page, one heading of the first rank, a language. */
async function names({ page }) {
  const { title, headings, lang, places } = await page.evaluate(() => ({
    title: document.title.trim(),
    headings: document.querySelectorAll("h1").length,
    lang: document.documentElement.lang,
    // A text that is in no catalogue shows its place instead.
    places: document.body.innerText.match(/\b(council|date|home|journey|page|problem|track)\.[a-z_]{3,}[\w.]*/g) ?? [],
  }));
  const found = places.map((place) => `there is no text for ${place}`);
  if (title.length < 5) found.push(`the title is “${title}”`);
  if (headings !== 1) found.push(`there are ${headings} main headings`);
  if (!/^[a-z]{2}(-[A-Z]{2})?$/.test(lang)) found.push(`the language is “${lang}”`);
  return found;
}

/** The page's source, as it came over the wire, is sound HTML. */
async function markup(visit, what) {
  const source = await visit.source();
  if (!source) return ["the page's source was not seen"];
  if (sound.has(source)) return [];
  const report = await html.validateString(source, `${what}.html`);
  const lines = source.split("\n");
  const found = report.results.flatMap((result) => result.messages);
  if (found.length === 0) sound.add(source);
  return found.map((wrong) => `HTML ${wrong.ruleId}: ${wrong.message}: ${lines[wrong.line - 1]?.trim().slice(0, 160)}`);
}

/** What axe finds. It is put in by the browser's own debugger, so the page's security policy stays in force. */
async function barriers({ page }) {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    const result = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return result.violations.map((violation) => {
      const nodes = violation.nodes.slice(0, 3).map((node) => {
        const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ");
        return `${node.html.slice(0, 160)} (${why.slice(0, 200)})`;
      });
      return `axe ${violation.id}: ${violation.help}: ${nodes.join(" | ")}`;
    });
  }, TAGS);
}
