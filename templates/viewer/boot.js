/* SPDX-License-Identifier: MIT */
/* ---- The table of functions: sorting by its heads ---------------------- */

function sortable(table) {
  const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((th, column) => {
    if (!th.hasAttribute('data-sort')) return;
    const b = html('button', '', null, th.textContent);
    th.textContent = '';
    th.appendChild(b);
    b.addEventListener('click', () => {
      const text = th.getAttribute('data-sort') === 'text';
      const now = th.getAttribute('aria-sort');
      const up = now ? now === 'descending' : text;
      heads.forEach(h => h.removeAttribute('aria-sort'));
      th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      sortRows(body, column, up, text);
    });
  });
}
function sortRows(body, column, up, text) {
  const key = row => {
    const cell = row.cells[column];
    return text ? cell.textContent : Number(cell.getAttribute('data-v'));
  };
  const rows = Array.from(body.rows, (row, i) => ({row, i, k: key(row)}));
  rows.sort((a, b) => (a.k < b.k ? -1 : a.k > b.k ? 1 : 0) * (up ? 1 : -1) || a.i - b.i);
  for (const r of rows) body.appendChild(r.row);
}

/* A picture in a section that is not shown is decoded when it first is. */
function whenShown(P) {
  const look = () => {
    unhide(P);
    if (!D.getElementById(P + 'pv').getClientRects().length) return;
    window.removeEventListener('hashchange', look);
    if (!started) start(P);
    started = true;
  };
  let started = false;
  window.addEventListener('hashchange', look);
  window.addEventListener('load', () => setTimeout(look)); // :target may come late
  look();
}
for (const e of Array.from(D.querySelectorAll('script[id$="pv-data"]'))) whenShown(e.id.slice(0, -7));
for (const e of Array.from(D.querySelectorAll('table.sort'))) sortable(e);
})();
