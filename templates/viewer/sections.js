/* SPDX-License-Identifier: MIT */
/* ---- Several pictures in one page: each in a section, shown by :target -- */

const sectionOf = P => P.slice(0, -1);
const isFor = P => !P || location.hash.slice(1).split('&')[0] === sectionOf(P);
/* "#section&z=..." is the id of nothing: go to the section, then put it back. */
let moving = false; // going there tells popstate at once
function unhide(P) {
  const hash = location.hash;
  if (moving || !P || !isFor(P) || D.getElementById(P + 'pv').getClientRects().length) return;
  moving = true;
  location.replace('#' + sectionOf(P));
  try { history.replaceState(null, '', hash); } catch (e) { /* then without */ }
  moving = false;
}
