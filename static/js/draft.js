// Keeps a text as a draft while it is being written, and counts its words.
import { drop, hold, outcome, waiting } from "./outbox.js";
import { say, stateOf } from "./saved.js";

const PAUSE = 2000;

function count(text, place) {
  const words = text.trim().split(/\s+/u).filter(Boolean).length;
  place.textContent = words === 1 ? place.dataset.one : place.dataset.many.replace("{n}", words);
}

function fields(area) {
  const token = area.form?.querySelector("[name=csrf_token]")?.value ?? "";
  return new URLSearchParams({ csrf_token: token, text: area.value });
}

// The server tidies blanks.
const tidy = (text) => text.trim().split(/\s+/u).join(" ");

// What waited, below a text that came from another device meanwhile.
function joined(kept, { base, text }) {
  return text.startsWith(kept) || [base, text].map(tidy).includes(tidy(kept)) ? text : `${kept}\n\n${text}`;
}

async function keep(area) {
  const answer = await fetch(area.dataset.draftUrl, { method: "POST", body: fields(area) });
  const page = await answer.text();
  const result = outcome(answer.status, page, location.pathname);
  // What is kept leads back to its task.
  if (result === "kept") return "kept";
  const state = stateOf(answer.status, page, location.pathname);
  if (result === "later") throw new Error(state);
  return state;
}

function autosave(area) {
  const url = area.dataset.draftUrl;
  let timer = 0;
  let wait = PAUSE;
  let underWay = false;
  let base = area.defaultValue; // what the server has
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  const save = async () => {
    // One at a time, so that an older text never arrives after a newer one.
    if (underWay) return later(PAUSE);
    underWay = true;
    const text = area.value;
    say("saving");
    try {
      const state = await keep(area);
      wait = PAUSE;
      if (state === "kept") base = text;
      if (area.value !== text) return;
      say(state);
      if (state === "kept") {
        drop(url);
        area.dispatchEvent(new CustomEvent("draft:kept", { bubbles: true }));
      }
    } catch ({ message }) {
      if (!area.isConnected) return;
      say(message === "foreign" ? "foreign" : "unsaved");
      wait = Math.min(wait * 2, 30000);
      later(wait);
    } finally {
      underWay = false;
    }
  };
  const written = () => {
    hold(url, { base, text: area.value });
    say("changed");
    later(PAUSE);
  };
  area.addEventListener("input", written);
  // Whoever leaves before the pause is over: what is there is sent off at once.
  addEventListener("pagehide", () => {
    if (document.querySelector("[data-saved]")?.dataset.state === "changed" && area.isConnected) {
      navigator.sendBeacon(url, fields(area));
    }
  });
  area.form?.addEventListener("submit", () => clearTimeout(timer));

  const waited = waiting(url);
  // An answer that waits as well is newer, and is about to be sent.
  if (waiting(location.pathname)?.fields) return;
  if (!waited) {
    // Written before this script was there.
    if (area.value !== base) written();
    return;
  }
  area.value = joined(area.value, waited);
  area.dispatchEvent(new CustomEvent("draft:filled"));
  // Even the same text: a refused answer brings it back, and no draft has it.
  save();
}

export function startDraft(element) {
  if (element.matches("textarea")) return autosave(element);
  const area = element.closest("form")?.querySelector("textarea");
  if (!area) return;
  count(area.value, element);
  for (const change of ["input", "draft:filled"]) {
    area.addEventListener(change, () => count(area.value, element));
  }
}
