// Proposes the zone of this browser for a new class; what was typed or sent before stays.
export function startZone(input) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const untouched = input.value === input.dataset.zone;
  if (!timeZone || !untouched) return;
  input.value = timeZone;
  const shown = document.querySelector("[data-zone-shown]");
  if (shown) shown.textContent = timeZone;
}
