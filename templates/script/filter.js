/* SPDX-License-Identifier: MIT */
/* The index of many profiles: a field that leaves the rows with what is typed. */

each('.h2r [type=search]', field => {
  const {rows} = field.closest('.h2r').nextElementSibling.tBodies[0];
  field.hidden = false;
  on(field, 'input', () => {
    for (const row of rows)
      row.hidden = !row.textContent.toLowerCase().includes(field.value.toLowerCase());
  });
});
