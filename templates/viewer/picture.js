/* SPDX-License-Identifier: MIT */
/* ---- One picture ------------------------------------------------------- */

function start(P) {
const id = name => D.getElementById(P + name);
const J = JSON.parse(id('pv-data').textContent);
/* Of each function: name, location, class, and origin, package and file. */
const FN = J.f.map(([name, cls, file, line, p, o]) => [name,
  J.s[file | 0] + (line ? ':' + line : ''), cls, {o, p: J.s[p | 0], file: J.s[file | 0]}]);
const base = decode(J), calls = column(J, 'calls');
let total = base.tot[0], whole = J.whole || total;
const low = column(J, 'lo'), high = column(J, 'hi'), old = column(J, 'before');
const oldSelf = old && old.slice();
if (old) sumUp(oldSelf, base.par, old.fill(0));
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
