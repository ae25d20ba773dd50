# pv_embed(OUT_VAR files...): C sources that hold the files as byte arrays.
#
# templates/viewer.js becomes `const unsigned char pv_asset_viewer_js[]` and
# `const size_t pv_asset_viewer_js_size`.  No host tool: CMake writes them.
function(pv_embed out)
  set(sources)
  foreach(file ${ARGN})
    get_filename_component(base ${file} NAME)
    string(MAKE_C_IDENTIFIER ${base} id)
    set(target ${CMAKE_CURRENT_BINARY_DIR}/embed/${id}.c)
    add_custom_command(OUTPUT ${target}
      COMMAND ${CMAKE_COMMAND} -DIN=${CMAKE_CURRENT_SOURCE_DIR}/${file}
              -DOUT=${target} -DID=${id}
              -P ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
      DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file}
              ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
      VERBATIM)
    list(APPEND sources ${target})
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()
