// What the server doesn't have yet waits here under the address it goes to.
const OURS = "whose-word:";
const OLDEST = 14 * 24 * 3600 * 1000;
const PATIENCE = 20000;

export const longer = (wait) => Math.min(wait * 2, 30);

const line = () => document.querySelector("[data-owner]");

function tried(work) {
  try {
    return work();
  } catch {
    // A browser that stores nothing works as before.
  }
}

const names = () => tried(() => Object.keys(localStorage).filter((name) => name.startsWith(OURS))) ?? [];
const take = (name) => tried(() => localStorage.removeItem(name));

function all() {
  return names().flatMap((name) => {
    const one = tried(() => JSON.parse(localStorage.getItem(name)));
    if (one?.path) return [one];
    take(name);
    return [];
  });
}

const ours = () => all().filter((one) => one.owner === line()?.dataset.owner);

export const waiting = (path) => ours().find((one) => one.path === path);
export const drop = (path) => take(OURS + path);

// Says whether it could. `what` is the fields of an answer, a text with its base, or what isn't sent yet and was begun.
export function hold(path, what) {
  const owner = line()?.dataset.owner;
  const record = JSON.stringify({ ...what, path, owner, at: Date.now() });
  const keep = () => {
    localStorage.setItem(OURS + path, record);
    return true;
  };
  return owner && tried(keep);
}

// The server has an answer: nothing else can go there.
export function dropStep(path) {
  drop(path);
  drop(`${path}/draft`);
}

// What became of an answer. A status says nothing by itself: filters and networks' logins send any of them.
// So a page tells by its own mark: this step's, or that of an error of ours. Of all others the answer is still here.
export function outcome(status, page, path) {
  if (page.includes(` data-step="${path}"`)) {
    if (status < 400) return "kept";
    if (page.includes(" data-answer")) return "again";
    return status === 409 ? "stands" : "later";
  }
  if (!page.includes(" data-trouble")) return "later";
  return status < 400 || status >= 500 || [409, 429].includes(status) ? "later" : "elsewhere";
}

// Safari before 16 has no AbortSignal.timeout.
function patience() {
  if (AbortSignal.timeout) return AbortSignal.timeout(PATIENCE);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE);
  return controller.signal;
}

async function send({ path, fields }) {
  const token = document.querySelector("[name=csrf_token]");
  const body = new URLSearchParams([...fields, [token.name, token.value]]);
  try {
    const answer = await fetch(path, { method: "POST", body, signal: patience() });
    return outcome(answer.status, await answer.text(), path);
  } catch {
    return "later";
  }
}

const numbered = (words, one) => words?.replace("{n}", one.path.split("/").pop()) ?? "";

// The page's task comes first.
let shown = "";
function show(one, state) {
  const place = line();
  if (/changed|saving|unsaved|failed/.test(place.dataset.state) && place.textContent !== shown) return;
  shown = numbered(place.dataset[`${state}There`], one);
  place.dataset.state = state === "later" ? "unsaved" : state;
  place.textContent = shown;
}

function tell(one, result) {
  const place = document.querySelector("[data-told]");
  const words = place.dataset[result];
  if (!words) return;
  const link = document.createElement("a");
  link.href = one.path;
  link.textContent = numbered(place.dataset.open, one);
  place.append(numbered(words, one), " ", link, " ");
  place.hidden = false;
}

export function startOutbox(place) {
  if (!place.dataset.owner) return startLeaving(place);
  const here = location.pathname;
  const asks = () => document.querySelector("[data-answer]");
  const refused = new Set();
  let wait = 2;
  let timer = 0;
  let underWay = false;

  const go = async () => {
    if (underWay) return;
    underWay = true;
    clearTimeout(timer);
    let left = false;
    for (const one of ours()) {
      const { path } = one;
      // A task on the page sends its own answer.
      if (!one.fields || refused.has(path) || (path === here && asks())) continue;
      show(one, "later");
      const result = await send(one);
      if (result === "later") left = true;
      else {
        if (result === "kept" || result === "stands") dropStep(path);
        else refused.add(path);
        // Neither the device's clock alone nor the server alone ends it.
        if (result === "elsewhere" && Date.now() - one.at > OLDEST) dropStep(path);
        show(one, result);
        tell(one, result);
      }
    }
    underWay = false;
    if (left) {
      timer = setTimeout(go, wait * 1000);
      wait = longer(wait);
    } else if (place.dataset.state === "unsaved") show(null, ""); // Another window sent it.
  };
  if (!asks()) drop(`${here}/draft`);
  if (!asks() && !waiting(here)?.fields) drop(here);
  addEventListener("online", go);
  go();
}

// Who leaves is told, and takes it along.
function startLeaving(warning) {
  warning.hidden = all().every((one) => one.begun);
  document.addEventListener("submit", ({ target }) => {
    if (!/\/me\/(leave|delete)$/.test(target.action)) return;
    // Offline nobody leaves, and without the tick nothing is deleted.
    if (navigator.onLine && target.elements.sure?.checked !== false) names().forEach(take);
  });
}
