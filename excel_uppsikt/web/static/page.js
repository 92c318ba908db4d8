// What the page does beyond plain HTML: tells that it is open, shows work as it goes, takes dropped files.
"use strict";

const mark = document.querySelector('meta[name="mark"]')?.content ?? "";

function post(address, body) {
  return fetch(address, { method: "POST", body, headers: { "X-Uppsikt-Mark": mark } });
}

function pulse() {
  post("/puls").then(
    (answer) => { document.getElementById("borta").hidden = answer.ok; },
    () => { document.getElementById("borta").hidden = false; },
  );
}

if (mark) {
  pulse();
  setInterval(pulse, 30_000);
}

// What came of the work that led here: read out first, and not told once more when the page is loaded anew.
document.querySelector(".notice[tabindex]")?.focus();
const here = new URL(location.href);
if (here.searchParams.has("klart")) {
  here.searchParams.delete("klart");
  here.searchParams.delete("rad");
  history.replaceState(null, "", here);
}

// A page that shows how far some work is.
const work = document.getElementById("arbete");

async function look() {
  try {
    const answer = await fetch(work.dataset.laget, { headers: { "X-Uppsikt-Mark": mark } });
    const state = await answer.json();
    const told = document.getElementById("laget");
    if (told.textContent !== state.told) told.textContent = state.told;
    if (state.ended) {
      location.replace(work.dataset.klart);
      return;
    }
  } catch {
    // The notice at the foot of the page tells that the program has ended.
  }
  setTimeout(look, 400);
}

if (work) look();

// The next step where it is not known before the round has been read: put there when it has been.
async function showStep(box) {
  try {
    const answer = await fetch(box.dataset.laget, { headers: { "X-Uppsikt-Mark": mark } });
    if ((await answer.json()).ended) {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const known = page.querySelector(".next:not([data-laget])");
      if (known) box.replaceWith(known);
      return;
    }
  } catch {
    // The notice at the foot of the page tells that the program has ended.
  }
  setTimeout(showStep, 600, box);
}

const unknownStep = document.querySelector(".next[data-laget]");
if (unknownStep) showStep(unknownStep);

// A row of the compilation edited where it stands in the list: the form of its own page, put below it.
const LOSE = "Det du har skrivit i raden är inte sparat. Vill du kasta det?";

function changed(form) {
  return [...form.elements].some((one) => {
    if (one.type === "checkbox") return one.checked !== one.defaultChecked;
    if (one.tagName === "SELECT") return one.selectedOptions[0]?.defaultSelected === false;
    return one.name && one.type !== "hidden" && one.value !== one.defaultValue;
  });
}

// Whether a row's form may go: nothing was written in it, or it is to be thrown away.
function mayGo(form) {
  return !changed(form) || confirm(LOSE);
}

function close(row, link) {
  if (!mayGo(row.querySelector("form"))) return;
  row.remove();
  link.focus();
}

// What is written and not saved is not left without a question; what is being saved is.
let saving = null;
document.addEventListener("submit", (event) => { saving = event.target; });
window.addEventListener("beforeunload", (event) => {
  const forms = [...document.querySelectorAll("#andra, #ordna")];
  if (forms.some((form) => form !== saving && changed(form))) event.preventDefault();
});

async function edit(link) {
  const below = link.closest("tr");
  const open = document.querySelector("tr.editing");
  if (open?.previousElementSibling === below) return;
  if (open && !mayGo(open.querySelector("form"))) return;
  open?.remove();
  let form;
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form = answer.ok && document.adoptNode(page.getElementById("andra"));
  } catch {
    form = null;
  }
  if (!form) {
    location.assign(link.href);
    return;
  }
  const row = document.createElement("tr");
  const cell = document.createElement("td");
  const back = document.createElement("input");
  row.className = "editing";
  cell.colSpan = below.cells.length;
  Object.assign(back, { type: "hidden", name: "till", value: "lista" });
  form.append(back);
  cell.append(form);
  row.append(cell);
  below.after(row);
  form.querySelector(".cancel").addEventListener("click", (event) => {
    event.preventDefault();
    close(row, link);
  });
  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(row, link);
  });
  form.querySelector("textarea, input:not([type=hidden])").focus();
}

for (const link of document.querySelectorAll("a.edit")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    edit(link);
  });
}

// Files dropped on the inbox: each is sent by itself, and gets its row at once.
const drop = document.getElementById("slapp");

const COLUMNS = ["Från", "Aktiviteter", "Läge", "Anmärkningar"];

// A row with a file's name and what is told of it; `after` is the row that it comes below.
function rowFor(name, after) {
  const row = document.createElement("tr");
  const file = document.createElement("th");
  file.scope = "row";
  file.textContent = name;
  row.append(file);
  for (const column of COLUMNS) {
    const cell = document.createElement("td");
    cell.dataset.name = column;
    if (column === "Aktiviteter") cell.className = "number";
    row.append(cell);
  }
  if (after) after.after(row);
  else document.querySelector("#skickade tbody").append(row);
  return row;
}

function tell(row, state, found) {
  const [, whose, activities, place, told] = row.cells;
  place.textContent = found?.state || state;
  if (!found) return;
  row.cells[0].textContent = found.file;
  whose.textContent = found.whose;
  activities.textContent = found.activities;
  const line = document.createElement(found.link ? "a" : "span");
  if (found.link) line.href = found.link;
  line.textContent = found.found;
  told.replaceChildren(line);
  for (const said of found.says) told.append(document.createElement("br"), said);
}

async function send(file, row) {
  const form = new FormData();
  form.append("filer", file, file.name);
  form.append("rader", "1");
  tell(row, "läses");
  try {
    const answer = await post(drop.action, form);
    const { told, rows } = await answer.json();
    tell(row, told, rows[0]);
    let last = row;
    for (const one of rows.slice(1)) {
      last = rowFor(one.file, last);
      tell(last, told, one);
    }
    return answer.ok;
  } catch {
    tell(row, "Det gick inte att skicka filen. Försök igen.");
    return false;
  }
}

async function sendAll(files) {
  document.getElementById("skickade").hidden = false;
  const waiting = [...files].map((file) => [file, rowFor(file.name)]);
  const all = waiting.length;
  const told = document.getElementById("skickat");
  const bar = document.querySelector("#skickade progress");
  bar.max = all;
  for (const [, row] of waiting) tell(row, "väntar");
  let sent = 0, kept = 0;
  const next = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      if (await send(...one)) kept += 1;
      sent += 1;
      bar.value = sent;
      told.textContent = `${sent} av ${all} filer lästa`;
    }
  };
  await Promise.all([next(), next(), next()]);
  // The rows as the program reads them take the place of these, where all came through.
  if (kept === all) location.assign(drop.action);
  else told.textContent = `${kept} av ${all} filer togs emot. Se raderna nedan.`;
}

if (drop) {
  const input = drop.querySelector("input[type=file]");
  drop.addEventListener("submit", (event) => {
    if (input.files.length) {
      event.preventDefault();
      sendAll(input.files);
    }
  });
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    sendAll(event.dataTransfer.files);
  });
  // A file that is dropped beside it would else take the page's place.
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => event.preventDefault());
  }
}
