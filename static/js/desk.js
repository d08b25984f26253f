// Starts each component on the page, and again on what htmx puts there.
import { startDraft } from "./draft.js";
import { startOutbox } from "./outbox.js";
import { startSaved } from "./saved.js";
import { startSteps } from "./steps.js";
import { startUnits } from "./units.js";
import { startBoard } from "./board.js";
import { startCopy } from "./copy.js";
import { startFromHash } from "./resume.js";
import { startZone } from "./zone.js";

const components = [
  ["[data-units]", startUnits],
  ["[data-steps]", startSteps],
  ["[data-answer]", startSaved],
  ["[data-owner], [data-leaving]", startOutbox],
  ["textarea[data-draft-url], [data-words]", startDraft],
  ["[data-zone]", startZone],
  ["[data-copy]", startCopy],
  ["[data-from-hash]", startFromHash],
  ["[data-press-next]", startBoard],
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
