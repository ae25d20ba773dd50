/* SPDX-License-Identifier: MIT */
/* What every page with a table or a picture starts. */

/* Sorting by a table's heads: texts as they stand, numbers by data-v. */
function sortable(table) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  heads.forEach((th, column) => {
    const kind = th.dataset.sort, b = html('button', '', null, th.textContent);
    if (!kind) return;
    th.textContent = '';
    th.append(b);
    on(b, 'click', () => {
      const now = th.getAttribute('aria-sort'), up = now ? now === 'descending' : kind === 'text';
      const key = row => kind === 'text' ? row.cells[column].textContent : +row.cells[column].dataset.v;
      heads.forEach(h => h.removeAttribute('aria-sort'));
      set(th, {'aria-sort': up ? 'ascending' : 'descending'});
      body.append(...[...body.rows].map(row => [key(row), row])
        .sort(([a], [b]) => ((a > b) - (a < b)) * (up ? 1 : -1)).map(x => x[1]));
    });
  });
}
/* A picture in a section that is not shown is decoded when it first is. */
function whenShown(P) {
  let started = false;
  const look = () => {
    unhide(P);
    if (started || !shown(D.getElementById(P + 'pv'))) return;
    started = true;
    start(P);
  };
  on(window, 'hashchange', look);
  on(window, 'load', () => setTimeout(look)); // :target may come late
  look();
}
const each = (selector, act) => D.querySelectorAll(selector).forEach(act);
each('script[id$="pv-data"]', e => whenShown(e.id.slice(0, -7)));
each('table.sort', sortable);
})();
