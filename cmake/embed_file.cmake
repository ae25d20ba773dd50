# One asset as a C byte array; see embed.cmake.  IN are files, joined by `|`,
# whose texts are joined.
cmake_minimum_required(VERSION 3.18)
include(${CMAKE_CURRENT_LIST_DIR}/squeeze.cmake)

string(REPLACE "|" ";" files "${IN}")
set(text "")
foreach(file IN LISTS files)
  file(READ ${file} part)
  string(APPEND text "${part}")
endforeach()
if(ID MATCHES "_js$")
  pv_squeeze_js("${text}" text)
elseif(ID MATCHES "_css$")
  pv_squeeze_css("${text}" text)
endif()
if(DEFINED PLAIN) # for people and tests: the text itself
  file(WRITE ${PLAIN} "${text}")
endif()

string(HEX "${text}" hex)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "#include <stddef.h>
extern const unsigned char pv_asset_${ID}[];
extern const size_t pv_asset_${ID}_size;
const unsigned char pv_asset_${ID}[] = {
${bytes}0};
const size_t pv_asset_${ID}_size = sizeof pv_asset_${ID} - 1;
")
