// Keys for what a teacher presses: on the board space, → and a remote's "next" go on, ← and "previous" go back;
// elsewhere the letter that the button names. Who turned keys of one sign off has none in the foot.
const ON = ["ArrowRight", "PageDown", " "];
const BACK = ["ArrowLeft", "PageUp"];

export function startBoard(button) {
  const letter = button.dataset.pressNext;
  if (letter && !document.querySelector("[data-keys='?']")) return;
  const busy = letter ? "textarea, input[type=text], select" : "input, select, textarea, button, summary, a";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(busy) || document.querySelector("dialog[open]")) return;
    const pressed = pressedBy(event.key, letter, button);
    if (!pressed || (event.key === " " && hidesMore())) return;
    event.preventDefault();
    pressed.click();
  });
}

// Space shows the rest of a long page first, as everywhere.
const hidesMore = () => scrollY + innerHeight < document.documentElement.scrollHeight - 40;

function pressedBy(key, letter, button) {
  if (letter ? key === letter : ON.includes(key)) return button;
  return !letter && BACK.includes(key) ? document.querySelector("[data-press-back]") : null;
}
