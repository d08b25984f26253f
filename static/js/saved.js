// Says whether the answer is kept, and sends the same request again until it is.
import { dropStep, hold, longer, outcome, waiting } from "./outbox.js";

const GONE = new Set([0, 502, 503, 504]);

// 404: nobody's step, or no longer this browser's.
export const stateOf = (status) => (status === 404 ? "lost" : GONE.has(status) ? "unsaved" : "failed");

export function say(state) {
  const place = document.querySelector("[data-saved]");
  if (!place) return;
  place.dataset.state = state;
  place.textContent = place.dataset[state] ?? "";
  if (state !== "lost") return;
  // Back to this very step, where what waits is sent.
  const link = document.createElement("a");
  link.href = `${place.dataset.resume}?back=${location.pathname.split("/").slice(-2).join("/")}`;
  link.textContent = place.dataset.comeBack;
  place.append(" ", link);
}

// What a draft or the page itself holds.
const HELD_ELSEWHERE = new Set(["csrf_token", "submit_key", "text"]);
const begun = (fields) => fields.filter(([name]) => !HELD_ELSEWHERE.has(name));

function fill(form, fields) {
  const all = new URLSearchParams(fields);
  for (const box of form.elements) {
    const values = all.getAll(box.name);
    if (box.matches("[type=checkbox], [type=radio]")) box.checked = values.includes(box.value);
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
  // A reload loses nothing that was begun. What was sent and waits is sent as it stands now.
  const inForm = () => [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  form.addEventListener("input", ({ target }) => {
    const kept = hold(here, waiting(here)?.fields ? { fields: inForm() } : { begun: begun(inForm()) });
    if (!kept || target.matches("textarea")) changed = true;
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
      if (detail.elt !== form) return say(stateOf(detail.xhr.status));
      if (GONE.has(detail.xhr.status)) return retry();
      free();
      say(stateOf(detail.xhr.status));
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
      else if (result === "again") hold(here, { begun: begun(sent) });
      free();
      clearTimeout(timer);
      page.abort();
      say(kept ? "kept" : "");
    },
    { signal },
  );

  // The page was closed while this answer was on its way.
  const waited = waiting(here);
  if (waited?.begun) fill(form, waited.begun);
  if (waited?.fields) {
    sent = waited.fields;
    fill(form, sent);
    say("unsaved");
    document.body.addEventListener("htmx:load", again, { once: true, signal });
  }
}
