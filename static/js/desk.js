// Starts each component on the page, and again on what htmx puts there. A page fetches those that it has.
const components = [
  ["[data-units]", "units", "startUnits"],
  ["[data-steps]", "steps", "startSteps"],
  ["[data-answer]", "saved", "startSaved"],
  ["[data-owner], [data-leaving]", "outbox", "startOutbox"],
  ["textarea[data-draft-url], [data-words]", "draft", "startDraft"],
  ["[data-zone]", "zone", "startZone"],
  ["[data-copy]", "copy", "startCopy"],
  ["[data-from-hash]", "resume", "startFromHash"],
  ["[data-press-next]", "board", "startBoard"],
];
const started = new WeakMap();

async function startAll(elements, file, name) {
  const { [name]: begin } = await import(`./${file}.js`);
  for (const element of elements) {
    const begun = started.get(element) ?? new Set();
    if (!begun.has(begin)) {
      begun.add(begin);
      started.set(element, begun);
      begin(element);
    }
  }
}

function start(root) {
  for (const [selector, file, name] of components) {
    const elements = root.querySelectorAll(selector);
    if (elements.length > 0) startAll(elements, file, name);
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
