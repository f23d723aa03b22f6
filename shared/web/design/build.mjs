// Builds the pages' stylesheets and script into the folder given, from what `npm ci` installed beside it.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "sass";

const [out] = process.argv.slice(2);
const here = import.meta.dirname;
const installed = join(here, "node_modules");
mkdirSync(out, { recursive: true });

// Residents load the first alone: what only staff need is not on anybody's telephone.
for (const name of ["redress", "staff"]) {
  const styles = compile(join(here, `${name}.scss`), { style: "compressed", loadPaths: [installed], quietDeps: true });
  writeFileSync(join(out, `${name}.css`), styles.css);
}
copyFileSync(join(installed, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), join(out, "govuk-frontend.js"));
