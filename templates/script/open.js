/* SPDX-License-Identifier: MIT */
/* What all scripts begin with.
 *
 * The pages are complete without any of them.  Text goes in by textContent
 * alone.  The files of this folder and of viewer/ are joined in the orders of
 * CMakeLists.txt: each join is one function, so that they share what they
 * declare and leave nothing behind. */
(() => {
'use strict';
const D = document, page = D.documentElement;
const {abs, ceil, floor, max, min, pow, round, sign} = Math;

const set = (e, attrs) => {
  for (const k in attrs) e.setAttribute(k, attrs[k]);
  return e;
};
const make = (space, tag, parent) => {
  const e = D.createElementNS('http://www.w3.org/' + space, tag);
  if (parent) parent.append(e);
  return e;
};
const el = (tag, parent, attrs) => set(make('2000/svg', tag, parent), attrs);
const html = (tag, cls, parent, text) => {
  const e = make('1999/xhtml', tag, parent);
  if (cls) e.className = cls;
  if (text) e.textContent = text;
  return e;
};
const empty = e => e.replaceChildren();
const on = (e, types, act) => types.split(' ').forEach(type => e.addEventListener(type, act));
const each = (selector, act, within = D) => within.querySelectorAll(selector).forEach(act);
const rectOf = e => e.getBoundingClientRect();
const shown = e => e.getClientRects().length > 0;
const compare = (a, b) => (a > b) - (a < b);
/* Keys that belong to the browser. */
const modified = ev => ev.ctrlKey || ev.metaKey || ev.altKey;
