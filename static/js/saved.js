// Says whether the answer is kept, and sends the same request again until it is.
import { drop, dropStep, hold, longer, outcome, waiting } from "./outbox.js";

const GONE = new Set([0, 502, 503, 504]);

export function say(state) {
  const place = document.querySelector("[data-saved]");
  if (!place) return;
  place.dataset.state = state;
  place.textContent = place.dataset[state] ?? "";
}

const TICKS = "[type=checkbox], [type=radio]";

function fill(form, fields) {
  const all = new URLSearchParams(fields);
  for (const box of form.elements) {
    const values = all.getAll(box.name);
    if (box.matches(TICKS)) box.checked = values.includes(box.value);
    else if (values.length) [box.value] = values;
  }
}

export function startSaved(form) {
  const here = location.pathname;
  let wait = 2;
  let timer = 0;
  let changed = false;
  let sent = null; // the fields on their way
  let sender = null;

  const again = () => {
    clearTimeout(timer);
    form.requestSubmit(sender?.isConnected ? sender : undefined);
  };
  const free = () => {
    sent = null;
    wait = 2;
    form.classList.remove("waiting");
  };
  const retry = () => {
    say("unsaved");
    timer = setTimeout(again, wait * 1000);
    wait = longer(wait);
  };

  const page = new AbortController();
  const { signal } = page;
  addEventListener("beforeunload", (event) => (sent || changed) && event.preventDefault(), { signal });
  addEventListener("online", () => sent && again(), { signal });

  // Until the server has answered, what was sent stands.
  const still = (event) => {
    if (sent && event.target.matches("input, textarea, label, label *")) event.preventDefault();
  };
  form.addEventListener("click", still, true);
  form.addEventListener("beforeinput", still, true);
  // A reload loses no tick; a text has its draft.
  const ticks = () => [...form.querySelectorAll(":checked")].map(({ name, value }) => [name, value]);
  form.addEventListener("input", ({ target }) => {
    if (!(target.matches(TICKS) && hold(here, { ticks: ticks() }))) changed = true;
  });
  form.addEventListener("draft:kept", () => (changed = false));
  form.addEventListener("submit", (event) => {
    if (event.submitter) sender = event.submitter;
  });
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    const fields = event.detail.formData;
    // The button for drafts, pressed last, would lead it to its own address.
    event.detail.path = here;
    if (!sent) {
      sent = [...fields].filter(([name]) => name !== "csrf_token");
      hold(here, { fields: sent });
    }
    for (const name of new Set(fields.keys())) if (name !== "csrf_token") fields.delete(name);
    for (const [name, value] of sent) fields.append(name, value);
    form.classList.add("waiting");
    say(wait > 2 ? "unsaved" : "saving");
  });
  // That button's failures pass here too.
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    form.addEventListener(failure, ({ detail }) => {
      if (detail.elt !== form) return;
      if (GONE.has(detail.xhr.status)) return retry();
      free();
      say("failed");
      // Nobody’s answer, or no longer theirs.
      document.querySelector("[data-lost]").hidden = detail.xhr.status !== 404;
    });
  }
  // Swapping is announced on what is exchanged, not on the form.
  document.body.addEventListener(
    "htmx:beforeSwap",
    ({ detail }) => {
      if (detail.requestConfig?.elt !== form || !detail.shouldSwap) return;
      const result = outcome(detail.xhr.status, detail.xhr.responseText);
      if (result === "later") {
        detail.shouldSwap = false;
        return retry();
      }
      const kept = result === "kept" || result === "stands";
      if (kept) dropStep(here);
      else if (result === "again") drop(here);
      free();
      clearTimeout(timer);
      page.abort();
      say(kept ? "kept" : "");
    },
    { signal },
  );

  // The page was closed while this answer was on its way.
  const waited = waiting(here);
  if (waited?.ticks) fill(form, waited.ticks);
  if (waited?.fields) {
    sent = waited.fields;
    fill(form, sent);
    say("unsaved");
    document.body.addEventListener("htmx:load", again, { once: true, signal });
  }
}
