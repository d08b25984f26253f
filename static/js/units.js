// What is pressed on a sheet: marks while answering, steps through the notes afterwards.

// Keys for marking: arrows move between units, a digit picks an answer of the row, Enter sends.
const BOXES = "input[type=checkbox], input[type=radio]";

// One stop a row: its checked radio, else its first; each checkbox is a stop of its own.
function stops(root) {
  const names = new Set();
  return [...root.querySelectorAll(BOXES)].filter((box) => {
    if (box.type === "checkbox") return true;
    if (names.has(box.name)) return false;
    names.add(box.name);
    return true;
  });
}

function rowOf(box) {
  const row = box.closest("[data-row]") ?? box.form;
  const kind = box.type === "radio" ? `input[name="${CSS.escape(box.name)}"]` : BOXES;
  return [...row.querySelectorAll(kind)];
}

function move(root, box, by) {
  const all = stops(root);
  const here = all.findIndex((one) => one === box || (box.type === "radio" && one.name === box.name));
  const next = all[here + by];
  if (!next) return;
  const target = next.type === "radio" ? (rowOf(next).find((one) => one.checked) ?? next) : next;
  target.focus({ preventScroll: true });
  target.closest("label, fieldset").scrollIntoView({ block: "nearest" });
}

// The strip above the text fills as one marks, and shows again what it held where a mark is taken away.
// A mark in the text is a tick there: which bin it speaks of is known with the key, so it comes with the feedback.
const KINDS = { sourced: "source", hinted: "hint", "own-voice": "voice" };

function fillStrip(root) {
  const marked = new Map();
  for (const { name, value } of root.querySelectorAll(":checked")) {
    if (name === "mark") marked.set(value, "mark");
    else if (value in KINDS) marked.set(name.replace("row-", ""), KINDS[value]);
  }
  // The boxes say it better than the list of what was marked when the page came.
  const said = document.querySelector(".strip .vh");
  if (said) said.hidden = marked.size > 0;
  for (const cell of document.querySelectorAll("[data-of]")) {
    const of = cell.dataset.of.split(" ").find((one) => marked.has(one));
    cell.className = `cell ${marked.get(of) ?? cell.dataset.kind}`;
  }
}

export function startUnits(root) {
  root.addEventListener("change", () => fillStrip(root));
  fillStrip(root);
  root.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!box.matches?.(BOXES) || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      // Within a single row of radios the arrows choose, as everywhere else.
      if (box.type === "radio" && stops(root).length === 1) return;
      event.preventDefault();
      move(root, box, by);
    } else if (/^[1-9]$/.test(event.key)) {
      const choice = rowOf(box)[Number(event.key) - 1];
      if (choice && (box.type === "radio" || box.closest("[data-row]"))) {
        event.preventDefault();
        choice.focus();
        choice.click();
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      box.form?.querySelector("[data-send]").click();
    }
  });
}

// After the answer: step through what was missed, over-marked or placed elsewhere, and nothing else.
const WRONG = ".note[data-verdict=missed], .note[data-verdict=over], .note[data-verdict=misplaced]";

export function startSteps(button) {
  const label = button.querySelector("[data-steps-label]");
  const notes = [...document.querySelectorAll(WRONG)];
  if (!notes.length || !label) return;
  const onward = button.parentElement.querySelector(".next");
  let next = 0;
  button.hidden = false;
  onward?.classList.add("quiet");
  button.addEventListener("click", () => {
    const note = notes[next];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    next = (next + 1) % notes.length;
    if (!next) {
      button.classList.add("quiet");
      onward?.classList.remove("quiet");
    }
    label.textContent = next ? label.dataset.next : label.dataset.again;
  });
}
