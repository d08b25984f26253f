// Starts each component on the page, and again on what htmx puts there.
// What keeps answers comes with the page, before htmx says that it is there; the rest is fetched where it is used.
import { startOutbox } from "./outbox.js";
import { startSaved } from "./saved.js";

// Where it can't be fetched, the page works as it does without scripts.
const fetched = (file, name) => (element) =>
  import(`./${file}.js`).then(
    (module) => element.isConnected && module[name](element),
    () => {},
  );
// The keys of this page are shown by the button, and by the key that it names.
const TYPED = "textarea, select, input:not([type=checkbox], [type=radio])";
function startKeys(button) {
  const show = () => document.querySelector("dialog[open]") ?? document.getElementById("key-map").showModal();
  // Without scripts a link leads to the guide.
  button.previousElementSibling.remove();
  button.hidden = false;
  button.addEventListener("click", show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== button.dataset.keys || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(TYPED)) return;
    event.preventDefault();
    show();
  });
}

const components = [
  ["[data-answer]", startSaved],
  ["[data-owner], [data-leaving]", startOutbox],
  ["[data-units]", fetched("units", "startUnits")],
  ["[data-steps]", fetched("units", "startSteps")],
  ["textarea[data-draft-url], [data-words]", fetched("draft", "startDraft")],
  ["[data-zone]", fetched("zone", "startZone")],
  ["[data-copy]", fetched("copy", "startCopy")],
  ["[data-from-hash]", fetched("resume", "startFromHash")],
  ["[data-keys]", startKeys],
  ["[data-press-next]", fetched("board", "startBoard")],
];
const started = new WeakMap();

function start(root) {
  for (const [selector, begin] of components) {
    for (const element of root.querySelectorAll(selector)) {
      const begun = started.get(element) ?? new Set();
      if (!begun.has(begin)) {
        begun.add(begin);
        started.set(element, begun);
        begin(element);
      }
    }
  }
}

// What came back is read from its start: the heading, or the note on the sentence tried.
function settle() {
  start(document);
  const place = document.querySelector("#told") ?? document.querySelector("#desk h1[tabindex]");
  place?.focus({ preventScroll: true });
}

// What is asked for again and again changes in place: who reads it isn't thrown out of it, and only news is announced.
function renew(old, fresh) {
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  if (before.map((one) => one.nodeName).join() !== after.map((one) => one.nodeName).join()) {
    old.replaceChildren(...after);
    return;
  }
  before.forEach((one, number) => {
    const other = after[number];
    if (one.nodeValue !== other.nodeValue) one.nodeValue = other.nodeValue;
    for (const { name, value } of other.attributes ?? []) {
      if (one.getAttribute(name) !== value) one.setAttribute(name, value);
    }
    renew(one, other);
  });
}

// A form that got no page of ours is sent as a form: the browser shows what came in its place.
function sendPlainly({ requestConfig }) {
  const form = requestConfig.elt.closest("form");
  if (!form || form.matches("[data-answer]")) return;
  form.setAttribute("hx-disable", "");
  htmx.process(form);
  (requestConfig.triggeringEvent?.submitter ?? form.querySelector("[type=submit]")).click();
}

// Only what was asked for is put in.
function refuseForeign({ detail }) {
  const wanted = detail.requestConfig.elt.closest("[hx-select]")?.getAttribute("hx-select");
  if (!detail.shouldSwap || !wanted) return;
  if (new DOMParser().parseFromString(detail.xhr.responseText, "text/html").querySelector(wanted)) return;
  detail.shouldSwap = false;
  sendPlainly(detail);
}

function renewed({ detail }) {
  if (!detail.shouldSwap || !detail.target.matches("[data-poll]")) return;
  detail.shouldSwap = false;
  // Whoever was signed out meanwhile is led elsewhere: nothing of that belongs here.
  if (new URL(detail.xhr.responseURL).pathname !== detail.requestConfig.path.split("?")[0]) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = detail.xhr.responseText;
  const parts = [...detail.target.querySelectorAll("[data-part]")];
  const same = (one, other) => one?.localName === other?.localName && one?.className === other?.className;
  if (!parts.length) {
    if (same(detail.target.firstElementChild, fresh.content.firstElementChild)) renew(detail.target, fresh.content);
    return;
  }
  for (const part of parts) {
    const news = fresh.content.getElementById(part.id);
    if (news) renew(part, news);
  }
}

start(document);
// Without this script each form is a plain form: htmx alone doesn't know whose answer it swaps in.
document.body.removeAttribute("hx-disable");
document.body.addEventListener("htmx:beforeSwap", renewed);
document.body.addEventListener("htmx:beforeSwap", refuseForeign);
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(failure, ({ detail }) => sendPlainly(detail));
}
document.body.addEventListener("htmx:afterSettle", settle);
