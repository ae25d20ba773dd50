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

/* ---- Words for numbers: part 3 of README.md, to the letter ------------- */

/* a * m / d, rounded half up, exactly. */
function ratio(a, m, d) {
  const p = a * m;
  if (p <= EXACT) {
    const r = p % d;
    return (p - r) / d + (r >= d - r ? 1 : 0);
  }
  const two = BigInt(2), big = BigInt(a) * BigInt(m), e = BigInt(d);
  return Number((big * two + e) / (two * e));
}
const commas = v => String(v).replace(/\B(?=(\d{3})+$)/g, ',');
const point = (q, places) => {
  const s = String(q).padStart(places + 1, '0');
  return commas(s.slice(0, s.length - places)) + '.' + s.slice(-places);
};
/* v / div in three digits; '' when that rounds to `top` or more. */
function three(v, div, top) {
  for (const places of [2, 1]) {
    const q = ratio(v, Math.pow(10, places), div);
    if (q < 1000 && q < top * Math.pow(10, places)) return point(q, places);
  }
  const q = ratio(v, 1, div);
  return q < top ? commas(q) : '';
}
function duration(v, one) {
  const ns = ratio(v, 1, one);
  if (ns < 1000) return ns + (ns ? ' ns' : ' s');
  for (const [div, top, name] of
    [[1e3, 1000, ' µs'], [1e6, 1000, ' ms'], [1e9, 60, ' s']]) {
    const t = three(v, div * one, top);
    if (t) return t + name;
  }
  const two = q => String(q).padStart(2, '0');
  const s = ratio(v, 1, 1e9 * one);
  if (s < 3600) return Math.floor(s / 60) + ' min ' + two(s % 60) + ' s';
  const m = ratio(v, 1, 6e10 * one);
  return commas(Math.floor(m / 60)) + ' h ' + two(m % 60) + ' min';
}
function bytes(v, one) {
  const b = ratio(v, 1, one);
  if (b < 1024) return b + ' B';
  let div = one;
  for (const name of ['KiB', 'MiB', 'GiB', 'TiB', 'PiB']) {
    const t = three(v, div *= 1024, 1024);
    if (t) return t + ' ' + name;
  }
  return three(v, div * 1024, Infinity) + ' EiB';
}
function digits(v, dec) {
  const one = Math.pow(10, dec);
  if (v >= 1e15 * one) {
    let k = String(BigInt(v)).length - 1, q = ratio(v, 1, Math.pow(10, k - 2));
    if (q === 1000) { q = 100; k++; }
    return point(q, 2) + 'e' + (k - dec);
  }
  const r = v % one, whole = commas((v - r) / one);
  return r ? whole + '.' + String(r).padStart(dec, '0').replace(/0+$/, '') : whole;
}
function share(a, b) {
  if (!(b > 0) || !a) return '0%';
  if (a < 0) return '\u2212' + share(-a, b);
  const tenths = ratio(a, 1000, b);
  if (tenths >= 1000) return commas(ratio(a, 100, b)) + '%';
  if (tenths >= 100) return point(tenths, 1) + '%';
  for (let places = 2; places < 20; places++) {
    const q = ratio(a, Math.pow(10, places + 2), b);
    if (q) return point(q, places) + '%';
  }
  return '0%';
}
const plural = (n, word) => commas(n) + ' ' + word + (n === 1 ? '' : 's');

/* ---- Trees ------------------------------------------------------------- */

/* Every view is a tree in preorder, as parallel arrays.  `dep` is negative on
 * the callers' side of a sandwich; `x0` is where a frame starts, in units of the
 * measure; `end` is the index behind its last descendant. */
function newTree(n) {
  return {n, fn: new Uint32Array(n), par: new Int32Array(n),
    dep: new Int32Array(n), self: new Float64Array(n),
    tot: new Float64Array(n), x0: new Float64Array(n),
    end: new Uint32Array(n), times: null, src: null};
}
/* Works out `end` and `x0`: children lie side by side from their parent's left
 * edge, its self value is the gap at the right. */
function place(t) {
  const {n, par, dep, tot, x0, end} = t, next = new Float64Array(n);
  let up = 0;
  for (let i = 0; i < n; i++) end[i] = i + 1;
  for (let i = n - 1; i > 0; i--)
    if (end[i] > end[par[i]]) end[par[i]] = end[i];
  for (let i = 1; i < n; i++) {
    const p = par[i];
    if (dep[i] === -1) { x0[i] = up; up += tot[i]; }
    else { x0[i] = next[p]; next[p] += tot[i]; }
    next[i] = x0[i];
  }
  return t;
}
function vlq(text) {
  const map = new Uint8Array(128), abc = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' +
    'abcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let i = 0; i < 64; i++) map[abc.charCodeAt(i)] = i;
  let p = 0;
  return {
    num(one) { // or just one digit
      let v = 0, scale = 1, c;
      if (one) return map[text.charCodeAt(p++)];
      do {
        c = map[text.charCodeAt(p++)];
        v += (c & 31) * scale;
        scale *= 32;
      } while (c & 32);
      return v;
    },
    big() { // the same without losing bits above 2^53
      let v = BigInt(0), shift = 0, c;
      do {
        c = map[text.charCodeAt(p++)];
        v |= BigInt(c & 31) << BigInt(shift);
        shift += 5;
      } while (c & 32);
      return v;
    }
  };
}
function decode(J) {
  const n = J.n, t = newTree(n), read = vlq(J.t), open = [];
  const exact = J.big ? new BigInt64Array(n) : null;
  for (let i = 0, d = -1; i < n; i++) {
    const two = read.num(1), up = two & 7, own = two >> 3;
    t.fn[i] = read.num();
    d += 1 - up - (up === 7 ? read.num() : 0);
    t.dep[i] = d;
    t.par[i] = d ? open[d - 1] : -1;
    open[d] = i;
    if (exact) exact[i] = BigInt(own) + (own === 7 ? read.big() : BigInt(0));
    t.self[i] = exact ? Number(exact[i]) : own + (own === 7 ? read.num() : 0);
  }
  t.exact = exact;
  sumUp(t.self, t.par, t.tot);
  return place(t);
}
function sumUp(self, par, tot) {
  for (let i = self.length - 1; i >= 0; i--) {
    tot[i] += self[i];
    if (i) tot[par[i]] += tot[i];
  }
  return tot;
}
function column(J, key) {
  if (!J.cols || !J.cols[key]) return null;
  const read = vlq(J.cols[key]), a = new Float64Array(J.n);
  for (let i = 0; i < J.n; i++) a[i] = read.num();
  return a;
}

/* Merged trees (callers, sandwich, folded recursion) are grown from a stack of
 * nodes; a node stands for several frames of the base tree, each with the weight
 * that it lends.  `children(node)` gives the next nodes in drawing order. */
function grow(roots, children) {
  const nodes = [], stack = roots.reverse();
  while (stack.length) {
    const node = stack.pop();
    node.at = nodes.push(node) - 1;
    const kids = children(node);
    for (let k = kids.length - 1; k >= 0; k--) {
      kids[k].up = node;
      stack.push(kids[k]);
    }
  }
  const t = newTree(nodes.length);
  t.src = new Int32Array(t.n);
  t.times = new Uint32Array(t.n);
  nodes.forEach((o, i) => {
    t.fn[i] = o.fn;
    t.par[i] = o.up ? o.up.at : -1;
    t.dep[i] = o.dep;
    t.tot[i] = o.weight;
    t.self[i] = o.self;
    t.src[i] = o.frames[0];
    t.times[i] = o.times || 0;
  });
  t.nodes = nodes;
  return place(t);
}
function newNode(fn, dep) {
  return {fn, dep, frames: [], weights: [], weight: 0, self: 0};
}
function lend(node, frame, weight) {
  const last = node.frames.length - 1;
  if (node.frames[last] === frame) node.weights[last] += weight;
  else { node.frames.push(frame); node.weights.push(weight); }
  node.weight += weight;
}
/* Collects frames into one node a function. */
function grouper(base, dep) {
  const by = new Map();
  let node = {fn: -1}; // of the frame before: often the same
  return {
    add(frame, weight) {
      const f = base.fn[frame];
      if (node.fn !== f) node = by.get(f);
      if (!node) by.set(f, node = newNode(f, dep));
      lend(node, frame, weight);
    },
    list: order => Array.from(by.values()).sort(order)
  };
}
function callersOf(base, node, order) {
  const g = grouper(base, node.dep + node.way);
  node.self = 0;
  node.frames.forEach((frame, k) => {
    const p = base.par[frame];
    if (p > 0) g.add(p, node.weights[k]);
    else node.self += node.weights[k];
  });
  return g.list(order);
}
function calleesOf(base, frames, dep, order, skip) {
  const g = grouper(base, dep);
  for (const frame of frames)
    for (let c = frame + 1; c < base.end[frame]; c = base.end[c])
      if (!skip || !skip(c)) g.add(c, base.tot[c]);
  return g.list(order);
}
/* Frames of function `f` that no other frame of it calls: in a sum over them
 * recursion is counted once. */
function outermost(base, f) {
  const list = [];
  for (let i = 0; i < base.n;) {
    if (base.fn[i] === f) { list.push(i); i = base.end[i]; }
    else i++;
  }
  return list;
}

/* Period 1-4 of the repetition that each frame is part of (0: none): at least
 * four turns of the cycle on one stack. */
function cycles(base) {
  const {n, fn, par} = base, period = new Uint8Array(n), reach = new Int32Array(n);
  for (let p = 4; p > 0; p--) { // shorter periods are written last and win
    const same = new Uint32Array(n), back = new Int32Array(n);
    for (let i = 1; i < n; i++) {
      let a = i;
      for (let k = 0; k < p && a >= 0; k++) a = par[a];
      if (a > 0 && fn[a] === fn[i]) same[i] = same[par[i]] + 1;
      if (same[i] >= 3 * p) back[i] = same[i] + p;
    }
    for (let i = n - 1; i > 0; i--) {
      if (!back[i]) continue;
      period[i] = p;
      if (back[i] > reach[i]) reach[i] = back[i];
      if (back[i] - 1 > back[par[i]]) back[par[i]] = back[i] - 1;
    }
  }
  return period;
}
/* One row in place of a run of repeated frames; what they call hangs below. */
function foldTree(base, period, order) {
  const home = new Int32Array(base.n);
  const children = node => {
    if (node.frames.length === 1 && !period[node.frames[0]]) {
      const kids = [], f = node.frames[0];
      for (let c = f + 1; c < base.end[f]; c = base.end[c]) {
        const kid = newNode(base.fn[c], node.dep + 1);
        lend(kid, c, base.tot[c]);
        kids.push(kid);
      }
      node.self = base.self[f];
      return kids;
    }
    return swallow(base, period, node, order);
  };
  const root = newNode(base.fn[0], 0);
  lend(root, 0, base.tot[0]);
  const t = grow([root], children);
  t.nodes.forEach((o, i) => o.frames.forEach(f => { home[f] = i; }));
  t.home = home;
  return t;
}
function swallow(base, period, node, order) {
  const first = node.frames[0], p = period[first], inRun = c =>
    p && (period[c] === p || p === 1 && base.fn[c] === node.fn);
  let deepest = 0;
  node.self = 0;
  for (let k = 0; k < node.frames.length; k++) { // grows while we walk
    const f = node.frames[k];
    node.self += base.self[f];
    deepest = Math.max(deepest, base.dep[f] - base.dep[first] + 1);
    for (let c = f + 1; c < base.end[f]; c = base.end[c])
      if (inRun(c)) node.frames.push(c);
  }
  if (p) node.times = Math.floor(deepest / p);
  return calleesOf(base, node.frames, node.dep + 1, order, inRun);
}

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

/* ---- One picture ------------------------------------------------------- */

function start(P) {
const id = name => D.getElementById(P + name);
const J = JSON.parse(id('pv-data').textContent);
/* Of each function: name, location, class, and origin, package and file. */
const FN = J.f.map(([name, cls, file, line, p, o]) => [name,
  J.s[file | 0] + (line ? ':' + line : ''), cls, {o, p: J.s[p | 0], file: J.s[file | 0]}]);
const base = decode(J), total = base.tot[0], whole = J.whole || total, calls = column(J, 'calls');
const low = column(J, 'lo'), high = column(J, 'hi'), old = column(J, 'before');
if (old) sumUp(old.slice(), base.par, old.fill(0));
const svg = id('pv'), frames = id('pv-frames'), header = id('pv-top'), live = id('pv-live');
const inline = !!J.inline, root = D.documentElement;
const media = q => matchMedia(q).matches;
const coarse = media('(pointer:coarse)');
const ROW = coarse ? Math.max(24, J.row) : J.row;

/* What the reader sees; all of it but `cur` and `hover` is in the hash. */
let view = J.view || 'callees', flame = !!J.flame, fold = !!J.fold, fnOf = J.fn || 0,
  query = '', only = null, T = base, focus = 0, cur = 0, hover = -1;
let hit = null, note = '', keyed = false;
/* Geometry of the last drawing. */
let W = 0, PAD = J.pad, TOP = J.top, rowMin = 0, rowMax = 0, height = 0, from = 0, to = total,
  vis = [], small = [], cost = 0;

const nameOf = i => FN[T.fn[i]][0];
const classOf = f => 'k' + FN[f][2];
const originOf = f => {
  const o = FN[f][3].o;
  return o !== undefined ? o : parseInt(FN[f][2], 10);
};
const originName = f => {
  const found = (J.origins || []).find(o => o[0] === originOf(f) || o[0] === FN[f][2]);
  return found ? found[1] : '';
};
const value = v => {
  const u = J.unit, dec = u.dec || 0, one = Math.pow(10, dec);
  if (v < 0) return '\u2212' + value(-v);
  if (u.kind === 'ns') return duration(v, one);
  if (u.kind === 'B') return bytes(v, one);
  const word = v === one && u.one ? u.one : u.name;
  return digits(v, dec) + (word ? ' ' + word : '');
};
const pct = v => share(v, whole);
const order = J.sort === 'name'
  ? (a, b) => FN[a.fn][0] < FN[b.fn][0] ? -1 : FN[a.fn][0] > FN[b.fn][0] ? 1 : a.fn - b.fn
  : (a, b) => b.weight - a.weight || a.fn - b.fn;

/* -- Labels of this picture -- */

frames.textContent = '';
if (coarse) svg.classList.add('coarse');
const rule = ruler((() => el('text', {}, frames, 'x'))());
const ladders = [];
frames.textContent = '';
function label(f, room, badge) {
  const more = badge ? ' \u00d7' + commas(badge) : '';
  const left = room - (more ? rule.width(more) : 0);
  const names = ladders[f] || (ladders[f] = nameLadder(FN[f][0])
    .map(s => ({s, w: rule.width(s)})));
  for (const name of names) if (name.w <= left) return name.s + more;
  const cut = shorten(rule, names[names.length - 1].s, left);
  return cut || !more ? cut + (cut && more) : '';
}

/* -- Which tree is shown -- */

let folded = null, period = null;
function cyclesOnce() { return period || (period = cycles(base)); }
/* A merged view is grown only as far as it can be seen: below the zoomed frame,
 * down to half a pixel.  Zooming grows it anew. */
function merged(path, px) {
  const inside = node => {
    const d = Math.abs(node.dep);
    if (!node.up) { node.on = true; node.side = 0; }
    else {
      node.side = node.up.side || Math.sign(node.dep);
      node.on = node.up.on && d <= path.length && path[d - 1] === key(node);
    }
    if (node.on && d === path.length) node.limit = node.weight * MIN / px;
    else if (node.up && node.up.limit !== undefined) node.limit = node.up.limit;
    return node.limit !== undefined ? node.weight >= node.limit : node.on;
  };
  const key = node => node.dep < 0 ? ~node.fn : node.fn;
  const seed = view === 'callers' ? callersSeed() : sandwichSeed();
  return grow([seed.root], node => {
    if (!node.up) { inside(node); return seed.kids(); }
    node.way = view === 'callers' ? 1 : -1;
    if (view === 'sandwich' && node.dep > 0) {
      node.self = node.frames.reduce((s, f) => s + base.self[f], 0);
      return inside(node) ? calleesOf(base, node.frames, node.dep + 1, order) : [];
    }
    return inside(node) ? callersOf(base, node, order) : [];
  });
}
function callersSeed() {
  const rootNode = newNode(base.fn[0], 0), g = grouper(base, 1);
  lend(rootNode, 0, total);
  for (let i = 1; i < base.n; i++) if (base.self[i]) g.add(i, base.self[i]);
  rootNode.self = base.self[0];
  return {root: rootNode, kids: () => g.list(order)};
}
function sandwichSeed() {
  const node = newNode(fnOf, 0);
  outermost(base, fnOf).forEach(i => {
    lend(node, i, base.tot[i]);
    node.self += base.self[i];
  });
  return {root: node, kids: () => {
    const down = calleesOf(base, node.frames, 1, order);
    const asUp = {frames: node.frames, weights: node.weights, dep: 0, way: -1};
    return down.concat(callersOf(base, asUp, order));
  }};
}
function pathOf(i) {
  const path = [];
  for (; T.par[i] >= 0; i = T.par[i])
    path.unshift(T.dep[i] < 0 ? ~T.fn[i] : T.fn[i]);
  return path;
}
/* The frame at the end of `path`, or the last that is still there. */
function follow(path) {
  let i = 0;
  for (const step of path) {
    let c = i + 1;
    while (c < T.end[i] && (T.dep[c] < 0 ? ~T.fn[c] : T.fn[c]) !== step) c = T.end[c];
    if (c >= T.end[i]) break;
    i = c;
  }
  return i;
}
function grown(path) {
  T = merged(path, W || 1200);
  focus = cur = follow(path);
}
/* Chooses the tree for the state and keeps the zoom where it can. */
function turn(path) {
  hover = -1;
  tip.hide();
  card.hide();
  if (view !== 'callees') { grown(path || []); return; }
  const real = T.nodes && T.home ? T.src[focus] : T === base ? focus : 0;
  if (fold && !folded) folded = foldTree(base, cyclesOnce(), order);
  T = fold ? folded : base;
  focus = cur = fold ? folded.home[real] : real;
}

/* -- Layout: which frames are wide enough -- */

const yOf = d => TOP + (flame ? rowMax - d : d - rowMin) * ROW;
const xOf = v => PAD + (Math.min(Math.max(v, from), to) - from) * W / (to - from || 1);
const rightOf = i => i ? xOf(T.x0[i] + T.tot[i]) : PAD + W; // also when all is 0

function layout() {
  const {n, par, dep, tot, x0, end} = T, side = Math.sign(dep[focus]);
  const k = W / (to - from || 1);
  let run = null;
  vis = [];
  small = [];
  rowMin = rowMax = 0;
  for (let i = 0; i < n;) {
    const left = x0[i], w = Math.min(left + tot[i], to) - Math.max(left, from);
    if (i && (!(w > 0) || side * dep[i] < 0)) { i = end[i]; continue; }
    if (i && w * k < MIN) {
      if (run && run.par === par[i] && run.up === dep[i] < 0) run.w += w;
      else small.push(run = {par: par[i], dep: dep[i], x: Math.max(left, from), w, n: 0,
        at: i, up: dep[i] < 0});
      run.n += end[i] - i;
      i = end[i];
      continue;
    }
    if (run && run.par === par[i]) run = null; // a wide sibling ends it
    if (dep[i] < rowMin) rowMin = dep[i];
    if (dep[i] > rowMax) rowMax = dep[i];
    vis.push(i++);
  }
  small = small.filter(s => s.w * k >= MIN);
  for (const s of small) {
    rowMin = Math.min(rowMin, s.dep);
    rowMax = Math.max(rowMax, s.dep);
  }
  const room = TOP + (rowMax - rowMin + 1) * ROW + J.bot;
  resizeTo(inline ? room : Math.max(room, window.innerHeight));
}
function resizeTo(h) {
  const wide = W + 2 * PAD, foot = id('pv-foot');
  height = h;
  set(svg, {width: wide, height: h, viewBox: '0 0 ' + wide + ' ' + h});
  const back = id('pv-bg');
  if (back) set(back, {width: wide, height: h});
  if (foot) foot.setAttribute('transform',
    'translate(0,' + (TOP + (rowMax - rowMin + 1) * ROW) + ')');
}

/* -- Painting -- */

const pool = [];
let paths = [], used = 0;
function put(i, x, y, w, cls, text) {
  let o = pool[used];
  if (!o) {
    const g = el('g', {}, frames);
    o = {g, title: el('title', {}, g), rect: el('rect', {height: ROW - 1}, g),
      text: el('text', {}, g)};
    pool.push(o);
  }
  used++;
  o.i = i;
  if (o.cls !== cls) o.g.setAttribute('class', o.cls = cls);
  const f = T.fn[i], name = FN[f][0] + '\n' + FN[f][1];
  if (o.name !== name) o.title.textContent = o.name = name;
  if (!o.title.parentNode) o.g.insertBefore(o.title, o.rect);
  if (o.agg !== isAggregate(i)) {
    if ((o.agg = isAggregate(i))) o.rect.setAttribute('fill', hatch);
    else o.rect.removeAttribute('fill');
  }
  set(o.rect, {x: tenth(x), y, width: inner(w)});
  if (o.label !== text) o.text.textContent = o.label = text;
  set(o.text, {x: (x + 5).toFixed(1), y: (y + (ROW - 1) / 2 + 0.35 * rule.px).toFixed(1)});
  if (!o.g.parentNode) frames.appendChild(o.g);
}
const hatch = 'url(#' + P + 'pv-hatch)';
const tenth = v => Math.round(v * 10) / 10;
const inner = w => tenth(Math.max(0.3, w - (w < 3 ? 0.2 : 0.6)));
const isAggregate = i => !!(J.agg && T === base && J.agg[i]);
const boxPath = (x, y, w) => `M${tenth(x)} ${y}h${inner(w)}v${ROW - 1}H${tenth(x)}z`;

function stateOf(f) {
  const out = only !== null && originOf(f) !== only && FN[f][2] !== only;
  if (hit) return hit[f] && !out ? ' m' : ' d';
  return out ? ' d' : '';
}
function frameClass(i) {
  const context = Math.abs(T.dep[i]) < Math.abs(T.dep[focus]);
  return (isAggregate(i) ? 'pruned' : classOf(T.fn[i])) + (context ? ' up' : '') +
    (i === 0 && view === 'sandwich' ? ' pivot' : '') + stateOf(T.fn[i]);
}
/* The band of the picture that is worth drawing, in its own coordinates. */
function band(all) {
  if (all) return [-Infinity, Infinity];
  const r = svg.getBoundingClientRect(), s = height / (r.height || 1);
  return [(-r.top - MARGIN) * s, (window.innerHeight - r.top + MARGIN) * s];
}
function paint(all) {
  const began = performance.now(), [y0, y1] = band(all), flat = {};
  const add = (cls, d) => { (flat[cls] || (flat[cls] = [])).push(d); };
  used = 0;
  for (const i of vis) {
    const y = yOf(T.dep[i]);
    if (y + ROW < y0 || y > y1) continue;
    const x = xOf(T.x0[i]), w = rightOf(i) - x, cls = frameClass(i);
    const text = w < LABEL ? '' : label(T.fn[i], w - 9, T.times && T.times[i]);
    if (text) put(i, x, y, w, cls, text);
    else add(cls, boxPath(x, y, w));
  }
  for (const s of small) {
    const y = yOf(s.dep), x = xOf(s.x);
    if (y + ROW >= y0 && y <= y1) add('small', boxPath(x, y, xOf(s.x + s.w) - x));
  }
  for (let j = used; j < pool.length && pool[j].g.parentNode; j++) pool[j].g.remove();
  for (const p of paths) p.remove();
  paths = [];
  for (const cls in flat)
    for (let j = 0; j < flat[cls].length; j += CHUNK) {
      const p = el('path', {'class': cls, d: flat[cls].slice(j, j + CHUNK).join('')}, frames);
      paths.push(p);
      if (/^(small|pruned)/.test(cls)) p.setAttribute('fill', hatch);
    }
  cost = performance.now() - began;
  outline();
}

/* -- Outlines above the frames -- */

const rings = el('g', {'class': 'rings', 'aria-hidden': 'true'});
const same = el('path', {'class': 'same'}, rings), halo = el('rect', {'class': 'halo'}, rings),
  hov = el('rect', {'class': 'hov'}, rings), ring = el('rect', {'class': 'cur'}, rings);
svg.insertBefore(rings, frames.nextSibling);

function boxOf(i) {
  const x = xOf(T.x0[i]);
  return {x, y: yOf(T.dep[i]), w: rightOf(i) - x};
}
function outline() {
  let d = '', count = 0;
  for (const [e, i] of [[hov, hover], [halo, keyed ? cur : -1], [ring, keyed ? cur : -1]]) {
    show(e, i >= 0);
    if (i < 0) continue;
    const b = boxOf(i);
    set(e, {x: tenth(b.x), y: b.y, width: Math.max(2, b.w - 0.6).toFixed(1),
      height: ROW - 1});
  }
  if (hover >= 0)
    for (const i of vis)
      if (i !== hover && T.fn[i] === T.fn[hover] && ++count <= 500) {
        const b = boxOf(i);
        d += boxPath(b.x, b.y, b.w);
      }
  same.setAttribute('d', count <= 500 ? d : '');
}

/* -- Hit tests are arithmetic: there is no element for most frames -- */

function where(px, py) {
  const r = svg.getBoundingClientRect();
  return {x: (px - r.left) * (W + 2 * PAD) / r.width, y: (py - r.top) * height / r.height,
    scale: r.width / (W + 2 * PAD), left: r.left, top: r.top};
}
/* The frame, or the "small" box {n, w}, at a point of the window; else -1. */
function frameAt(px, py) {
  const at = where(px, py), row = Math.floor((at.y - TOP) / ROW);
  const d = flame ? rowMax - row : row + rowMin;
  if (at.y < TOP || d < rowMin || d > rowMax || at.x < PAD || at.x > PAD + W) return -1;
  const v = from + (at.x - PAD) * (to - from) / W;
  for (const s of small) if (s.dep === d && v >= s.x && v < s.x + s.w) return s;
  let i = 0;
  while (T.dep[i] !== d) {
    let c = i + 1;
    const e = T.end[i];
    while (c < e && !(v >= T.x0[c] && v < T.x0[c] + T.tot[c] && T.dep[c] * d > 0)) c = T.end[c];
    if (c >= e || T.tot[c] * W / (to - from) < MIN) return -1;
    i = c;
  }
  return T.dep[focus] * d < 0 ? -1 : i;
}

/* -- What is said about a frame: tooltip, card, panel -- */

let functionTotals = null;
function totalOf(f) {
  if (!functionTotals) {
    const stop = new Uint32Array(FN.length);
    functionTotals = {self: new Float64Array(FN.length), tot: new Float64Array(FN.length)};
    for (let i = 0; i < base.n; i++) {
      const g = base.fn[i];
      functionTotals.self[g] += base.self[i];
      if (i < stop[g]) continue;
      functionTotals.tot[g] += base.tot[i];
      stop[g] = base.end[i];
    }
  }
  return functionTotals.tot[f];
}
/* [how many-th frame of its function on the stack, of how many at most below] */
function recursion(i) {
  const f = T.fn[i], below = new Map();
  let above = 1, most = 0;
  for (let p = T.par[i]; p >= 0; p = T.par[p]) if (T.fn[p] === f) above++;
  for (let c = i + 1; c < T.end[i]; c++)
    if (T.fn[c] === f) {
      let p = T.par[c];
      while (p !== i && !below.has(p)) p = T.par[p];
      const k = (below.get(p) || 0) + 1;
      below.set(c, k);
      if (k > most) most = k;
    }
  return [above, above + most];
}
function line(parent, name, v, whole) {
  const row = html('div', 'row', parent), track = html('span', 'track');
  html('span', 'lab', row, name);
  html('span', 'val', row, value(v));
  html('b', '', row, share(v, whole));
  row.appendChild(track);
  html('span', 'fill', track).style.width = Math.min(100, 100 * v / (whole || 1)) + '%';
}
function describe(box, i) {
  if (typeof i === 'object') {
    html('div', 'nm', box, plural(i.n, 'small frame') + ', ' + pct(i.w) + ' together');
    html('div', 'mu', box, 'Zoom to see them.');
    return;
  }
  const f = T.fn[i], [name, loc, cls, extra] = FN[f], src = T.src ? T.src[i] : i;
  const upward = view === 'callers' ? T.dep[i] > 0 : T.dep[i] < 0;
  const says = [], p = T.par[i], deep = upward ? [1, 1] : recursion(i);
  html('div', 'nm', box, name);
  if (loc) html('div', 'loc', box, loc);
  line(box, upward ? 'Through here' : 'Total', T.tot[i], whole);
  if (!upward) line(box, 'Self', T.self[i], whole);
  const own = html('div', 'org', box);
  html('span', 'chip k' + cls, own);
  html('span', '', own, originName(f) + (extra.p ? ' \u00b7 ' + extra.p : ''));
  if (p >= 0) says.push(share(T.tot[i], T.tot[p]) + (upward ? ' of the frame it called'
    : ' of caller'));
  if (focus && i !== focus && T.dep[i] > T.dep[focus])
    says.push(share(T.tot[i], T.tot[focus]) + ' of the zoomed frame');
  if (deep[1] > 1) says.push('recursion depth ' + deep[0] + ' of ' + deep[1] +
    '; function total ' + value(totalOf(f)));
  if (T.times && T.times[i]) says.push('folded: \u00d7' + commas(T.times[i]));
  if (T === base) {
    if (J.agg && J.agg[i]) says.push(plural(J.agg[i], 'frame') + ' left out of the data');
    if (old) {
      const change = T.tot[i] - old[src];
      says.push('before ' + value(old[src]) + ', change ' + (change > 0 ? '+' : '') + value(change));
    }
    if (calls && calls[src]) says.push(plural(calls[src], 'call'));
    if (J.cols && J.cols.mark && J.cols.mark[src] !== 'e')
      says.push(low && high ? 'estimated: between ' + value(low[src]) + ' and ' +
        value(high[src]) : 'estimated');
  }
  for (const s of says) html('div', 'mu', box, s);
}

/* The tooltip is HTML; inside an .svg it lies in a foreignObject of no size. */
const layer = inline ? D.body : el('foreignObject', {width: 1, height: 1, 'class': 'pop'}, svg);
function popup(cls) {
  const box = html('div', cls, layer);
  box.hidden = true;
  return {
    box,
    move(x, y) { // to a point of the window
      const r = (inline ? root : svg).getBoundingClientRect();
      box.style.left = Math.round(x - r.left) + 'px';
      box.style.top = Math.round(y - r.top) + 'px';
    },
    hide() { box.hidden = true; },
    open() { box.hidden = false; box.textContent = ''; }
  };
}
const tip = popup('pv-tip'), card = popup('pv-tip pv-card');
function showTip(i, px, py) {
  if (i === -1) { tip.hide(); return; }
  tip.open();
  describe(tip.box, i);
  const r = tip.box.getBoundingClientRect(), ww = viewWidth(), wh = window.innerHeight;
  const x = px + 14 + r.width < ww - 4 ? px + 14 : px - r.width - 10;
  const y = py + 18 + r.height < wh - 4 ? py + 18 : py - r.height - 10;
  tip.move(Math.max(4, Math.min(x, ww - r.width - 4)), Math.max(4, y));
}
const viewWidth = () => inline ? root.clientWidth : svg.getBoundingClientRect().width;

/* Touch: a card at the bottom edge in place of the tooltip. */
function showCard(i) {
  card.open();
  describe(card.box, i);
  const row = html('div', 'acts', card.box);
  if (typeof i !== 'object') {
    button(row, 'Zoom', '', () => zoom(i));
    button(row, 'Only this function', '', () => searchOnly(i));
    button(row, 'Copy name', '', () => copy(nameOf(i)));
  }
  button(row, 'Close', '', () => { card.hide(); });
  placeCard();
}
function placeCard() {
  if (card.box.hidden) return;
  const r = card.box.getBoundingClientRect();
  card.move(Math.max(0, (viewWidth() - r.width) / 2), window.innerHeight - r.height);
}

/* -- Header: HTML in both kinds; in an .svg it stands in a foreignObject that
 * replaces the static texts, so that its lines wrap with the window -- */

const panel = id('pv-panel');
let head = null, tools, bar, legend, result, field, stepBack, stepOn, foldButton;
const views = {};

function buildHeader() {
  if (inline) { tools = id('pv-tools'); bar = id('pv-bar'); legend = id('pv-legend'); tools.hidden = false; }
  else {
    header.textContent = '';
    head = html('div', 'pv-head', el('foreignObject', {x: 0, y: 0, width: 1, height: 1}, header));
    set(html('div', 'h1', head, J.title), {id: P + 'pv-h1', role: 'heading', 'aria-level': 1});
    html('div', 'sub', head, J.sub).id = P + 'pv-sub';
    tools = html('div', 'tb', head);
    set(legend = html('ul', 'legend', head), {id: P + 'pv-legend'});
    const under = html('div', 'under', head);
    set(bar = html('nav', 'crumbs', under), {id: P + 'pv-bar', 'aria-label': 'Zoom path'});
    result = html('span', 'res', under);
    set(tools, {id: P + 'pv-tools', role: 'toolbar', 'aria-label': 'Flame graph'});
  }
  buildTools();
  drawLegend();
}
function button(parent, text, hint, act) {
  const b = html('button', 'btn', parent, text);
  b.type = 'button';
  if (hint) set(b, {title: hint, 'aria-label': hint});
  b.addEventListener('click', act);
  return b;
}
function buildTools() {
  tools.textContent = '';
  const group = html('span', 'seg', tools);
  set(group, {role: 'group', 'aria-label': 'Direction of calls'});
  for (const [key, text, hint] of [['callees', 'Callees', 'Callees: who is called (c)'],
    ['callers', 'Callers', 'Callers: who calls (c)'],
    ['sandwich', 'Sandwich', 'Sandwich: both, around one function (s)']])
    views[key] = button(group, text, hint, () => setView(key));
  button(tools, 'Flip', 'Flip: root at the top or the bottom (i)', flip);
  foldButton = button(tools, 'Fold', 'Fold recursion: one row for repeated frames', toggleFold);
  if (inline) button(tools, 'Reset zoom', '', () => zoom(0)).classList.add('wide');
  if (panel) button(tools, 'Details', 'Details of the current frame', togglePanel).classList.add('details');
  html('span', 'sp', tools);
  if (inline) result = html('span', 'res', tools);
  set(result, {role: 'status', 'aria-live': 'polite'});
  stepBack = button(tools, '\u2039', 'Previous match (N)', () => step(-1));
  stepOn = button(tools, '\u203a', 'Next match (n)', () => step(1));
  field = html('input', 'q', tools);
  set(field, {id: P + 'pv-q', type: 'search', placeholder: 'Search (regex)   /', spellcheck: 'false',
    autocomplete: 'off', 'aria-label': 'Search functions and files, regular expression'});
  field.addEventListener('input', () => search(field.value, () => save(true)));
  button(tools, 'Theme', 'Switch between light and dark (t)', switchTheme);
  button(tools, '?', 'Help: keys (?)', help);
}
function showTools() {
  for (const key in views) views[key].setAttribute('aria-pressed', view === key);
  foldButton.setAttribute('aria-pressed', fold && view === 'callees');
  foldButton.hidden = !period || !period.some(p => p) || view !== 'callees';
  stepBack.hidden = stepOn.hidden = !hit;
  if (field.value !== query) field.value = query;
}
function say(text) { if (live) live.textContent = text; }
function hintText() {
  if (view === 'sandwich') return 'Sandwich of ' + FN[fnOf][0] + ': ' + value(T.tot[0]) +
    ' \u00b7 ' + pct(T.tot[0]) + ' of all. Callers on one side, callees on the other.';
  if (view === 'callers') return 'Wider means more ' + (J.noun || 'time') +
    '. The second row is each function by itself; each further row is who called it.';
  return J.hint || '';
}
function drawBar() {
  bar.textContent = '';
  if (note) html('span', 'err', bar, note);
  else if (!focus) bar.textContent = hintText();
  if (note || !focus) return;
  let list = [];
  for (let i = focus; i >= 0; i = T.par[i]) list.unshift(i);
  if (list.length > 8) list = [list[0], -1].concat(list.slice(-6));
  list.forEach((i, j) => {
    if (j) html('i', '', bar, '\u203a');
    if (i < 0) html('span', '', bar, '\u2026');
    else if (i === focus) html('b', '', bar, nameOf(i));
    else html('button', '', bar, nameOf(i)).addEventListener('click', () => zoom(i));
  });
  html('span', 'sum', bar, value(T.tot[focus]) + ' \u00b7 ' + pct(T.tot[focus]) + ' of all');
}
function drawLegend() {
  if (!legend || !(J.origins || []).length) return;
  legend.textContent = '';
  for (const [key, name, part] of J.origins) {
    const b = html('button', '', html('li', '', legend));
    html('span', 'chip k' + (typeof key === 'number' ? key + 'a' : key), b);
    html('span', '', b, name + ' ');
    html('b', '', b, part);
    b.setAttribute('aria-pressed', 'false');
    b.addEventListener('click', () => {
      only = only === key ? null : key;
      for (const e of Array.from(legend.querySelectorAll('button')))
        e.setAttribute('aria-pressed', only !== null && e === b);
      paint();
    });
  }
  if (J.legend) html('li', 'mu', legend, J.legend);
}
/* SVG has no sticky position: the header follows the window's top edge. */
function stick() {
  if (!head) return;
  const r = svg.getBoundingClientRect(), y = Math.max(0, -r.top * height / (r.height || 1));
  head.parentNode.setAttribute('y', y.toFixed(0));
}
function measureHeader() {
  if (!head) return;
  const fo = head.parentNode;
  set(fo, {width: W + 2 * PAD});
  const h = Math.ceil(head.offsetHeight);
  set(fo, {height: h});
  TOP = h + 4;
}

/* -- Search -- */

let searching = 0;
const fileOf = f => FN[f][3].file;
function search(text, done) {
  const turnNo = ++searching, marks = new Uint8Array(FN.length);
  let re, f = 0;
  query = text;
  if (!text) { hit = null; tell('', false); refresh(); if (done) done(); return; }
  try {
    re = new RegExp(text, /[A-Z]/.test(text.replace(/\\./g, '')) ? '' : 'i');
  } catch (e) { // the last good result stays
    tell('Not a valid pattern', true);
    return;
  }
  const slice = () => {
    if (turnNo !== searching) return;
    for (const stop = Math.min(FN.length, f + SLICE); f < stop; f++)
      if (re.test(FN[f][0]) || re.test(fileOf(f))) marks[f] = 1;
    if (f < FN.length) { setTimeout(slice); return; }
    marks[base.fn[0]] = 0; // the root is no function
    hit = marks;
    count();
    refresh();
    if (done) done();
  };
  slice();
}
/* The result line; nested matches are counted once, by the outermost. */
function count() {
  let n = 0, sum = 0, here = 0, stop = 0;
  const inZoom = focus && T === base;
  for (let i = 1; i < base.n; i++) {
    if (!hit[base.fn[i]]) continue;
    n++;
    if (i < stop) continue;
    sum += base.tot[i];
    stop = base.end[i];
  }
  if (inZoom) {
    stop = focus;
    for (let i = focus; i < base.end[focus]; i++)
      if (i >= stop && hit[base.fn[i]]) { here += base.tot[i]; stop = base.end[i]; }
  }
  const functions = hit.reduce((s, h) => s + h, 0);
  tell(n ? plural(n, 'frame') + ' in ' + plural(functions, 'function') + ' \u00b7 ' + pct(sum) +
    ' of all' + (inZoom ? ' \u00b7 ' + share(here, base.tot[focus]) + ' of the zoomed frame' : '')
    : 'No frame matches', false);
  PV.found = {frames: n, functions, sum};
}
function tell(text, bad) {
  result.textContent = text;
  result.className = bad ? 'res err' : 'res';
  showTools();
}
/* Repaints after a search; the header may have grown a line. */
function refresh() { showTools(); render(); }
function searchOnly(i) {
  card.hide();
  search('^' + nameOf(i).replace(/[.*+?^${}()|[\]\\\/]/g, '\\$&') + '$', () => save());
}
/* n, N: the next match on the screen; if there is none, the next anywhere. */
function step(way) {
  if (!hit) return;
  const match = i => i && hit[T.fn[i]];
  let list = vis.filter(i => match(i) && Math.abs(T.dep[i]) >= Math.abs(T.dep[focus]));
  if (!list.length) for (let i = 1; i < T.n; i++) if (match(i)) list.push(i);
  if (!list.length) return;
  let next = way > 0 ? list.find(i => i > cur) : list.reverse().find(i => i < cur);
  if (next === undefined) next = list[0];
  if (!vis.includes(next)) zoom(T.par[next]);
  keyed = true;
  select(next);
}

/* -- State in the hash -- */

/* FNV-1a of the names on the stack: survives new widths and new siblings. */
const coder = new TextEncoder(), coded = [];
const nameBytes = f => coded[f] || (coded[f] = coder.encode(FN[f][0]));
function fnv(h, f) {
  for (const b of nameBytes(f)) h = Math.imul(h ^ b, 16777619);
  return h;
}
const BASIS = 2166136261 | 0, SEMICOLON = 59;
function stackHash(t, i) {
  const path = [];
  let h = BASIS;
  for (; i > 0; i = t.par[i]) path.push(t.fn[i]);
  for (let k = path.length - 1; k >= 0; k--) {
    h = fnv(h, path[k]);
    if (k) h = Math.imul(h ^ SEMICOLON, 16777619);
  }
  return (h >>> 0).toString(36);
}
function findStack(t, z) {
  const want = parseInt(z, 36) | 0, hash = new Int32Array(t.n);
  for (let i = 1; i < t.n; i++) {
    const p = t.par[i];
    hash[i] = fnv(p ? Math.imul(hash[p] ^ SEMICOLON, 16777619) : BASIS, t.fn[i]);
    if (hash[i] === want) return i;
  }
  return 0;
}
function stateText() {
  const parts = [], put1 = (k, v) => parts.push(k + '=' + encodeURIComponent(v));
  if (P) parts.push(sectionOf(P));
  if (focus) put1('z', T.home ? stackHash(base, T.src[focus]) : stackHash(T, focus));
  if (query) put1('s', query);
  if (view !== 'callees') put1('v', view);
  if (view === 'sandwich') put1('f', FN[fnOf][0]);
  if (flame !== !!J.flame) put1('d', flame ? 'flame' : 'icicle');
  return parts.join('&');
}
let written = null;
function save(replace) {
  const text = stateText(), url = text ? '#' + text : location.pathname + location.search;
  if (text === written) return;
  written = text;
  try {
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
  } catch (e) { // file: and sandboxed frames may refuse
    try { location.hash = text; } catch (e2) { /* then without */ }
  }
}
function restore() {
  const hash = location.hash.slice(1), state = {};
  if (moving) return;
  if (!isFor(P)) { written = null; return; }
  unhide(P);
  if (hash === written) return;
  written = hash;
  for (const part of hash.split('&')) {
    const k = part.indexOf('=');
    try {
      if (k > 0) state[part.slice(0, k)] = decodeURIComponent(part.slice(k + 1));
    } catch (e) { /* a broken escape: as if it were not there */ }
  }
  note = '';
  flame = state.d ? state.d === 'flame' : !!J.flame;
  view = views[state.v] ? state.v : J.view || 'callees';
  if (view === 'sandwich' && state.f !== undefined) {
    fnOf = biggest('tot', f => FN[f][0] === state.f);
    if (!fnOf) { view = 'callees'; note = 'That function is not in this profile'; }
  }
  focus = 0;
  T = base;
  openStack(state.z);
  if ((state.s || '') !== query) search(state.s || '');
  refresh();
}
function openStack(z) {
  if (view === 'callees') {
    const i = z ? findStack(base, z) : 0;
    if (z && !i) note = 'That stack is not in this profile';
    focus = i;
    turn();
    return;
  }
  T = merged([], z ? 2e4 : W || 1200); // the path is unknown: grow far enough to find it
  const i = z ? findStack(T, z) : 0;
  if (z && !i) note = 'That stack is not in this profile';
  grown(pathOf(i));
}
/* The function of largest self, or total, value among those that `want` lets
 * through. */
function biggest(key, want) {
  let best = 0;
  totalOf(0);
  for (let f = 0; f < FN.length; f++)
    if (want(f) && (best === 0 || functionTotals[key][f] > functionTotals[key][best])) best = f;
  return best;
}

/* -- Actions -- */

function render() {
  measure();
  if (view !== 'callees' && T.nodes) regrow();
  from = T.x0[focus];
  to = from + T.tot[focus];
  drawBar();
  measureHeader();
  layout();
  paint();
  stick();
  drawPanel();
}
function regrow() {
  const at = pathOf(cur);
  hover = -1;
  grown(pathOf(focus));
  cur = follow(at);
}
function measure() {
  const host = inline ? svg.parentNode : svg;
  PAD = inline && window.innerWidth <= 640 ? 12 : J.pad; // as the page around it
  if (!inline) svg.setAttribute('width', '100%');
  W = Math.max(200, (inline ? host.clientWidth : host.getBoundingClientRect().width) - 2 * PAD);
}
let animation = 0;
function zoom(i) {
  if (i < 0 || typeof i === 'object') return;
  const a = from, b = to, quick = view === 'callees' && cost < 8 && vis.length <= 1500 &&
    !media('(prefers-reduced-motion:reduce)');
  focus = cur = i;
  hover = -1;
  note = '';
  tip.hide();
  card.hide();
  cancelAnimationFrame(animation);
  if (hit) count();
  render();
  save();
  if (quick) glide(a, b);
}
/* Eases from the interval [a, b] to the one just drawn. */
function glide(a, b) {
  const a1 = from, b1 = to, began = performance.now();
  const frame = now => {
    const t = Math.min(1, Math.max(0, (now - began) / ANIMATE)), e = 1 - Math.pow(1 - t, 3);
    from = t < 1 ? a + (a1 - a) * e : a1;
    to = t < 1 ? b + (b1 - b) * e : b1;
    layout();
    paint();
    if (t < 1) animation = requestAnimationFrame(frame);
  };
  frame(began);
}
function setView(next, f) {
  if (next === 'sandwich') {
    const here = f !== undefined ? f : cur > 0 ? T.fn[cur] : view === 'sandwich' ? fnOf : 0;
    fnOf = here || biggest('self', g => g !== base.fn[0]);
  }
  const back = T === base || T.home ? T : null;
  view = next;
  if (!back) focus = 0;
  turn([]);
  if (hit) count();
  refresh();
  reveal();
  save();
}
function flip() { flame = !flame; refresh(); reveal(); save(); }
function toggleFold() {
  fold = !fold;
  turn();
  refresh();
}
function switchTheme() {
  const dark = root.getAttribute('data-theme') ? root.getAttribute('data-theme') === 'dark'
    : media('(prefers-color-scheme:dark)');
  root.setAttribute('data-theme', dark ? 'light' : 'dark');
  try { localStorage.setItem('pv-theme', dark ? 'light' : 'dark'); } catch (e) { /* no store */ }
}
function loadTheme() {
  if (J.theme) return;
  try {
    const t = localStorage.getItem('pv-theme');
    if (t) root.setAttribute('data-theme', t === 'dark' ? 'dark' : 'light');
  } catch (e) { /* no store */ }
}
function copy(text) {
  const failed = () => say('Could not copy');
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => say('Copied'), failed);
  else failed();
}
function back() {
  if (focus) zoom(T.par[focus]);
}
function escape() {
  if (query) search('', () => save());
  else if (focus || note) zoom(0);
  else { showTip(-1); card.hide(); }
}

/* -- Keyboard -- */

function siblings(i) {
  const p = T.par[i], list = [];
  if (p < 0) return [i];
  for (let c = p + 1; c < T.end[p]; c = T.end[c]) if (T.dep[c] === T.dep[i]) list.push(c);
  return list;
}
function widestChild(i, way) {
  let best = -1;
  for (let c = i + 1; c < T.end[i]; c = T.end[c])
    if (Math.sign(T.dep[c] - T.dep[i]) === way && (best < 0 || T.tot[c] > T.tot[best])) best = c;
  return best;
}
function walk(dir) {
  const list = siblings(cur), k = list.indexOf(cur);
  let next = -1;
  if (dir === 'down' || dir === 'up') {
    const way = dir === 'down' ? 1 : -1, out = Math.sign(T.dep[cur]) === -way;
    next = out || !cur && view !== 'sandwich' && way < 0 ? T.par[cur] : widestChild(cur, way);
    if (way < 0 && T.dep[cur] > 0) next = T.par[cur];
  } else next = dir === 'first' ? list[0] : dir === 'last' ? list[list.length - 1]
    : list[k + (dir === 'right' ? 1 : -1)];
  if (next === undefined || next < 0) return;
  select(next);
}
/* Makes a frame the current one, brings it to the eye and says it. */
function select(i) {
  cur = i;
  const low1 = Math.abs(T.dep[i]) < Math.abs(T.dep[focus]);
  if (low1) { const want = pathOf(i); zoom(i); cur = follow(want); }
  keyed = true;
  reveal();
  outline();
  drawPanel();
  const b = boxOf(cur), at = where(0, 0);
  showTip(cur, at.left + (b.x + Math.min(b.w / 2, 200)) * at.scale,
    at.top + (b.y + ROW - 8) * at.scale);
  const list = siblings(cur), f = T.fn[cur];
  say(FN[f][0] + ', total ' + pct(T.tot[cur]) + ', self ' + pct(T.self[cur]) + ', level ' +
    Math.abs(T.dep[cur]) + ', ' + (list.indexOf(cur) + 1) + ' of ' + list.length +
    (originName(f) ? ', ' + originName(f).toLowerCase() : ''));
}
function reveal() {
  const at = where(0, 0), y = at.top + boxOf(cur).y * at.scale;
  const headroom = inline && tools ? tools.getBoundingClientRect().height + 8 : TOP;
  if (y < headroom || y > window.innerHeight - 60)
    window.scrollBy(0, y - window.innerHeight / 2);
}
const KEYS = {
  ArrowDown: () => walk(flame ? 'up' : 'down'), ArrowUp: () => walk(flame ? 'down' : 'up'),
  ArrowLeft: () => walk('left'), ArrowRight: () => walk('right'),
  Home: () => walk('first'), End: () => walk('last'),
  Enter: () => zoom(cur), ' ': () => zoom(cur)
};
const LETTERS = {
  i: flip, c: () => setView(view === 'callers' ? 'callees' : 'callers'),
  s: () => setView('sandwich'), t: switchTheme, n: () => step(1), N: () => step(-1), u: back,
  Backspace: back, Escape: escape, '?': help, '/': () => field.focus(),
  y: () => copy(location.href)
};
function onKey(ev) {
  const t = ev.target, typing = t && /^(input|select|textarea)$/i.test(t.localName || '');
  if ((ev.ctrlKey || ev.metaKey) && ev.key === 'f' && !typing && D.activeElement !== field) {
    field.focus();
    ev.preventDefault();
    return;
  }
  if (!visible() || D.querySelector('dialog[open]')) return;
  if (typing) {
    if (ev.key === 'Escape' && t === field) { search('', () => save(true)); frames.focus(); }
    else if (ev.key === 'Enter' && t === field) { frames.focus(); step(1); }
    return;
  }
  if (ev.ctrlKey || ev.metaKey || ev.altKey) return;
  const inGraph = t === frames, free = inGraph || t === D.body || t === svg || t === root;
  const act = inGraph && KEYS[ev.key] || (free || ev.key === 'Escape') && LETTERS[ev.key];
  if (!act) return;
  ev.preventDefault();
  act();
}
const visible = () => svg.getClientRects().length > 0;

const HELP = [['Arrow keys', 'widest callee, caller, neighbours'], ['Home, End', 'first, last neighbour'],
  ['Enter, Space, click', 'zoom to the frame; on the zoomed frame: out'],
  ['Backspace, u', 'zoom out one level'], ['Esc', 'clear search, then reset zoom'],
  ['/ or Ctrl+F', 'search; n and N: next, previous match'],
  ['Alt+click', 'every place where this function is called'],
  ['i', 'flip: root at the top or the bottom'], ['c', 'callers or callees'],
  ['s', 'sandwich of the current function'], ['t', 'light or dark'], ['y', 'copy a link to this view']];
let dialog = null;
function help() {
  if (!dialog) {
    dialog = html('dialog', 'pv-help', layer);
    dialog.setAttribute('aria-label', 'Keys');
    html('h2', '', dialog, 'Keys');
    const list = html('dl', '', dialog);
    for (const [key, what] of HELP) { html('dt', '', list, key); html('dd', '', list, what); }
    button(html('p', '', dialog), 'Close', '', () => dialog.close());
    dialog.addEventListener('close', () => frames.focus());
  }
  if (!dialog.open) dialog.showModal();
}

/* -- Details panel of wide pages -- */

function togglePanel() {
  panel.hidden = !panel.hidden;
  panel.parentNode.classList.toggle('split', !panel.hidden);
  render();
}
function drawPanel() {
  if (!panel || panel.hidden) return;
  const at = cur || focus, f = T.fn[at];
  panel.textContent = '';
  describe(html('div', 'pv-details', panel), at);
  const here = outermost(base, f), node = {frames: here, weights: here.map(i => base.tot[i]),
    dep: 0, way: 1}, whole = totalOf(f), heavy = (a, b) => b.weight - a.weight;
  for (const [name, list] of [['Callers', callersOf(base, node, heavy)],
    ['Callees', calleesOf(base, here, 1, heavy)]]) {
    html('h3', '', panel, name);
    const ul = html('ul', '', panel);
    for (const o of list.slice(0, 10)) {
      const b = html('button', '', html('li', '', ul), FN[o.fn][0]);
      b.addEventListener('click', () => setView('sandwich', o.fn));
      html('b', '', b.parentNode, share(o.weight, whole));
    }
    if (!list.length) html('li', 'mu', ul, 'none');
    if (list.length > 10) html('li', 'mu', ul, plural(list.length - 10, 'more function'));
  }
}

/* -- Events: one listener each, on the picture or the window -- */

let touched = -1, pointer = 'mouse';
function detachTitle(i) { // the browser's own tooltip would double ours
  for (let j = 0; j < used; j++) {
    const o = pool[j];
    if (o.i === i) o.title.remove();
    else if (!o.title.parentNode) o.g.insertBefore(o.title, o.rect);
  }
}
let pending = null;
function onMove(ev) {
  if (ev.pointerType === 'touch') return;
  if (!pending) requestAnimationFrame(() => {
    const e = pending, inUi = e.target.closest && e.target.closest('foreignObject');
    const i = inUi ? -1 : frameAt(e.clientX, e.clientY);
    pending = null;
    if (e.type === 'pointerleave') { point1(-1); return; }
    point1(i, e.clientX, e.clientY);
  });
  pending = ev;
}
function point1(i, x, y) {
  const frame = typeof i === 'object' ? -1 : i;
  if (frame !== hover) { hover = frame; outline(); detachTitle(frame); }
  svg.style.cursor = frame >= 0 ? 'pointer' : '';
  showTip(i, x, y);
}
function onClick(ev) {
  const t = ev.target;
  if (t.closest && t.closest('foreignObject')) return;
  const i = frameAt(ev.clientX, ev.clientY);
  if (i === -1) { card.hide(); return; }
  if ((ev.pointerType || pointer) === 'touch' && touched !== i) {
    touched = i;
    if (typeof i !== 'object') { cur = i; keyed = true; outline(); drawPanel(); }
    showCard(i);
    return;
  }
  touched = -1;
  keyed = false;
  if (typeof i === 'object') { zoom(i.par); return; }
  if (ev.altKey) { searchOnly(i); return; }
  zoom(i === focus && focus ? T.par[i] : i);
}
let ticking = false;
function onScroll() {
  if (ticking || !visible()) return;
  ticking = true;
  requestAnimationFrame(() => { ticking = false; stick(); paint(); placeCard(); });
}
function listen() {
  svg.addEventListener('pointermove', onMove);
  svg.addEventListener('pointerleave', onMove);
  svg.addEventListener('pointerdown', ev => { pointer = ev.pointerType; });
  svg.addEventListener('click', onClick);
  D.addEventListener('keydown', onKey);
  frames.addEventListener('focus', () => {
    keyed = frames.matches(':focus-visible') || keyed;
    outline();
  });
  frames.addEventListener('blur', () => { keyed = false; outline(); showTip(-1); });
  window.addEventListener('scroll', onScroll, {passive: true});
  window.addEventListener('resize', () => { if (visible()) render(); });
  window.addEventListener('hashchange', () => restore());
  window.addEventListener('popstate', () => restore());
  window.addEventListener('beforeprint', () => { tip.hide(); paint(true); });
  window.addEventListener('afterprint', () => paint());
}

/* -- Start -- */

const PV = window.PV = {
  d: {fn: base.fn, parent: base.par, get self() { return base.exact || base.self; },
    get total() {
      return base.exact ? sumUp(base.exact, base.par, new BigInt64Array(base.n)) : base.tot;
    }},
  f: FN, zoom, search, value, share: pct, frameAt, boxOf, setView, flip, label, nameLadder,
  words: {duration, bytes, digits, share},
  get tree() { return T; }, get focus() { return focus; }, get cur() { return cur; },
  get visible() { return vis; }, get small() { return small; }, get cost() { return cost; }
};
loadTheme();
if (inline) { // an inline root's <title> would show as a tooltip everywhere
  const title = id('pv-title');
  svg.removeAttribute('aria-labelledby');
  set(svg, {'aria-label': J.title, 'aria-describedby': P + 'pv-desc'});
  if (title) title.remove();
}
set(frames, {tabindex: 0, role: 'application', 'aria-roledescription': 'flame graph',
  'aria-label': 'Flame graph. Arrow keys move between frames, Enter zooms, Escape resets, ' +
    'slash searches, question mark lists all keys.'});
tip.hide();
card.hide();
buildHeader();
measure();
if (view === 'sandwich' && !fnOf) fnOf = biggest('self', g => g !== base.fn[0]);
turn([]);
listen();
showTools();
if (location.hash.length > 1) restore();
render();
if (flame || view === 'sandwich') reveal(); // the root may be far down
setTimeout(() => { cyclesOnce(); showTools(); }); // nobody waits for this one
}

/* ---- The table of functions: sorting by its heads ---------------------- */

function sortable(table) {
  const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((th, column) => {
    if (!th.hasAttribute('data-sort')) return;
    const b = html('button', '', null, th.textContent);
    th.textContent = '';
    th.appendChild(b);
    b.addEventListener('click', () => {
      const text = th.getAttribute('data-sort') === 'text';
      const now = th.getAttribute('aria-sort');
      const up = now ? now === 'descending' : text;
      heads.forEach(h => h.removeAttribute('aria-sort'));
      th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      sortRows(body, column, up, text);
    });
  });
}
function sortRows(body, column, up, text) {
  const key = row => {
    const cell = row.cells[column];
    return text ? cell.textContent : Number(cell.getAttribute('data-v'));
  };
  const rows = Array.from(body.rows, (row, i) => ({row, i, k: key(row)}));
  rows.sort((a, b) => (a.k < b.k ? -1 : a.k > b.k ? 1 : 0) * (up ? 1 : -1) || a.i - b.i);
  for (const r of rows) body.appendChild(r.row);
}

/* A picture in a section that is not shown is decoded when it first is. */
function whenShown(P) {
  const look = () => {
    unhide(P);
    if (!D.getElementById(P + 'pv').getClientRects().length) return;
    window.removeEventListener('hashchange', look);
    if (!started) start(P);
    started = true;
  };
  let started = false;
  window.addEventListener('hashchange', look);
  window.addEventListener('load', () => setTimeout(look)); // :target may come late
  look();
}
for (const e of Array.from(D.querySelectorAll('script[id$="pv-data"]'))) whenShown(e.id.slice(0, -7));
for (const e of Array.from(D.querySelectorAll('table.sort'))) sortable(e);
})();
