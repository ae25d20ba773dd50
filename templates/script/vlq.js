/* SPDX-License-Identifier: MIT */
/* Numbers in data islands: base64-VLQ, README.md, part 2. */
const DIGIT = new Uint8Array(128);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
  DIGIT[c.charCodeAt(0)] = DIGIT[0]++;
function reader(text) {
  let p = 0;
  const digit = () => DIGIT[text.charCodeAt(p++)];
  return {
    digit_: digit,
    more_: () => p < text.length,
    num_: (as = Number) => { // or as BigInt, without losing bits above 2^53
      let v = as(0), scale = as(1), c;
      do {
        c = digit();
        v += as(c & 31) * scale;
        scale *= as(32);
      } while (c & 32);
      return v;
    }
  };
}
