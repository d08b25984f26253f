// Says whether the answer is kept, and sends the same request again until it is.
import { dropStep, hold, longer, outcome, waiting } from "./outbox.js";

// What to say where nothing was kept. 404: nobody's step, or no longer this browser's.
export function stateOf(status, page, path) {
  if (outcome(status, page, path) !== "later") return status === 404 ? "lost" : "failed";
  return status && !page.includes(" data-trouble") ? "foreign" : "unsaved";
}

const LEADS = {
  // Back to this very step, where what waits is sent.
  lost: (place) => [`${place.dataset.resume}?back=${location.pathname.split("/").slice(-2).join("/")}`, place.dataset.comeBack],
  // Where the network shows its login.
  foreign: (place) => [location.pathname, place.dataset.loadAgain],
};

export function say(state) {
  const place = document.querySelector("[data-saved]");
  if (!place) return;
  place.dataset.state = state === "foreign" ? "unsaved" : state;
  place.textContent = place.dataset[state] ?? "";
  if (!LEADS[state]) return;
  const link = document.createElement("a");
  [link.href, link.textContent] = LEADS[state](place);
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
  const waited = waiting(here);
  if (waited) fill(form, waited.fields ?? waited.begun);
  // Without htmx the browser sends the form, and shows what comes of it.
  if (!window.htmx) return;
  let wait = 2;
  let timer = 0;
  let changed = false;
  let sent = null; // the fields on their way
  let sender = null;

  const again = () => {
    clearTimeout(timer);
    // Safari before 16 has no requestSubmit.
    (sender?.isConnected ? sender : form.querySelector("[data-send]")).click();
  };
  const free = () => {
    sent = null;
    wait = 2;
    form.classList.remove("waiting");
  };
  const retry = ({ status, responseText }) => {
    say(stateOf(status, responseText, here));
    timer = setTimeout(again, wait * 1000);
    wait = longer(wait);
  };

  const page = new AbortController();
  const { signal } = page;
  let led = false; // by a link of the line that says what is saved
  document.querySelector("[data-saved]")?.addEventListener("click", ({ target }) => (led = target.matches("a")), { signal });
  addEventListener(
    "beforeunload",
    (event) => (sent || changed) && !(led && waiting(here)?.fields) && event.preventDefault(),
    { signal },
  );
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
    form.addEventListener(failure, ({ detail: { elt, xhr } }) => {
      const state = stateOf(xhr.status, xhr.responseText, here);
      if (elt !== form) return say(state);
      if (outcome(xhr.status, xhr.responseText, here) === "later") return retry(xhr);
      free();
      say(state);
    });
  }
  // Swapping is announced on what is exchanged, not on the form.
  document.body.addEventListener(
    "htmx:beforeSwap",
    ({ detail }) => {
      const elt = detail.requestConfig?.elt;
      if (!form.contains(elt) || !detail.shouldSwap) return;
      const { status, responseText } = detail.xhr;
      const result = outcome(status, responseText, here);
      if (result === "later") {
        detail.shouldSwap = false;
        return elt === form ? retry(detail.xhr) : say(stateOf(status, responseText, here));
      }
      if (elt !== form) return;
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
  if (waited?.fields) {
    sent = waited.fields;
    say("unsaved");
    document.body.addEventListener("htmx:load", again, { once: true, signal });
  }
}
