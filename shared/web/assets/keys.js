// The desk with the keyboard alone. Nothing here is needed: each key presses what stands on the page anyway.
// Single keys can be switched off (WCAG 2.1.4), and never act while somebody types.

const STORED = "redress-keys";
const off = () => localStorage.getItem(STORED) === "off";

const rows = () => [...document.querySelectorAll("[data-row]")];
let at = -1;

function move(by) {
  const all = rows();
  if (all.length === 0) {
    return;
  }
  all[at]?.classList.remove("redress-row--current");
  at = Math.min(Math.max(at + by, 0), all.length - 1);
  all[at].classList.add("redress-row--current");
  all[at].querySelector("a")?.focus();
  all[at].scrollIntoView({ block: "nearest" });
}

// What a key presses: the row's own, or else the page's.
function pressed(key) {
  return rows()[at]?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`[data-key="${key}"]`);
}

function press(key) {
  const found = pressed(key);
  if (found instanceof HTMLFormElement) {
    found.requestSubmit();
  } else {
    found?.click();
  }
  return Boolean(found);
}

// A tick belongs to the line somebody is on: none is ticked out of sight.
function tick() {
  rows()[at]?.querySelector('[data-key="x"]')?.click();
}

function search() {
  const field = document.querySelector('[role="search"] input[name="q"]');
  if (field) {
    field.focus();
    return true;
  }
  return press("search");
}

const keys = {
  "/": search,
  j: () => move(1),
  k: () => move(-1),
  o: () => rows()[at]?.querySelector("a")?.click(),
  x: () => tick(),
  a: () => press("a"),
  n: () => press("n"),
  "?": () => press("help"),
};

// A tick is no typing; anything that takes letters is.
const TICKS = ["checkbox", "button", "submit"];

function typing(target) {
  const field = target instanceof HTMLInputElement && !TICKS.includes(target.type);
  return field || target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName);
}

document.addEventListener("keydown", (event) => {
  const known = Object.hasOwn(keys, event.key);
  if (!known || off() || event.repeat || event.isComposing || typing(event.target)) {
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  event.preventDefault();
  keys[event.key]();
});

// Following the focus, so that `j` goes on from wherever somebody is.
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row) {
    rows()[at]?.classList.remove("redress-row--current");
    at = rows().indexOf(row);
    row.classList.add("redress-row--current");
  }
});

// The switch, on the page that lists the keys.
const control = document.querySelector("[data-keys-switch]");
if (control) {
  const said = document.querySelector("[data-keys-state]");
  const show = () => {
    said.textContent = off() ? "Shortcuts are off in this browser." : "Shortcuts are on in this browser.";
    control.textContent = off() ? "Switch shortcuts on" : "Switch shortcuts off";
  };
  control.hidden = false;
  control.addEventListener("click", () => {
    localStorage.setItem(STORED, off() ? "on" : "off");
    show();
  });
  show();
}
