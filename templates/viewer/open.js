/* SPDX-License-Identifier: MIT */
/* The flame graph viewer, for stand-alone .svg and for .html.
 *
 * The picture is complete without it; this script redraws it from the data
 * island to zoom, search and turn it around.  Only frames that carry a label
 * become elements, narrower ones share one path a colour, and only rows near
 * the window are drawn: the cost follows the screen, not the profile.  All text
 * goes in by textContent.  README.md beside this file is the contract. */
(function () {
'use strict';
const D = document, W3 = 'http://www.w3.org/', SVG = W3 + '2000/svg',
  XHTML = W3 + '1999/xhtml';
const MIN = 0.5;         // px: narrower frames are merged into "small" boxes
const LABEL = 27;        // px: narrower boxes carry no text
const ANIMATE = 160;     // ms
const SLICE = 20000;     // functions a regular expression sees per turn
const CHUNK = 300;       // boxes a path: the browser skips what a tile does not touch
const MARGIN = 300;      // px of rows drawn above and below the window
const EXACT = Number.MAX_SAFE_INTEGER;

/* ---- Elements ---------------------------------------------------------- */

function make(space, tag, attrs, parent, text) {
  const e = D.createElementNS(space, tag);
  for (const k in attrs) e.setAttribute(k, attrs[k]);
  if (text !== undefined) e.textContent = text;
  if (parent) parent.appendChild(e);
  return e;
}
const el = (tag, attrs, parent, text) => make(SVG, tag, attrs, parent, text);
const html = (tag, cls, parent, text) =>
  make(XHTML, tag, cls ? {'class': cls} : {}, parent, text);
const show = (e, on) => on ? e.removeAttribute('display')
               : e.setAttribute('display', 'none');
const set = (e, attrs) => {
  for (const k in attrs) e.setAttribute(k, attrs[k]);
};
