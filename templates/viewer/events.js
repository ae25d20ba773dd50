/* SPDX-License-Identifier: MIT */
/* Events: one listener each, on the picture or the window. */
let touched = -1, pointer = 'mouse', pending = null, ticking = false;
const inTools = ev => ev.target.closest && ev.target.closest('foreignObject');
function pointed(ev) {
  const i = ev.type === 'pointerleave' || inTools(ev) ? -1 : frameAt(ev.clientX, ev.clientY);
  const frame = i.n ? -1 : i;
  if (frame !== hover) {
    hover = frame;
    outline();
    for (const o of pool) // the browser's own tooltip would double ours
      if (o.i === frame) o.title.remove();
      else if (!o.title.parentNode) o.g.prepend(o.title);
  }
  svg.style.cursor = frame >= 0 ? 'pointer' : '';
  showTip(i, ev.clientX, ev.clientY);
}
on(svg, 'pointermove pointerleave', ev => {
  if (ev.pointerType === 'touch') return;
  if (!pending) requestAnimationFrame(() => {
    const last = pending;
    pending = null;
    pointed(last);
  });
  pending = ev;
});
on(svg, 'pointerdown', ev => { pointer = ev.pointerType; });
on(svg, 'click', ev => {
  if (inTools(ev)) return;
  const i = frameAt(ev.clientX, ev.clientY);
  if (i === -1) return hide(card);
  if ((ev.pointerType || pointer) === 'touch' && touched !== i) {
    touched = i;
    if (!i.n) { cur = i; keyed = true; outline(); drawPanel(); }
    return showCard(i);
  }
  touched = -1;
  keyed = false;
  if (i.n) zoom(i.par);
  else if (ev.altKey) searchOnly(i);
  else zoom(i && i === focus ? T.par[i] : i);
});
on(D, 'keydown', onKey);
on(frames, 'focus', () => {
  keyed = keyed || frames.matches(':focus-visible');
  outline();
});
on(frames, 'blur', () => { keyed = false; outline(); hide(tip); });
on(window, 'scroll', () => {
  if (!ticking && shown(svg)) requestAnimationFrame(() => { ticking = false; stick(); paint(); placeCard(); });
  ticking = shown(svg);
});
on(window, 'resize', () => { if (shown(svg)) render(); });
on(window, 'hashchange popstate', restore);
on(window, 'beforeprint', () => {
  if (inline) svg.parentNode.className = height < 1.6 * (W + 2 * PAD) ? 'fits' : '';
  hide(tip);
  paint(true);
});
on(window, 'afterprint', paint);
