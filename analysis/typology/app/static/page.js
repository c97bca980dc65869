"use strict";
// The page works without this: it says that it waits, copies, and shows how far a run is.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.dataset.wait) return;
    button.setAttribute("aria-busy", "true");
    button.dataset.said = button.textContent;
    button.textContent = button.dataset.wait;
  });
}
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.textContent = button.dataset.said;
  }
});
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const told = button.parentElement.querySelector("[data-copied]");
    await navigator.clipboard.writeText(button.dataset.copy);
    told.textContent = told.dataset.copied;
    setTimeout(() => { told.textContent = ""; }, 4000);
  });
}
// A field for a file speaks the language of the page, not that of the browser.
for (const place of document.querySelectorAll(".choose")) {
  const field = place.querySelector("input");
  const told = place.querySelector(".chosen");
  const none = told.textContent;
  const tell = () => {
    told.textContent = [...field.files].map((file) => file.name).join(", ") || none;
    field.setCustomValidity(field.required && !field.files.length ? place.dataset.missing : "");
  };
  field.addEventListener("change", tell);
  place.classList.add("own");
  tell();
}
// What a choice makes useless is not shown.
for (const part of document.querySelectorAll("[data-when]")) {
  const [, name, not, values] = part.dataset.when.match(/^([\w/]+)(!?)=(.*)$/);
  const form = part.closest("form");
  const field = form.elements[name];
  const value = () => (field.type === "checkbox" && !field.checked ? "" : field.value);
  const show = () => { part.hidden = values.split("|").includes(value()) === (not === "!"); };
  form.addEventListener("change", show);
  show();
}
// What is typed is kept by the program, and shown as it will be answered.
for (const form of document.querySelectorAll("[data-keep]")) {
  const address = form.dataset.keep || form.action;
  let waits = 0;
  const keep = async (event) => {
    clearTimeout(waits);
    waits = 0;
    const typed = new FormData(form);
    typed.set("act", "keep");
    try {
      const answer = await fetch(address, { method: "POST", body: typed, keepalive: true });
      const { reads } = await answer.json();
      const seen = document.querySelector("[data-seen]");
      if (reads && event?.type === "change") seen.src = seen.getAttribute("src");
    } catch { /* the program was stopped: the page says so at the next step */ }
  };
  form.addEventListener("input", () => {
    clearTimeout(waits);
    waits = setTimeout(keep, 250);
  });
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => { clearTimeout(waits); waits = 0; });
  addEventListener("pagehide", () => { if (waits) keep(); });
}
const work = document.querySelector("[data-state]");
if (work) {
  const look = async () => {
    let state = null;
    try {
      const answer = await fetch(work.dataset.state);
      state = await answer.json();
    } catch { return; }
    if (state.end) {
      location.reload();
      return;
    }
    const bar = work.querySelector("progress");
    bar.value = state.share;
    bar.textContent = `${state.share} %`;
    for (const name of ["stage", "left"]) {
      const place = work.querySelector(`[data-${name}]`);
      if (place.textContent !== state[name]) place.textContent = state[name];
    }
  };
  setInterval(look, 1000);
}
