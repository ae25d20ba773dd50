/* SPDX-License-Identifier: MIT */
/* Events: one listener each, on the picture or the window. */
let touched = -1, pointer = 'mouse', pending = null, ticking = false;
function pointed(ev) {
  const i = ev.type === 'pointerleave' ? -1 : frameAt(ev), frame = i.n ? -1 : i;
  if (frame !== hover) {
    hover = frame;
    outline();
    for (const o of pool) // the browser's own tooltip would double ours
      if (o.i_ === frame) o.title_.remove();
      else if (!o.title_.parentNode) o.g_.prepend(o.title_);
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
  if (isTool(ev)) return;
  const i = frameAt(ev);
  if (i === -1) return hide(card);
  if ((ev.pointerType || pointer) === 'touch' && touched !== i) {
    touched = i;
    if (!i.n) { cur = i; keyed = true; outline(); drawPanel(); }
    return showCard(i);
  }
  touched = -1;
  keyed = false;
  if (i.n) zoom(i.par_);
  else if (ev.altKey) searchOnly(i);
  else zoom(i && i === focus ? T.par_[i] : i);
});
on(D, 'keydown', onKey);
on(frames, 'focus', () => {
  keyed ||= frames.matches(':focus-visible');
  outline();
  if (keyed) requestAnimationFrame(reveal); // after the browser has scrolled
});
on(frames, 'blur', () => { keyed = false; outline(); hide(tip); });
on(window, 'scroll', () => {
  if (!ticking && shown(svg)) requestAnimationFrame(() => { ticking = false; paint(); placeCard(); });
  ticking = shown(svg);
});
on(window, 'resize', () => { if (shown(svg)) render(); });
on(window, 'beforeprint', () => {
  svg.parentNode.className = height < 1.6 * (W + 2 * PAD) ? 'fits' : '';
  hide(tip);
  paint(true);
});
on(window, 'afterprint', paint);
