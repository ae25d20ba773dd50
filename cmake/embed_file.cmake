# One file as a C byte array; see embed.cmake.
file(READ ${IN} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "#include <stddef.h>
extern const unsigned char pv_asset_${ID}[];
extern const size_t pv_asset_${ID}_size;
const unsigned char pv_asset_${ID}[] = {
${bytes}0};
const size_t pv_asset_${ID}_size = sizeof pv_asset_${ID} - 1;
")
