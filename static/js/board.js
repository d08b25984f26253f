// One key goes on: on the board space or the right arrow, elsewhere the letter that the button names.
// Who turned keys of one sign off has none in the foot.
export function startBoard(button) {
  const letter = button.dataset.pressNext;
  if (letter && !document.querySelector("[data-keys='?']")) return;
  const keys = letter ? [letter] : ["ArrowRight", " "];
  const busy = letter ? "textarea, input[type=text], select" : "input, select, textarea, button, summary, a";
  document.addEventListener("keydown", (event) => {
    if (!keys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(busy) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    button.click();
  });
}
