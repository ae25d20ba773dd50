/* SPDX-License-Identifier: MIT */
/* Sorting by a table's heads: texts as they stand, numbers by data-v. */
each('.sort>thead', ({parentNode: {tBodies: [body]}, rows}) => {
  const heads = [...rows[0].cells];
  heads.forEach((th, column) => {
    const kind = th.dataset.sort;
    if (!kind) return;
    const b = html('button', '', null, th.textContent), text = kind === 'text';
    th.replaceChildren(b);
    on(b, 'click', () => {
      const now = th.ariaSort, up = now ? now === 'descending' : text;
      const key = row => text ? row.cells[column].textContent : +row.cells[column].dataset.v;
      for (const h of heads) h.ariaSort = null;
      th.ariaSort = up ? 'ascending' : 'descending';
      body.append(...[...body.rows].map(row => [key(row), row])
        .sort(([a], [b]) => compare(a, b) * (up ? 1 : -1)).map(x => x[1]));
    });
  });
});
