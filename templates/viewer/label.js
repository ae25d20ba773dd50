/* SPDX-License-Identifier: MIT */
/* ---- Labels ------------------------------------------------------------ */

const MARK = /_\[[a-z]\]$/; // perf's "_[k]" and its like say what the colour says

/* The names to try in turn, longest first, as src/draw/fit.c has them. */
function nameLadder(name) {
  const full = name.replace(MARK, '') || name;
  const inner = /^<built-in method (?:.*\.)?(.+)>$/.exec(full) || /^<method '(.+?)'.*>$/.exec(full);
  if (inner) return [full, inner[1]];
  const plain = undress(full), cuts = starts(plain);
  const tail = n => plain.slice(cuts[cuts.length - n] || 0);
  return [full, plain, tail(2), tail(1)];
}
/* Where components start: paths split at '/', C++ at '::', all else at '.' and
 * ':'; brackets keep what is in them together. */
function starts(name) {
  const at = {'/': [], '::': [], '.': []};
  let depth = 0;
  for (let i = 0; i < name.length - 1; i++) {
    const c = name[i];
    if ('<([{'.includes(c)) depth++;
    if ('>)]}'.includes(c)) depth--;
    if (depth > 0) continue;
    if (c === '/') at['/'].push(i + 1);
    else if (c === ':' && name[i + 1] === ':') at['::'].push(++i + 1);
    else if (c === '.' || c === ':') at['.'].push(i + 1);
  }
  return at['/'].length ? at['/'] : at['::'].length ? at['::'] : at['.'];
}
/* C++ and Rust: without template arguments and parameters. */
function undress(name) {
  if (!name.includes('::')) return name;
  let s = name.replace(/operator(\(\)|[<>]+)/g, m => m.replace(/./g, c => HIDE[c] || c)), before;
  do { before = s; s = s.replace(/<[^<>]*>/g, ''); } while (s !== before);
  s = s.replace(/(.)\(.*$/, '$1').replace(/[\ue000-\ue003]/g, c => '<>()'[c.charCodeAt(0) - 0xe000]);
  return s || name;
}
const HIDE = {'<': '\ue000', '>': '\ue001', '(': '\ue002', ')': '\ue003'};
/* Where a text may be cut: never inside a combining sequence. */
function units(text) {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  if (window.Intl && Intl.Segmenter)
    return Array.from(new Intl.Segmenter().segment(text), s => s.segment);
  return Array.from(text);
}
/* Measures through a canvas, one character once: asking the layout for the
 * length of every label would cost more than drawing them. */
function ruler(sample) {
  const style = getComputedStyle(sample), known = new Map();
  const c = html('canvas').getContext('2d');
  c.font = (style.fontWeight || 400) + ' ' + style.fontSize + ' ' + style.fontFamily;
  c.fontKerning = 'none';
  const one = ch => {
    let w = known.get(ch);
    if (w === undefined) known.set(ch, w = c.measureText(ch).width);
    return w;
  };
  const width = text => {
    let w = 0;
    for (const ch of units(text)) w += one(ch);
    return w;
  };
  return {one, width, px: parseFloat(style.fontSize) || 12};
}
function shorten(rule, text, room) {
  const parts = units(text), n = parts.length, dots = rule.one('\u2026');
  const head = (room < 56 ? 1 : 0.62) * (room - dots);
  let k = 0, e = n, w = 0;
  while (k < n && (w += rule.one(parts[k])) <= head) k++;
  if (room < 56) return k < 3 ? '' : text.slice(0, k) === text ? text :
    join(parts, 0, k) + '\u2026';
  for (w = 0; e > k && (w += rule.one(parts[e - 1])) <= 0.38 * (room - dots);) e--;
  return join(parts, 0, k) + '\u2026' + join(parts, e, n);
}
const join = (parts, a, b) => typeof parts === 'string' ? parts.slice(a, b)
  : parts.slice(a, b).join('');
