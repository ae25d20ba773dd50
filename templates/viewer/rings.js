/* SPDX-License-Identifier: MIT */
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
