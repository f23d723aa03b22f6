// Builds the pages' stylesheet and script into the folder given, from what `npm ci` installed beside it.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "sass";

const [out] = process.argv.slice(2);
const here = import.meta.dirname;
const installed = join(here, "node_modules");
mkdirSync(out, { recursive: true });

const styles = compile(join(here, "redress.scss"), { style: "compressed", loadPaths: [installed], quietDeps: true });
writeFileSync(join(out, "redress.css"), styles.css);
copyFileSync(join(installed, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), join(out, "govuk-frontend.js"));
