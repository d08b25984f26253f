// On the board: space or the right arrow goes on, one press after the other.
export function startBoard(link) {
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea, button, summary, a")) return;
    if (event.key === "ArrowRight" || event.key === " ") {
      event.preventDefault();
      link.click();
    }
  });
}
