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
const components = [
  ["[data-answer]", startSaved],
  ["[data-owner], [data-leaving]", startOutbox],
  ["[data-units]", fetched("units", "startUnits")],
  ["[data-steps]", fetched("units", "startSteps")],
  ["textarea[data-draft-url], [data-words]", fetched("draft", "startDraft")],
  ["[data-zone]", fetched("zone", "startZone")],
  ["[data-copy]", fetched("copy", "startCopy")],
  ["[data-from-hash]", fetched("resume", "startFromHash")],
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

start(document);
document.body.addEventListener("htmx:afterSettle", settle);
