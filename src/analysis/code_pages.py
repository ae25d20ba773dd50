# SPDX-License-Identifier: MIT
"""Writes code_pages.c: the upper halves of the single-byte encodings that
Python's sources are written in.  python3 code_pages.py > code_pages.c"""

NAMES = (["cp%d" % n for n in range(1250, 1259)]
         + ["iso8859-%d" % n for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14,
                                       15, 16)]
         + ["koi8-r", "koi8-u", "mac-roman", "cp437", "cp850", "cp852",
            "cp866", "cp874"])

print("""/* SPDX-License-Identifier: MIT */
/* Written by code_pages.py; change that. */
#include "code_pages.h"

/* clang-format off */
const pv_code_page pv_code_pages[] = {""")
for name in NAMES:
    codes = []
    for byte in range(128, 256):
        try:
            codes.append(ord(bytes([byte]).decode(name)))
        except UnicodeDecodeError:
            codes.append(0xfffd)
    print('    {"%s", {' % name)
    for i in range(0, 128, 8):
        print("        " + " ".join("0x%04x," % c for c in codes[i:i + 8]))
    print("    }},")
print("    {0},\n};\n/* clang-format on */")
