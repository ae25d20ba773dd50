/* SPDX-License-Identifier: MIT */
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

function stateOf(i) {
  const f = T.fn[i], out = only !== null && (steps ? 'd' + steps[i] !== only
    : originOf(f) !== only && FN[f][2] !== only);
  if (hit) return hit[f] && !out ? ' m' : ' d';
  return out ? ' d' : '';
}
function frameClass(i) {
  const context = Math.abs(T.dep[i]) < Math.abs(T.dep[focus]);
  return (isAggregate(i) ? 'pruned' : steps ? 'kd' + steps[i] : classOf(T.fn[i])) + (context ? ' up' : '') +
    (i === 0 && view === 'sandwich' ? ' pivot' : '') + stateOf(i);
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
    const plus = sign(i), text = w < LABEL ? '' :
      label(T.fn[i], w - 9 - (plus && rule.width(plus)), T.times && T.times[i]);
    if (text) put(i, x, y, w, cls, plus + text);
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
