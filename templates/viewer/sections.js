/* SPDX-License-Identifier: MIT */
/* Pictures in a document that may have several: each in a section, shown by
 * :target.  Its name is the prefix of all ids in it without the '-' at the end. */
const isFor = section => !section || location.hash.slice(1).split('&')[0] === section;
/* "#section&z=..." is the id of nothing: go to the section, then put it back. */
let moving = false; // going there tells popstate at once
function unhide(section) {
  const {hash} = location;
  moving = true;
  location.replace('#' + section);
  try { history.replaceState(null, '', hash); } catch { /* file: and sandboxes may refuse */ }
  moving = false;
}
/* A picture in a section that is not shown is decoded when it first is. */
each('script[id$="pv-data"]', e => {
  const section = e.id.slice(0, -8), svg = D.getElementById(e.id.slice(0, -5));
  let restore;
  if (!svg) return;
  const look = () => {
    if (moving || !isFor(section)) return;
    if (section && !shown(svg)) unhide(section);
    if (restore) restore();
    else if (shown(svg)) restore = start(section);
  };
  on(window, 'hashchange popstate', look);
  on(window, 'load', () => setTimeout(look)); // :target may come late
  look();
});
