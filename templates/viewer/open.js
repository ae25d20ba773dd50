/* SPDX-License-Identifier: MIT */
/* The flame graph viewer, for stand-alone .svg and for .html.
 *
 * The picture is complete without it; this script redraws it from the data
 * island to zoom, search and turn it around.  Only frames that carry a label
 * become elements, narrower ones share one path a colour, and only rows near
 * the window are drawn: the cost follows the screen, not the profile.  All text
 * goes in by textContent.  README.md above this folder is the contract.
 *
 * The files of this folder are joined in the order of CMakeLists.txt; those
 * from picture.js to begin.js are one function, which runs once a picture. */
(() => {
'use strict';
const D = document, page = D.documentElement;
const abs = Math.abs, floor = Math.floor, max = Math.max, min = Math.min,
  round = Math.round, sign = Math.sign, pow = Math.pow;
const MIN = 0.5;     // px: narrower frames are merged into "small" boxes
const LABEL = 27;    // px: narrower boxes carry no text
const EASE = 160;    // ms
const SLICE = 20000; // functions a regular expression sees per turn
const CHUNK = 300;   // boxes a path: the browser skips what a tile does not touch
const MARGIN = 300;  // px of rows drawn above and below the window

const set = (e, attrs) => {
  for (const k in attrs) e.setAttribute(k, attrs[k]);
  return e;
};
const make = (space, tag, parent, text) => {
  const e = D.createElementNS('http://www.w3.org/' + space, tag);
  if (text !== undefined) e.textContent = text;
  if (parent) parent.append(e);
  return e;
};
const el = (tag, parent, attrs) => set(make('2000/svg', tag, parent), attrs);
const html = (tag, cls, parent, text) => {
  const e = make('1999/xhtml', tag, parent, text);
  if (cls) e.className = cls;
  return e;
};
const on = (e, types, act) => types.split(' ').forEach(type => e.addEventListener(type, act));
const rectOf = e => e.getBoundingClientRect();
const shown = e => e.getClientRects().length > 0;
