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
