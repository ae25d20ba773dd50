/* SPDX-License-Identifier: MIT */
/* Colours by meaning: the tables. */
#include "palette.h"

enum {
    INK_LIGHT = 0x16181d,
    INK_DARK = 0xf2f4f7,
};

/* Text is dark in the light theme; light in the dark one, but on own code. */
#define FRAME(class, light, dark)                                              \
    {                                                                          \
        class, light, dark, INK_LIGHT, INK_DARK, false                         \
    }
#define OWN(class, light, dark)                                                \
    {                                                                          \
        class, light, dark, INK_LIGHT, INK_LIGHT, false                        \
    }

/* clang-format off */
const pv_paint pv_fixed_paints[PV_FIXED_PAINTS] = {
    [PV_P_BG] = {"", 0xffffff, 0x111318, 0x16181d, 0xe8eaee, false},
    [PV_P_INK] = {"", 0x16181d, 0xe8eaee, 0xffffff, 0x111318, false},
    [PV_P_INK2] = {"", 0x454c58, 0xb4bbc6, 0xffffff, 0x111318, false},
    [PV_P_INK3] = {"mu", 0x626a77, 0x959dab, 0xffffff, 0x111318, false},
    [PV_P_PANEL] = {"", 0xf5f6f8, 0x181b21, 0x16181d, 0xe8eaee, false},
    [PV_P_LINE2] = {"", 0x8a93a0, 0x6b7483, 0xffffff, 0x111318, false},
    [PV_P_SMALL] = {"small", 0xf5f6f8, 0x181b21, 0x16181d, 0xe8eaee, true},
    [PV_P_PRUNED] = {"pruned", 0xf5f6f8, 0x181b21, 0x16181d, 0xe8eaee, true},
    [PV_P_MATCH] = {"m", 0xe85fc9, 0xff8be6, 0x16181d, 0x16181d, false},
    [PV_P_ORIGIN] =
    OWN("k0", 0xfbbc68, 0xe9a546), /* own code */
    OWN("k0 v", 0xffbe78, 0xeea656),
    OWN("k0 w", 0xf3bc62, 0xe1a53f),
    FRAME("k1", 0x8edaac, 0x29765f), /* site-packages */
    FRAME("k1 v", 0x9adbaa, 0x37785d),
    FRAME("k1 w", 0x84d7af, 0x1f7361),
    FRAME("k2", 0x82b4ed, 0x1a426c), /* standard library */
    FRAME("k2 v", 0x82b8ec, 0x19466b),
    FRAME("k2 w", 0x85aeeb, 0x1e3e69),
    FRAME("k3", 0xcec7ff, 0x706197), /* built-ins */
    FRAME("k3 v", 0xceccfe, 0x706599),
    FRAME("k3 w", 0xcdc2fa, 0x6f5d93),
    FRAME("k4", 0xa1aab5, 0x4d515a), /* native code */
    FRAME("k4 v", 0xa5adb8, 0x50545c),
    FRAME("k4 w", 0x9ea7b2, 0x4a4e57),
    FRAME("k5", 0xe48c80, 0x8b3129), /* kernel, GC, runtime */
    FRAME("k5 v", 0xe5908b, 0x8c3536),
    FRAME("k5 w", 0xe08a77, 0x882f1e),
    FRAME("k6", 0xe8e8e4, 0x343331), /* unknown, root */
    FRAME("k6 v", 0xebebe7, 0x363634),
    FRAME("k6 w", 0xe5e5e0, 0x31312f),
    [PV_P_DELTA] = /* blue is less, orange is more */
    {"kd0", 0x2471c1, 0x80baf1, 0xffffff, INK_LIGHT, false},
    {"kd1", 0x6cabec, 0x5590cc, INK_LIGHT, INK_LIGHT, false},
    {"kd2", 0xa5ccf4, 0x2f5783, INK_LIGHT, 0xffffff, false},
    {"kd3", 0xd2e5fa, 0x273f59, INK_LIGHT, 0xffffff, false},
    {"kd4", 0xeae9e6, 0x2b2e34, INK_LIGHT, 0xffffff, false},
    {"kd5", 0xfaddc5, 0x523524, INK_LIGHT, 0xffffff, false},
    {"kd6", 0xf9bb92, 0x7a4627, INK_LIGHT, 0xffffff, false},
    {"kd7", 0xf1905c, 0xcd753f, INK_LIGHT, INK_LIGHT, false},
    {"kd8", 0xc44f21, 0xfb9d59, 0xffffff, INK_LIGHT, false},
    [PV_P_GONE] = {"gone", 0xf5f6f8, 0x181b21, 0x16181d, 0xe8eaee, true},
};

/* Darker is more in the light theme, brighter in the dark one. */
const pv_paint pv_heat_paints[PV_HEAT_STEPS] = {
    {"kp0", 0xf6edcc, 0x44351c, INK_LIGHT, INK_DARK, false},
    {"kp1", 0xf8da9d, 0x65461d, INK_LIGHT, INK_DARK, false},
    {"kp2", 0xfdbd69, 0x905b21, INK_LIGHT, INK_DARK, false},
    {"kp3", 0xf59749, 0xc07432, INK_LIGHT, INK_LIGHT, false},
    {"kp4", 0xe16b2d, 0xe99541, INK_LIGHT, INK_LIGHT, false},
    {"kp5", 0xbf391f, 0xfac463, 0xffffff, INK_LIGHT, false},
};

const pv_paint pv_plain_paint = FRAME("kp0", 0xc9d3e0, 0x39465a);

/* oklch(.83 .09 h) and oklch(.46 .08 h), h = 137.5 degrees times the row */
static const pv_rgb package_hues[PV_PACKAGE_HUES][2] = {
    {0xf9afc5, 0x7c4456},
    {0xabd69c, 0x426235},
    {0xb6c3ff, 0x4b5485},
    {0xf7b791, 0x7b4a2b},
    {0x7ddad4, 0x006662},
    {0xe8b3e6, 0x70476f},
    {0xd0cb86, 0x5f5a1f},
    {0x93cffd, 0x2b5d81},
    {0xfdb0af, 0x7f4545},
    {0x95d9b1, 0x2b6546},
    {0xcbbcfc, 0x5b4e80},
    {0xecbe85, 0x73501f},
    {0x7cd8e8, 0x006471},
    {0xf4b0d2, 0x784560},
    {0xbad291, 0x4e602b},
    {0xa8c8ff, 0x405785},
    {0xfbb49b, 0x7e4835},
    {0x83dbc7, 0x116658},
    {0xdeb6f0, 0x694a77},
    {0xdcc682, 0x68561b},
    {0x88d3f7, 0x1b607c},
    {0xfbafbd, 0x7d4450},
    {0xa3d7a3, 0x3a643b},
    {0xbec1ff, 0x515283},
    {0xf3ba8c, 0x784c26},
    {0x7bdadc, 0x006568},
    {0xedb2df, 0x73466a},
    {0xc8ce89, 0x595c22},
    {0x9bccff, 0x335b83},
    {0xfdb1a7, 0x7f453f},
    {0x8edab9, 0x22664d},
    {0xd2baf8, 0x614d7d},
    {0xe6c183, 0x6f521c},
    {0x7fd6ee, 0x096275},
    {0xf7afca, 0x7b445a},
    {0xb1d498, 0x476131},
};

/* What sRGB's transfer curve makes of a channel. */
static const uint16_t linear[256] = {
    0, 20, 40, 60, 80, 99, 119, 139, 159, 179,
    199, 219, 241, 264, 288, 313, 340, 367, 396, 427,
    458, 491, 526, 562, 599, 637, 677, 718, 761, 805,
    851, 898, 947, 997, 1048, 1101, 1156, 1212, 1270, 1330,
    1391, 1453, 1517, 1583, 1651, 1720, 1790, 1863, 1937, 2013,
    2090, 2170, 2250, 2333, 2418, 2504, 2592, 2681, 2773, 2866,
    2961, 3058, 3157, 3258, 3360, 3464, 3570, 3678, 3788, 3900,
    4014, 4129, 4247, 4366, 4488, 4611, 4736, 4864, 4993, 5124,
    5257, 5392, 5530, 5669, 5810, 5953, 6099, 6246, 6395, 6547,
    6700, 6856, 7014, 7174, 7335, 7500, 7666, 7834, 8004, 8177,
    8352, 8528, 8708, 8889, 9072, 9258, 9445, 9635, 9828, 10022,
    10219, 10417, 10619, 10822, 11028, 11235, 11446, 11658, 11873, 12090,
    12309, 12530, 12754, 12980, 13209, 13440, 13673, 13909, 14146, 14387,
    14629, 14874, 15122, 15371, 15623, 15878, 16135, 16394, 16656, 16920,
    17187, 17456, 17727, 18001, 18277, 18556, 18837, 19121, 19407, 19696,
    19987, 20281, 20577, 20876, 21177, 21481, 21787, 22096, 22407, 22721,
    23038, 23357, 23678, 24002, 24329, 24658, 24990, 25325, 25662, 26001,
    26344, 26688, 27036, 27386, 27739, 28094, 28452, 28813, 29176, 29542,
    29911, 30282, 30656, 31033, 31412, 31794, 32179, 32567, 32957, 33350,
    33745, 34143, 34544, 34948, 35355, 35764, 36176, 36591, 37008, 37429,
    37852, 38278, 38706, 39138, 39572, 40009, 40449, 40891, 41337, 41785,
    42236, 42690, 43147, 43606, 44069, 44534, 45002, 45473, 45947, 46423,
    46903, 47385, 47871, 48359, 48850, 49344, 49841, 50341, 50844, 51349,
    51858, 52369, 52884, 53401, 53921, 54445, 54971, 55500, 56032, 56567,
    57105, 57646, 58190, 58737, 59287, 59840, 60396, 60955, 61517, 62082,
    62650, 63221, 63795, 64372, 64952, 65535,
};
/* clang-format on */

uint32_t pv_luminance(pv_rgb c)
{
    return (2126u * linear[c >> 16 & 255] + 7152u * linear[c >> 8 & 255] +
            722u * linear[c & 255]) /
           10000u;
}

static unsigned hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 0;
}

pv_rgb pv_rgb_of(pv_str text)
{
    pv_rgb c = 0;

    for (size_t i = 1; text.n == 7 && i < 7; i++)
        c = c << 4 | hex_digit(text.p[i]);
    return c;
}

unsigned pv_heat_step(int64_t part, int64_t whole)
{
    static const int thousandths[] = {2, 10, 30, 80, 200};
    unsigned step = 0;

    if (part <= 0 || whole <= 0)
        return 0;
    while (step < 5 &&
           (long double)part * 1000 >= (long double)whole * thousandths[step])
        step++;
    return step;
}

pv_paint pv_package_paint(uint32_t hash)
{
    const pv_rgb *hue = package_hues[hash % PV_PACKAGE_HUES];

    return (pv_paint)FRAME("", hue[0], hue[1]);
}
