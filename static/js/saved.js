// Says whether the answer is kept, and sends the same request again until it is.
const LONGEST = 30;
const GONE = new Set([502, 503, 504]);

const line = () => document.querySelector("[data-saved]");

export function say(state) {
  const place = line();
  if (!place) return;
  place.dataset.state = state;
  place.textContent = place.dataset[state] ?? "";
}

export function startSaved(form) {
  let wait = 2;
  let timer = 0;
  let changed = false;
  let sent = null; // the fields of the request on its way, kept until the server has them
  let sender = null;

  const warn = (event) => {
    if (sent || changed) event.preventDefault();
  };
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
    clearTimeout(timer);
    timer = setTimeout(again, wait * 1000);
    wait = Math.min(wait * 2, LONGEST);
  };

  const page = new AbortController();
  const { signal } = page;
  addEventListener("beforeunload", warn, { signal });
  addEventListener("online", () => sent && again(), { signal });

  // Until the server has answered, what was sent stands: the request is repeated, not a new one made.
  for (const kind of ["click", "beforeinput"]) {
    form.addEventListener(
      kind,
      (event) => {
        if (sent && event.target.matches("input, textarea, label, label *")) event.preventDefault();
      },
      true,
    );
  }
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("draft:kept", () => {
    changed = false;
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter) sender = event.submitter;
  });
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    const fields = event.detail.formData;
    if (sent) {
      for (const name of new Set(fields.keys())) fields.delete(name);
      for (const [name, value] of sent) fields.append(name, value);
    } else {
      sent = [...fields.entries()];
    }
    form.classList.add("waiting");
    say(wait > 2 ? "unsaved" : "saving");
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) form.addEventListener(failure, retry);
  form.addEventListener("htmx:responseError", (event) => {
    if (GONE.has(event.detail.xhr.status)) retry();
    else {
      free();
      say("failed");
    }
  });
  // Swapping is announced on the place that is exchanged, not on the form.
  document.body.addEventListener(
    "htmx:beforeSwap",
    ({ detail }) => {
      if (detail.requestConfig?.elt !== form || !detail.shouldSwap) return;
      const { status } = detail.xhr;
      free();
      clearTimeout(timer);
      page.abort();
      say(status < 400 || status === 409 ? "kept" : "");
    },
    { signal },
  );
}
