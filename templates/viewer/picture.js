/* SPDX-License-Identifier: MIT */
/* One picture: its data and its state. */
function start(P) {
const id = name => D.getElementById(P + 'pv' + name);
const J = JSON.parse(id('-data').textContent), origins = J.origins || [];
/* Of each function: name, location, class, file, package, origin. */
const FN = J.f.map(f => [bare(f[0]), J.s[f[2] | 0] + (f[3] ? ':' + f[3] : ''), f[1],
  J.s[f[2] | 0], J.s[f[4] | 0], f[5] === undefined ? parseInt(f[1], 10) : f[5]]);
const base = decode(J);
let total = base.tot[0], whole = J.whole || total;
const calls = column(J, 'calls'), low = column(J, 'lo'), high = column(J, 'hi');
const old = column(J, 'before'), oldSelf = old && old.slice(), mark = J.cols && J.cols.mark;
if (old) sumUp(oldSelf, base.par, old.fill(0));
const svg = id(''), frames = id('-frames'), live = id('-live'), panel = id('-panel');
const inline = J.inline;
const media = q => matchMedia('(' + q + ')').matches;
const coarse = media('pointer:coarse'), ROW = coarse ? max(24, J.row) : J.row;

/* What the reader sees; all of it but 'cur' and 'hover' is in the hash. */
let view = J.view || 'callees', flame = !!J.flame, fold = !!J.fold, fnOf = J.fn || 0,
  query = '', only = null, T = base, focus = 0, cur = 0, hover = -1, hit = null, note = '', keyed = false;
/* Geometry of the last drawing; [from, to] of the measure fills the width. */
let W = 1200, PAD = J.pad, TOP = J.top, rowMin = 0, rowMax = 0, height = 0, from = 0, to = total,
  vis = [], small = [], cost = 0;

const nameOf = i => FN[T.fn[i]][0];
const originName = f => (origins.find(o => o[0] === FN[f][5] || o[0] === FN[f][2]) || [])[1] || '';
const value = v => {
  const u = J.unit, dec = u.dec || 0, one = pow(10, dec);
  if (v < 0) return '\u2212' + value(-v);
  if (u.kind !== 'count') return u.kind === 'ns' ? duration(v, one) : bytes(v, one);
  return (digits(v, dec) + ' ' + (v === one && u.one || u.name)).trim();
};
const pct = v => share(v, whole);
const order = (a, b) => J.sort === 'name'
  ? (FN[a.fn][0] > FN[b.fn][0]) - (FN[a.fn][0] < FN[b.fn][0]) || a.fn - b.fn
  : b.weight - a.weight || a.fn - b.fn;

if (coarse) svg.classList.add('coarse');
frames.textContent = '';
const rule = ruler(el('text', frames)), ladders = [];
frames.textContent = '';
function label(f, room, times) {
  const badge = times ? ' \u00d7' + commas(times) : '', left = room - rule.width(badge);
  const names = ladders[f] || (ladders[f] = nameLadder(J.f[f][0]).map(s => [s, rule.width(s)]));
  const fits = names.find(n => n[1] <= left);
  const text = fits ? fits[0] : shorten(rule, names[names.length - 1][0], left);
  return text && text + badge;
}
