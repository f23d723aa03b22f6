// The service under test: `redress serve` in memory, with a clock that stands at a known morning.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

export const root = resolve(import.meta.dirname, "../../..");
export const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

// With the demo it first lives through some months, which takes a busy machine minutes.
const START_MS_MAX = 300_000;

/** Starts a service of the test's own; `stop` ends it, and nothing else. */
export async function startService({ clock = "2026-03-20T10:00", demo = false } = {}) {
  const binary = join(target, "debug/redress");
  if (!existsSync(binary)) throw new Error(`${binary} is not there: run \`cargo build -p redress\` first`);
  const asked = ["serve", "--port", "0", "--data", "memory", demo ? "--demo" : "--no-demo", "--clock", clock];
  const child = spawn(binary, asked, { stdio: ["ignore", "pipe", "pipe"] });
  // Whatever ends the tests ends what they started.
  process.once("exit", () => child.kill());
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  const errors = [];
  createInterface({ input: child.stderr }).on("line", (line) => errors.push(line));
  const base = await new Promise((found, failed) => {
    const late = setTimeout(() => {
      child.kill();
      failed(new Error("redress did not listen in time"));
    }, START_MS_MAX);
    child.once("exit", (code) => failed(new Error(`redress ended with ${code}: ${errors.join("\n")}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = /^listening on (http:\S+)/.exec(line);
      if (said) {
        clearTimeout(late);
        found(said[1]);
      }
    });
  });
  const stop = async () => {
    child.removeAllListeners("exit");
    const ended = new Promise((done) => child.once("exit", done));
    process.kill(child.pid, "SIGTERM");
    await ended;
  };
  return { base, stop, errors, ...doors(base) };
}

/** What staff and the world outside do, by the doors that programs use. */
function doors(base) {
  const call = async (method, path, body, headers = {}) => {
    const answer = await fetch(base + path, {
      method,
      headers: { ...(body ? { "content-type": "application/json" } : {}), ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  const staff = async (council, role) => {
    const { token } = await call("POST", "/dev/token", { council, role, name: "Chris Adeyemi" });
    const headers = { authorization: `Bearer ${token}` };
    return {
      read: (path) => call("GET", `/api/${council}/${path}`, undefined, headers),
      act: (reference, command, body) => call("POST", `/api/${council}/cases/${reference}/${command}`, body, headers),
    };
  };
  return {
    staff,
    post: (path, body, headers) => call("POST", path, body, headers),
    mailbox: (reference) => call("GET", `/dev/mailbox?reference=${reference}`),
    advance: (amount) => call("POST", "/dev/clock", { advance: amount }),
  };
}
