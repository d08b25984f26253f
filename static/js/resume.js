// A scanned code comes behind the #, which no server sees: it is typed in here, and taken from the address.
export function startFromHash(field) {
  const input = field.querySelector("input");
  const code = location.hash.slice(1);
  if (!code || !/^[0-9A-Za-z-]{16,24}$/.test(code)) return;
  input.value = code;
  history.replaceState(null, "", location.pathname);
}
