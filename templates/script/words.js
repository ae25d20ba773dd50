/* SPDX-License-Identifier: MIT */
/* Words for numbers: part 3 of README.md, to the letter. */

/* a * m / d, rounded half up, exactly. */
function ratio(a, m, d) {
  const b = BigInt(d);
  return Number((2n * BigInt(round(a)) * BigInt(m) + b) / (2n * b));
}
const commas = v => String(v).replace(/\B(?=(\d{3})+$)/g, ',');
const pad = (v, n) => String(v).padStart(n, '0');
const point = (q, places) => {
  const s = pad(q, places + 1);
  return commas(s.slice(0, -places)) + '.' + s.slice(-places);
};
/* v in the first of the units [size, least too large, name] where three digits
 * of it are not too large. */
function three(v, one, units) {
  for (const [size, top, name] of units)
    for (const places of [2, 1, 0]) {
      const k = pow(10, places), q = ratio(v, k, size * one);
      if (q < top * k && (!places || q < 1e3)) return (places ? point(q, places) : commas(q)) + name;
    }
}
function duration(v, one) {
  const ns = ratio(v, 1, one), s = ratio(v, 1, 1e9 * one), m = ratio(v, 1, 6e10 * one);
  return ns < 1e3 ? ns + (ns ? ' ns' : ' s')
    : three(v, one, [[1e3, 1e3, ' µs'], [1e6, 1e3, ' ms'], [1e9, 60, ' s']]) ||
    (s < 3600 ? floor(s / 60) + ' min ' + pad(s % 60, 2) + ' s'
      : commas(floor(m / 60)) + ' h ' + pad(m % 60, 2) + ' min');
}
const SIZES = [...'KMGTPE'].map((c, i) => [pow(1024, i + 1), i < 5 ? 1024 : 1 / 0, ' ' + c + 'iB']);
function bytes(v, one) {
  const b = ratio(v, 1, one);
  return b < 1024 ? b + ' B' : three(v, one, SIZES);
}
function digits(v, dec) {
  const one = pow(10, dec), r = v % one;
  if (v >= 1e15 * one) {
    let k = String(BigInt(v)).length - 1, q = ratio(v, 1, pow(10, k - 2));
    if (q === 1e3) { q = 100; k++; }
    return point(q, 2) + 'e' + (k - dec);
  }
  return commas((v - r) / one) + (r ? '.' + pad(r, dec).replace(/0+$/, '') : '');
}
function share(a, b) {
  if (!(b > 0) || !a) return '0%';
  if (a < 0) return '−' + share(-a, b);
  let q = ratio(a, 1e3, b), places = 1;
  if (q >= 1e3) return commas(ratio(a, 100, b)) + '%';
  if (q < 100)
    do q = ratio(a, pow(10, ++places + 2), b); while (!q && places < 20);
  return q ? point(q, places) + '%' : '0%';
}
const plural = (n, word) => commas(n) + ' ' + word + (n === 1 ? '' : 's');
