/* SPDX-License-Identifier: MIT */
/* Names for little room, as src/draw/fit.c has them. */

/* perf's "_[k]" and its like say what the colour says; what turns text around
 * would show a name as what it is not. */
const bare = name => (name.replace(/_\[[kijw]\]$/, '') || name)
  .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

/* The names to try in turn, longest first. */
function nameLadder(name) {
  const full = bare(name);
  const inner = full.match(/^<built-in method (?:.*\.)?(.+)>$/) || full.match(/^<method '(.+?)'.*>$/);
  if (inner) return [full, inner[1]];
  const plain = undress(full), cuts = starts(plain);
  return [full, plain, ...[2, 1].map(n => plain.slice(cuts.at(-n)))];
}
/* Where components start: paths split at '/', C++ at '::', all else at '.' and
 * ':'; brackets keep what is in them together. */
function starts(name) {
  const slash = [], colons = [], dots = [];
  let depth = 0;
  for (let i = 0; i < name.length - 1; i++) {
    const c = name[i];
    depth += '<([{'.includes(c) - '>)]}'.includes(c);
    if (depth > 0) continue;
    if (c === '/') slash.push(i + 1);
    else if (c === ':' && name[i + 1] === c) colons.push(++i + 1);
    else if (c === '.' || c === ':') dots.push(i + 1);
  }
  return [slash, colons].find(list => list[0]) || dots;
}
/* C++ and Rust: without template arguments and parameters. */
function undress(name) {
  if (!name.includes('::')) return name;
  const keep = '<>()', hide = c => String.fromCharCode(0xe000 + keep.indexOf(c));
  let s = name.replace(/operator(\(\)|[<>]+)/g, m => m.replace(/[<>()]/g, hide)), before;
  do { before = s; s = s.replace(/<[^<>]*>/g, ''); } while (s !== before);
  return s.replace(/(.)\(.*$/, '$1').replace(/[\ue000-\ue003]/g, c => keep[c.charCodeAt(0) - 0xe000]) || name;
}
/* Where a text may be cut: never inside a combining sequence. */
const units = text => /^[ -~]*$/.test(text) ? [...text]
  : Array.from(new Intl.Segmenter().segment(text), s => s.segment);
/* Measures through a canvas, one character once: asking the layout for the
 * length of every label would cost more than drawing them. */
function ruler(sample) {
  const style = getComputedStyle(sample), known = {}, c = html('canvas').getContext('2d');
  c.font = style.fontWeight + ' ' + style.fontSize + ' ' + style.fontFamily;
  c.fontKerning = 'none';
  const one = ch => known[ch] ??= c.measureText(ch).width;
  return {
    one_: one,
    width_: text => units(text).reduce((w, ch) => w + one(ch), 0),
    px_: parseFloat(style.fontSize)
  };
}
/* 62 % head and 38 % tail; where there is little room the head alone. */
function shorten(rule, text, room) {
  const parts = units(text), left = room - rule.one_('…'), little = room < 56;
  const fit = (list, w) => list.findIndex(ch => (w -= rule.one_(ch)) < 0);
  const head = fit(parts, little ? left : 0.62 * left);
  const tail = little ? 0 : fit(parts.slice(head).reverse(), 0.38 * left);
  if (head < 0) return text;
  return little && head < 3 ? ''
    : parts.slice(0, head).join('') + '…' + (tail ? parts.slice(-tail).join('') : '');
}
