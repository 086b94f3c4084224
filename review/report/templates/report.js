// A little convenience; the page reads in full without it. Tables marked data-sort get buttons to sort and a field to filter.
"use strict";
for (const table of document.querySelectorAll("table[data-sort]")) {
  const body = table.tBodies[0], rows = [...body.rows];
  if (rows.length < 8) continue; // what can be seen at a glance needs no help
  const grouped = rows.some((row) => row.querySelector("th.group")); // its rows belong under their headings
  const text = (row, i) => row.cells[i] ? row.cells[i].textContent.trim() : "";
  const number = (s) => /^[\d,.]+ ?%?$/.test(s) ? parseFloat(s.replace(/[,% ]/g, "")) : NaN;
  [...table.tHead.rows[0].cells].forEach((th, i) => {
    if (grouped || !th.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...th.childNodes);
    th.append(button);
    button.addEventListener("click", () => {
      const up = th.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      th.setAttribute("aria-sort", up ? "ascending" : "descending");
      const sorted = [...rows].sort((a, b) => {
        const x = text(a, i), y = text(b, i), n = number(x), m = number(y);
        const order = isNaN(n) || isNaN(m) ? x.localeCompare(y, "en", {numeric: true}) : n - m;
        return up ? order : -order;
      });
      body.append(...sorted);
    });
  });
  const box = document.createElement("div"), label = document.createElement("label"), input = document.createElement("input"), told = document.createElement("span");
  box.className = "find";
  label.textContent = "Filter these rows ";
  input.type = "search";
  told.setAttribute("role", "status");
  label.append(input);
  box.append(label, told);
  (table.closest(".wide") || table).before(box);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const hit = words.every((w) => row.textContent.toLowerCase().includes(w));
      row.hidden = !hit;
      shown += hit;
    }
    told.textContent = words.length ? `${shown} of ${rows.length}` : "";
  });
}
// A link into a folded part unfolds it.
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  if (target) target.scrollIntoView();
};
addEventListener("hashchange", unfold);
if (location.hash) unfold();
