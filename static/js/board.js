// One key goes on: on the board space or the right arrow, elsewhere the letter that the button names.
export function startBoard(button) {
  const letter = button.dataset.pressNext;
  const keys = letter ? [letter] : ["ArrowRight", " "];
  const busy = letter ? "textarea, input[type=text], select" : "input, select, textarea, button, summary, a";
  document.addEventListener("keydown", (event) => {
    if (!keys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(busy)) return;
    event.preventDefault();
    button.click();
  });
}
