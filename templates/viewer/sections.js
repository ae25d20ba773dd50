/* SPDX-License-Identifier: MIT */
/* Several pictures in one page: each in a section, shown by :target.  Its name
 * is the prefix of all ids in it without the '-' at the end. */
const isFor = P => !P || location.hash.slice(1).split('&')[0] + '-' === P;
const nameHash = (way, hash) => {
  try { history[way](null, '', hash); return true; } catch (e) { /* file: and sandboxes may refuse */ }
};
/* "#section&z=..." is the id of nothing: go to the section, then put it back. */
let moving = false; // going there tells popstate at once
function unhide(P) {
  const {hash} = location;
  if (moving || !P || !isFor(P) || shown(D.getElementById(P + 'pv'))) return;
  moving = true;
  location.replace('#' + P.slice(0, -1));
  nameHash('replaceState', hash);
  moving = false;
}
