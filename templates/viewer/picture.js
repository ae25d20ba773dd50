/* SPDX-License-Identifier: MIT */
/* One picture: its data and its state.  'section' is the part of the document
 * that it stands in where there are several, else "". */
function start(section) {
const P = section && section + '-';
const id = name => D.getElementById(P + 'pv' + name);
/* What a template leaves out is there, but nowhere to be seen. */
const part = (name, tag) => id('-' + name) || html(tag || 'div');
const J = JSON.parse(id('-data').textContent), {origins} = J, cols = J.cols || {}, {mark} = cols;
/* Of each function: name, location, class, file, package, origin. */
const FN = J.f.map(f => {
  const file = J.s[f[2] | 0];
  return [bare(f[0]), file + (f[3] ? ':' + f[3] : ''), f[1], file, J.s[f[4] | 0], f[5] ?? parseInt(f[1])];
});
const base = decode(J);
let total = base.tot_[0], whole = J.whole || total;
const low = column(J, 'lo'), high = column(J, 'hi'), old = column(J, 'before'), oldSelf = old?.slice();
if (old) sumUp(oldSelf, base.par_, old.fill(0));
const svg = id(''), frames = id('-frames'), live = part('live');
const media = q => matchMedia('(' + q + ')').matches;
const coarse = media('pointer:coarse'), ROW = coarse ? max(24, J.row) : J.row;

/* What the reader sees; all of it but 'cur' and 'hover' is in the hash. */
let view = J.view || 'callees', flame = !!J.flame, fold = !!J.fold, fnOf = J.fn || 0,
  query = '', only = null, T = base, focus = 0, cur = 0, hover = -1, hit = null, note = '', keyed = false;
/* Geometry of the last drawing; [from, to] of the measure fills the width. */
let W = 1200, PAD = J.pad, TOP = J.top, rowMin = 0, rowMax = 0, height = 0, from = 0, to = total,
  vis = [], small = [], cost = 0;

const nameOf = i => FN[T.fn_[i]][0];
const originOf = (...classes) => origins.find(o => classes.includes(o[0]))?.[1] || '';
const originName = f => originOf(FN[f][5], FN[f][2]);
const value = v => {
  const {kind, dec, one, name} = J.unit, scale = pow(10, dec);
  return v < 0 ? '−' + value(-v)
    : kind === 'ns' ? duration(v, scale)
    : kind === 'B' ? bytes(v, scale)
    : (digits(v, dec) + ' ' + (v === scale && one || name)).trim();
};
const pct = v => share(v, whole);
const amount = i => value(T.tot_[i]) + ' · ' + pct(T.tot_[i]) + ' of all';
const heavy = (a, b) => b.weight_ - a.weight_;
const order = (a, b) => (J.sort === 'name' ? compare(FN[a.fn_][0], FN[b.fn_][0]) : heavy(a, b)) || a.fn_ - b.fn_;

if (coarse) svg.classList.add('coarse');
empty(frames);
const rule = ruler(el('text', frames)), ladders = [];
empty(frames);
function label(f, room, times) {
  const badge = times ? ' ×' + commas(times) : '', left = room - rule.width_(badge);
  const names = ladders[f] ||= nameLadder(J.f[f][0]).map(s => [s, rule.width_(s)]);
  const fits = names.find(n => n[1] <= left);
  const text = fits ? fits[0] : shorten(rule, names.at(-1)[0], left);
  return text && text + badge;
}
